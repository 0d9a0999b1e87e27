#include "platform/resource/query/cursor.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace terrace::resource {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t id_size = 36;

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

/// `>`, the id, and each value behind its length: `>0190…6:sharma2:12`.
std::string encode(const Cursor& cursor) {
    std::string text = (cursor.backward ? "<" : ">") + cursor.id;
    for (const std::string& value : cursor.values) text += fmt::format("{}:{}", value.size(), value);
    return text;
}

/// The next value of the text, which moves past it. What we have sealed is well-formed, but perhaps by an older
/// release.
std::optional<std::string> decode_value(std::string_view& text) {
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (error != std::errc()) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with(':') || text.size() - 1 < size) return {};
    std::string value(text.substr(1, size));
    text.remove_prefix(1 + size);
    return value;
}

std::optional<Cursor> decode(std::string_view text) {
    if (text.size() < 1 + id_size) return {};
    Cursor cursor{.backward = text.front() == '<', .values = {}, .id = std::string(text.substr(1, id_size))};
    text.remove_prefix(1 + id_size);
    while (!text.empty()) {
        auto value = decode_value(text);
        if (!value) return {};
        cursor.values.push_back(std::move(*value));
    }
    return cursor;
}

}  // namespace

CursorSeal::CursorSeal(std::string_view root_secret)
    : key_(crypto::derive_key(root_secret, "cursor")), nonce_key_(crypto::derive_key(root_secret, "cursor-nonce")) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

std::string CursorSeal::seal(const Cursor& cursor, std::string_view list) const {
    const std::string plain = encode(cursor);
    std::string bound(list);
    bound += '\0';
    bound += plain;
    const crypto::Digest nonce = crypto::hmac_sha256(crypto::as_view(nonce_key_), bound);
    std::string sealed(nonce_size + plain.size() + tag_size, '\0');
    std::copy_n(nonce.begin(), nonce_size, sealed.begin());
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(sealed) + nonce_size, nullptr, bytes(plain), plain.size(),
                                               bytes(list), list.size(), nullptr, nonce.data(), key_.data());
    return crypto::base64url(sealed);
}

std::optional<Cursor> CursorSeal::open(std::string_view text, std::string_view list) const {
    const auto sealed = crypto::from_base64url(text);
    if (!sealed || sealed->size() < nonce_size + tag_size) return {};
    std::string plain(sealed->size() - nonce_size - tag_size, '\0');
    const bool genuine =
        crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes(plain), nullptr, nullptr, bytes(*sealed) + nonce_size, sealed->size() - nonce_size, bytes(list),
            list.size(), reinterpret_cast<const unsigned char*>(sealed->data()), key_.data()) == 0;
    if (!genuine) return {};
    return decode(plain);
}

}  // namespace terrace::resource
