#pragma once

#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"
#include "platform/tenancy/change_feed.hpp"
#include "platform/tenancy/directory.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::identity {

/// From where a session is opened or used.
struct Device {
    std::string address;
    std::string user_agent;  ///< cut to what the catalog keeps
    std::string request_id;
    std::optional<std::string> domain{};  ///< the organisation's own domain that was called, if it was one
};

/// A session as its tenant's audit names it.
struct SessionRow {
    Uuid id;
    Uuid user;
    Uuid tenant;
};

/// What a statement on catalog.session that returns id, user_id and tenant_id has answered.
std::vector<SessionRow> session_rows(const db::Rows& rows);

/// Who ended sessions; both nil at an operator's terminal.
struct Actor {
    Uuid user;
    Uuid session;
};

/// What becomes known of sessions after the catalog has changed, for one event loop: this process's loops hear of the
/// ended ones at once (other processes by the change feed), and each tenant's audit gets its line a session. The
/// referenced parts must outlive it.
class SessionTrail {
  public:
    SessionTrail(db::Database& database, tenancy::Directory& directory, tenancy::ChangeFeed& feed)
        : database_(database), directory_(directory), feed_(feed) {}

    boost::asio::awaitable<void> opened(SessionRow session, std::string_view action, Device device);
    /// `actor`: nothing when each session's own person ended it by that very session.
    boost::asio::awaitable<void> ended(std::vector<SessionRow> sessions, std::string_view action, Device device,
                                       std::optional<Actor> actor = {});

  private:
    boost::asio::awaitable<void> record(std::vector<SessionRow> of_one_tenant, std::string_view action, Device device,
                                        std::optional<Actor> actor);

    db::Database& database_;
    tenancy::Directory& directory_;
    tenancy::ChangeFeed& feed_;
};

}  // namespace terrace::identity
