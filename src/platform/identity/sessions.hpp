#pragma once

#include "platform/base/config.hpp"
#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"
#include "platform/identity/refresh_token.hpp"
#include "platform/identity/session_trail.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
    Sessions(db::Database& database, SessionTrail& trail, const RefreshTokens& tokens, TenantHosts hosts)
        : database_(database), trail_(trail), tokens_(tokens), hosts_(hosts) {}

    /// Live ones of a person, over all hosts and organisations. One more ends the one that was used longest ago.
    static constexpr int most_live = 100;

    boost::asio::awaitable<Result<Session>> open(Uuid user, Uuid tenant, Device device);

    /// One rotation, atomic in PostgreSQL (RFC 9700 §4.14.2): the newest token gives its child; the parent of the
    /// newest gives the newest again, for a day; any other token of ours ends the session and all that share its
    /// origin. 401 `invalid_grant`, also for a person who is no member any more or whose organisation is being deleted,
    /// and, leaving the session alone, for one of another tenant than `host_tenant`, for one at the root host (no
    /// `host_tenant`) that was handed over or opened at an own domain, and for one of an own domain that the
    /// organisation has no longer.
    boost::asio::awaitable<Result<Session>> refresh(std::string token, std::optional<Uuid> host_tenant, Device device);

    /// Signs out: ends the session and those of the same sign-in on other hosts of the browser. Ending an ended one is
    /// fine.
    boost::asio::awaitable<Result<void>> close(Uuid session, Device device);

    /// Ends those of a tenant that were opened at an own domain of it, which it has no longer.
    boost::asio::awaitable<Result<void>> close_at(Uuid tenant, std::string domain, Device device, Actor actor);

    /// A code that lets the browser that holds the nonce of `challenge` into a tenant, at the own domain if one is
    /// named: once, within a minute. Nothing when the person of `session` may not enter there, or when that session is
    /// not of a sign-in at the root host (where that is a host apart): a session that others could see, since it was
    /// handed over to a domain of theirs, leads to no other organisation.
    boost::asio::awaitable<Result<std::optional<std::string>>> make_handoff(Session session, std::string tenant_slug,
                                                                            std::string challenge,
                                                                            std::optional<std::string> domain = {});
    /// The session that such a code opens; nothing when the code is spent, late, for another browser, of another tenant
    /// than `host_tenant` or of another own domain than the device called.
    boost::asio::awaitable<Result<std::optional<Session>>> take_handoff(std::string code, std::string challenge,
                                                                        std::optional<Uuid> host_tenant, Device device);

  private:
    boost::asio::awaitable<void> record_opening(Session session, std::string_view action,
                                                std::vector<SessionRow> displaced, Device device);
    boost::asio::awaitable<Result<void>> end(Uuid session, std::string_view action, Device device);
    boost::asio::awaitable<void> end_for_reuse(Uuid session, Device device);

    db::Database& database_;
    SessionTrail& trail_;
    const RefreshTokens& tokens_;
    TenantHosts hosts_;
};

}  // namespace terrace::identity
