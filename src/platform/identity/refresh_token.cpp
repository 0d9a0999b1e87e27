#include "platform/identity/refresh_token.hpp"

#include <algorithm>

namespace terrace::identity {
namespace {

constexpr std::size_t id_bytes = 16;
constexpr std::size_t generation_bytes = 4;
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t body_bytes = id_bytes + generation_bytes + secret_bytes;
constexpr std::size_t seal_bytes = 16;

}  // namespace

crypto::Digest RefreshToken::hash() const {
    return crypto::sha256(text);
}

RefreshTokens::RefreshTokens(std::string_view root_secret)
    : child_key_(crypto::as_view(crypto::derive_key(root_secret, "refresh-child"))),
      seal_key_(crypto::as_view(crypto::derive_key(root_secret, "refresh-seal"))) {}

RefreshToken RefreshTokens::make(const Uuid& session, std::uint32_t generation, std::string_view secret) const {
    std::string bytes(session.bytes.begin(), session.bytes.end());
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(generation >> shift & 0xFF);
    bytes += secret;
    bytes += crypto::as_view(crypto::hmac_sha256(seal_key_, bytes)).substr(0, seal_bytes);
    return {.session = session, .generation = generation, .text = crypto::base64url(bytes)};
}

RefreshToken RefreshTokens::first(const Uuid& session) const {
    return make(session, 0, crypto::random_bytes(secret_bytes));
}

RefreshToken RefreshTokens::child(const RefreshToken& parent) const {
    return make(parent.session, parent.generation + 1, crypto::as_view(crypto::hmac_sha256(child_key_, parent.text)));
}

std::optional<RefreshToken> RefreshTokens::read(std::string_view text) const {
    // Of this length or refused before any work: the text is a stranger's.
    if (text.size() != (body_bytes + seal_bytes) * 4 / 3 + 1) return {};
    const auto bytes = crypto::from_base64url(text);
    if (!bytes || bytes->size() != body_bytes + seal_bytes) return {};
    const std::string_view body = std::string_view(*bytes).substr(0, body_bytes);
    const std::string_view seal = std::string_view(*bytes).substr(body_bytes);
    if (!crypto::equal_constant_time(crypto::as_view(crypto::hmac_sha256(seal_key_, body)).substr(0, seal_bytes), seal))
        return {};
    RefreshToken token{.text = std::string(text)};
    std::ranges::copy(body.substr(0, id_bytes), token.session.bytes.begin());
    for (const char c : body.substr(id_bytes, generation_bytes))
        token.generation = token.generation << 8 | static_cast<std::uint8_t>(c);
    return token;
}

}  // namespace terrace::identity
