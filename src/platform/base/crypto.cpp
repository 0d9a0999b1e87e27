#include "platform/base/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/sha.h>
#include <sodium.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace terrace::crypto {
namespace {

constexpr int base64_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

OSSL_PARAM octets(const char* name, std::string_view value) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(value.data()), value.size());
}

}  // namespace

Digest sha256(std::string_view data) {
    Digest digest;
    SHA256(bytes_of(data), data.size(), digest.data());
    return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view data) {
    Digest digest;
    // OpenSSL takes a null key for "the key of last time": an empty one needs an address.
    const char* key_data = key.empty() ? "" : key.data();
    if (!HMAC(EVP_sha256(), key_data, static_cast<int>(key.size()), bytes_of(data), data.size(), digest.data(),
              nullptr))
        throw std::runtime_error("HMAC-SHA256 failed");
    return digest;
}

Digest derive_key(std::string_view root_secret, std::string_view purpose) {
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                            &EVP_KDF_CTX_free);
    char hash[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, hash, 0),
                                     octets(OSSL_KDF_PARAM_KEY, root_secret), octets(OSSL_KDF_PARAM_INFO, purpose),
                                     OSSL_PARAM_construct_end()};
    Digest key;
    if (!context || EVP_KDF_derive(context.get(), key.data(), key.size(), parameters) != 1)
        throw std::runtime_error("HKDF-SHA256 failed");
    return key;
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string base64url(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), base64_variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), base64_variant);
    text.pop_back();  // libsodium writes a NUL
    return text;
}

std::string base64url(std::span<const std::uint8_t> bytes) {
    return base64url(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

std::optional<std::string> from_base64url(std::string_view text) {
    // libsodium 1.0.18 takes each byte of 128 and above for a `_`.
    if (std::ranges::any_of(text, [](char each) { return static_cast<unsigned char>(each) >= 128; })) return {};
    std::string bytes(text.size() * 3 / 4 + 1, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                          nullptr, &size, &end, base64_variant) != 0 ||
        end != text.data() + text.size())
        return {};
    bytes.resize(size);
    return bytes;
}

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    return text;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view as_view(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace terrace::crypto
