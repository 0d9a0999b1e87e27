#pragma once

#include "platform/api/pipeline.hpp"
#include "platform/db/database.hpp"
#include "platform/identity/access_token.hpp"
#include "platform/identity/revoked_sessions.hpp"
#include "platform/tenancy/change_feed.hpp"
#include "platform/tenancy/lru_cache.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace terrace::identity {

/// Reads who calls from a Bearer token (RFC 6750 §2.1) or the cookie `__Host-at`, for one event loop. A token that was
/// verified once is remembered until it expires or the keys change; its session is looked up among the revoked ones at
/// every use, and asked of PostgreSQL while the change feed is stale. The referenced parts must outlive it.
class TokenAuthenticator : public api::Authenticator {
  public:
    TokenAuthenticator(boost::asio::any_io_executor executor, AccessTokens& tokens, db::Database& database,
                       tenancy::ChangeFeed& feed);

    boost::asio::awaitable<Result<std::optional<api::Credential>>> authenticate(const http::Request& request) override;
    /// Of a session whose token was verified within the last minutes: what ended before is not remembered.
    boost::asio::awaitable<Result<bool>> is_alive(Uuid session) override;

  private:
    std::optional<Claims> verified(std::string_view token);

    AccessTokens& tokens_;
    db::Database& database_;
    tenancy::ChangeFeed& feed_;
    tenancy::LruCache<std::string, Claims> cache_;
    std::uint64_t cache_generation_ = 0;
    RevokedSessions revoked_;
    std::shared_ptr<void> subscription_;
};

}  // namespace terrace::identity
