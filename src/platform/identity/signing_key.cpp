#include "platform/identity/signing_key.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/json.hpp"

#include <cjose/cjose.h>
#include <jansson.h>
#include <sodium.h>

#include <cstdlib>
#include <stdexcept>

namespace terrace::identity {
namespace {

struct ReleaseJws {
    void operator()(cjose_jws_t* jws) const noexcept { cjose_jws_release(jws); }
};
using Jws = std::unique_ptr<cjose_jws_t, ReleaseJws>;

struct ReleaseHeader {
    void operator()(cjose_header_t* header) const noexcept { cjose_header_release(header); }
};
using Header = std::unique_ptr<cjose_header_t, ReleaseHeader>;

struct FreeText {
    void operator()(char* text) const noexcept { cjose_get_dealloc()(text); }
};
using Text = std::unique_ptr<char, FreeText>;

[[noreturn]] void fail(const char* what) {
    throw std::runtime_error(what);
}

const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string to_json(const cjose_jwk_t* jwk, bool with_secret) {
    cjose_err error;
    const Text text(cjose_jwk_to_json(jwk, with_secret, &error));
    if (!text) fail("a signing key cannot be written as a JWK");
    return text.get();
}

std::string sign_with(const cjose_jwk_t* jwk, const std::string& kid, std::string_view payload) {
    cjose_err error;
    const Header header(cjose_header_new(&error));
    if (!header || !cjose_header_set(header.get(), CJOSE_HDR_ALG, CJOSE_HDR_ALG_ES256, &error) ||
        !cjose_header_set(header.get(), "typ", "at+jwt", &error) ||
        !cjose_header_set(header.get(), CJOSE_HDR_KID, kid.c_str(), &error))
        fail("a token's header cannot be made");
    const Jws jws(cjose_jws_sign(jwk, header.get(), bytes_of(payload), payload.size(), &error));
    const char* compact = nullptr;
    if (!jws || !cjose_jws_export(jws.get(), &compact, &error)) fail("a token cannot be signed");
    return compact;
}

bool is_private_p256(std::string_view text) {
    const auto document = json::Document::parse(text);
    if (!document || document->root().kind() != json::Kind::object) return false;
    const auto is = [&](std::string_view name, std::string_view wanted) {
        const auto value = document->root().find(name);
        return value && value->as_string() == wanted;
    };
    return is("kty", "EC") && is("crv", "P-256") && document->root().find("d");
}

}  // namespace

void SigningKey::Release::operator()(_cjose_jwk_int* jwk) const noexcept {
    cjose_jwk_release(jwk);
}

SigningKey::SigningKey(_cjose_jwk_int* jwk) : jwk_(jwk) {
    cjose_err error;
    kid_ = cjose_jwk_get_kid(jwk, &error);
    const std::string probe = sign_with(jwk, kid_, "{}");
    header_ = probe.substr(0, probe.find('.'));
}

SigningKey SigningKey::generate(const std::string& kid) {
    cjose_err error;
    std::unique_ptr<cjose_jwk_t, Release> jwk(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error));
    if (!jwk || !cjose_jwk_set_kid(jwk.get(), kid.data(), kid.size(), &error)) fail("a signing key cannot be made");
    return SigningKey(jwk.release());
}

std::optional<SigningKey> SigningKey::from_private_jwk(std::string_view text) {
    if (!is_private_p256(text)) return {};
    cjose_err error;
    std::unique_ptr<cjose_jwk_t, Release> jwk(cjose_jwk_import(text.data(), text.size(), &error));
    if (!jwk || !cjose_jwk_get_kid(jwk.get(), &error)) return {};
    return SigningKey(jwk.release());
}

std::string SigningKey::sign(std::string_view payload) const {
    return sign_with(jwk_.get(), kid_, payload);
}

bool SigningKey::verifies(std::string_view compact) const {
    cjose_err error;
    const Jws jws(cjose_jws_import(compact.data(), compact.size(), &error));
    return jws && cjose_jws_verify(jws.get(), jwk_.get(), &error);
}

std::string SigningKey::private_jwk() const {
    return to_json(jwk_.get(), true);
}

std::string SigningKey::public_jwk() const {
    const std::string members = to_json(jwk_.get(), false);
    return R"({"use":"sig","alg":"ES256",)" + members.substr(1);
}

JwkSeal::JwkSeal(std::string_view root_secret)
    : key_(crypto::as_view(crypto::derive_key(root_secret, "signing-key-seal"))) {
    static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == sizeof(crypto::Digest));
}

std::string JwkSeal::seal(std::string_view kid, std::string_view jwk) const {
    std::string sealed = crypto::random_bytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
    const std::size_t nonce_size = sealed.size();
    sealed.resize(nonce_size + jwk.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    auto* out = reinterpret_cast<unsigned char*>(sealed.data());
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + nonce_size, nullptr, bytes_of(jwk), jwk.size(), bytes_of(kid),
                                               kid.size(), nullptr, out, bytes_of(key_));
    return sealed;
}

std::optional<std::string> JwkSeal::open(std::string_view kid, std::string_view sealed) const {
    constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (sealed.size() < nonce_size + tag_size) return {};
    std::string jwk(sealed.size() - nonce_size - tag_size, '\0');
    const int outcome = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(jwk.data()), nullptr, nullptr, bytes_of(sealed.substr(nonce_size)),
        sealed.size() - nonce_size, bytes_of(kid), kid.size(), bytes_of(sealed), bytes_of(key_));
    if (outcome != 0) return {};
    return jwk;
}

}  // namespace terrace::identity
