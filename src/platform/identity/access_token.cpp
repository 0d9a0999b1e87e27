#include "platform/identity/access_token.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/json.hpp"
#include "platform/base/mutant.hpp"

#include <algorithm>
#include <utility>

namespace terrace::identity {
namespace {

constexpr std::string_view audience = "terrace-api";
/// How far the clock of another process of ours may run ahead, in seconds.
constexpr std::int64_t clock_skew = 30;
constexpr std::size_t signature_bytes = 64;

struct TokenParts {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
};

std::optional<TokenParts> split(std::string_view token) {
    const auto first = token.find('.');
    if (first == token.npos) return {};
    const auto second = token.find('.', first + 1);
    if (second == token.npos || token.find('.', second + 1) != token.npos) return {};
    return TokenParts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1)};
}

std::optional<Uuid> read_id(const json::Value& claims, std::string_view name) {
    const auto value = claims.find(name);
    const auto text = value ? value->as_string() : std::nullopt;
    return text ? Uuid::parse(*text) : std::nullopt;
}

std::optional<std::int64_t> read_time(const json::Value& claims, std::string_view name) {
    const auto value = claims.find(name);
    return value ? value->as_integer() : std::nullopt;
}

bool says(const json::Value& claims, std::string_view name, std::string_view wanted) {
    const auto value = claims.find(name);
    return value && value->as_string() == wanted;
}

}  // namespace

AccessTokens::AccessTokens(const KeyRing& keys, std::string issuer) : ring_(keys), issuer_(std::move(issuer)) {}

void AccessTokens::refresh_keys() {
    if (ring_.generation() == generation_) return;
    const auto snapshot = ring_.snapshot();
    keys_.clear();
    for (const RingKey& key : snapshot->keys)
        if (auto imported = SigningKey::from_private_jwk(key.private_jwk))
            keys_.push_back({std::move(*imported), key.signs_from, key.verifies_until});
    generation_ = snapshot->generation;
}

std::uint64_t AccessTokens::generation() {
    refresh_keys();
    return generation_;
}

Result<std::string> AccessTokens::sign(const Uuid& user, const Uuid& tenant, const Uuid& session, std::int64_t now) {
    refresh_keys();
    const auto key = std::ranges::find_if(keys_, [now](const Key& key) { return key.signs_from <= now; });
    if (key == keys_.end()) return std::unexpected(errors::unavailable());
    std::string payload;
    json::Writer(payload)
        .begin_object()
        .member("iss", issuer_)
        .member("aud", audience)
        .member("sub", user.to_string())
        .member("tid", tenant.to_string())
        .member("sid", session.to_string())
        .member("iat", now)
        .member("exp", now + access_token_life.count())
        .end_object();
    return key->key.sign(payload);
}

std::optional<Claims> AccessTokens::verify(std::string_view token, std::int64_t now) {
    if (token.size() > access_token_limit) return {};
    refresh_keys();
    const auto parts = split(token);
    if (!parts) return {};
    const auto key = std::ranges::find_if(keys_, [&](const Key& key) { return key.key.header() == parts->header; });
    if (key == keys_.end() || key->verifies_until <= now) return {};
    // The strict decoder of base: one text for each token, no padding, no stray bits.
    const auto payload = crypto::from_base64url(parts->payload);
    const auto signature = crypto::from_base64url(parts->signature);
    if (!payload || !signature || signature->size() != signature_bytes) return {};
    if (!key->key.verifies(token) && !mutant("signature-unchecked")) return {};
    return read_claims(*payload, now);
}

std::optional<Claims> AccessTokens::read_claims(std::string_view payload, std::int64_t now) const {
    const auto document = json::Document::parse(payload);
    if (!document || document->root().kind() != json::Kind::object) return {};
    const json::Value claims = document->root();
    if (!says(claims, "iss", issuer_) || !says(claims, "aud", audience)) return {};
    const auto user = read_id(claims, "sub");
    const auto tenant = read_id(claims, "tid");
    const auto session = read_id(claims, "sid");
    const auto issued_at = read_time(claims, "iat");
    const auto expires_at = read_time(claims, "exp");
    if (!user || !tenant || !session || !issued_at || !expires_at) return {};
    const bool in_time = *issued_at <= now + clock_skew && now < *expires_at && *issued_at < *expires_at &&
                         *expires_at <= now + clock_skew + access_token_life.count();
    if (!in_time) return {};
    return Claims{*user, *tenant, *session, *issued_at, *expires_at};
}

}  // namespace terrace::identity
