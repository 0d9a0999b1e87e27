#pragma once

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"
#include "platform/identity/refresh_token.hpp"
#include "platform/identity/session_trail.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace terrace::identity {

/// A live session and the refresh token to hand out with it.
struct Session {
    Uuid id;
    Uuid user;
    Uuid tenant;
    std::string refresh_token;
};

/// Opens, refreshes and ends sessions, for one event loop. A session lives 30 days, and 7 days without a refresh. The
/// referenced parts must outlive it.
class Sessions {
  public:
    Sessions(db::Database& database, SessionTrail& trail, const RefreshTokens& tokens)
        : database_(database), trail_(trail), tokens_(tokens) {}

    boost::asio::awaitable<Result<Session>> open(Uuid user, Uuid tenant, Device device);

    /// One rotation, atomic in PostgreSQL (RFC 9700 §4.14.2): the newest token gives its child; the parent of the
    /// newest gives the newest again, for a day; any other token of ours ends the session and all that share its
    /// origin. 401 `invalid_grant`, also for a session of another tenant than `host_tenant` (which it leaves alone) and
    /// for a person who is no member any more or whose organisation is being deleted.
    boost::asio::awaitable<Result<Session>> refresh(std::string token, std::optional<Uuid> host_tenant, Device device);

    /// Signs out: ends the session and those of the same sign-in on other hosts of the browser. Ending an ended one is
    /// fine.
    boost::asio::awaitable<Result<void>> close(Uuid session, Device device);

    /// A code that lets the browser that holds the nonce of `challenge` into a tenant: once, within a minute. Nothing
    /// when the person of `session` may not enter there.
    boost::asio::awaitable<Result<std::optional<std::string>>> make_handoff(Session session, std::string tenant_slug,
                                                                            std::string challenge);
    /// The session that such a code opens; nothing when the code is spent, late, of another tenant than `host_tenant`
    /// or for another browser.
    boost::asio::awaitable<Result<std::optional<Session>>> take_handoff(std::string code, std::string challenge,
                                                                        std::optional<Uuid> host_tenant, Device device);

  private:
    boost::asio::awaitable<Result<void>> end(Uuid session, std::string_view action, Device device);
    boost::asio::awaitable<void> end_for_reuse(Uuid session, Device device);

    db::Database& database_;
    SessionTrail& trail_;
    const RefreshTokens& tokens_;
};

}  // namespace terrace::identity
