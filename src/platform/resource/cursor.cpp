#include "platform/resource/cursor.hpp"

#include <sodium.h>

#include <algorithm>
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

std::string encode(const Cursor& cursor) {
    return (cursor.backward ? "<" : ">") + cursor.id + cursor.value;
}

std::optional<Cursor> decode(std::string_view text) {
    if (text.size() < 1 + id_size) return {};
    return Cursor{.backward = text.front() == '<',
                  .value = std::string(text.substr(1 + id_size)),
                  .id = std::string(text.substr(1, id_size))};
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
