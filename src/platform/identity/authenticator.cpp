#include "platform/identity/authenticator.hpp"

#include "platform/base/clock.hpp"
#include "platform/base/mutant.hpp"
#include "platform/identity/browser.hpp"

#include <algorithm>
#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

constexpr std::size_t remembered_tokens = 8192;
constexpr std::string_view bearer = "bearer ";

const db::Shape& alive_shape() {
    static const db::Shape& shape =
        db::shape("select 1 from catalog.session where id = $1 and revoked_at is null and expires_at > now()");
    return shape;
}

Error bad_credential() {
    return errors::not_authenticated("The access token is not valid. Sign in again, or refresh it.");
}

/// The scheme's name is case-insensitive (RFC 9110 §11.1).
std::optional<std::string_view> bearer_token(std::string_view authorization) {
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
    if (authorization.size() <= bearer.size() ||
        !std::ranges::equal(authorization.substr(0, bearer.size()), bearer, same))
        return {};
    return authorization.substr(bearer.size());
}

}  // namespace

TokenAuthenticator::TokenAuthenticator(asio::any_io_executor executor, AccessTokens& tokens, db::Database& database,
                                       tenancy::ChangeFeed& feed)
    : tokens_(tokens), database_(database), feed_(feed), cache_(remembered_tokens) {
    subscription_ = feed.listen(std::move(executor), [this](const tenancy::Change& change) {
        if (change.kind == tenancy::Change::Kind::session) revoked_.add(change.id);
    });
}

std::optional<Claims> TokenAuthenticator::verified(std::string_view token) {
    if (token.size() > access_token_limit) return {};
    if (const auto generation = tokens_.generation(); generation != cache_generation_) {
        cache_.clear();
        cache_generation_ = generation;
    }
    const std::int64_t now = unix_seconds();
    std::string key(mutant("token-known-by-its-claims") ? token.substr(0, token.rfind('.')) : token);
    if (const auto known = cache_.find(key)) return now < known->expires_at ? known : std::nullopt;
    const auto claims = tokens_.verify(token, now);
    if (claims) cache_.put(key, *claims);
    return claims;
}

asio::awaitable<Result<bool>> TokenAuthenticator::is_alive(Uuid session) {
    if (mutant("ended-sessions-live")) co_return true;
    if (feed_.age() <= tenancy::stale_after && revoked_.complete()) co_return !revoked_.contains(session);
    db::Params params;
    params.add(session);
    const auto rows = co_await database_.run(db::PlatformScope("check a session"), db::UnitKind::point_read,
                                             alive_shape(), std::move(params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    co_return !rows->empty();
}

asio::awaitable<Result<std::optional<api::Credential>>> TokenAuthenticator::authenticate(const http::Request& request) {
    std::optional<std::string_view> token;
    if (const auto authorization = request.header("authorization")) {
        token = bearer_token(*authorization);
        if (!token) co_return std::unexpected(bad_credential());
    } else {
        token = request.cookie(access_cookie);
    }
    if (!token) co_return std::optional<api::Credential>();

    const auto claims = verified(*token);
    // Before the first key has been read no token can be told from a bad one, and a 401 would sign people out.
    if (!claims && tokens_.generation() == 0) co_return std::unexpected(errors::unavailable());
    if (!claims) co_return std::unexpected(bad_credential());
    TERRACE_CO_TRY(alive, co_await is_alive(claims->session));
    if (!alive) co_return std::unexpected(bad_credential());
    co_return api::Credential{.user = claims->user, .session = claims->session, .tenant = claims->tenant};
}

}  // namespace terrace::identity
