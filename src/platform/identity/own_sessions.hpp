#pragma once

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"
#include "platform/identity/session_trail.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace terrace::identity {

/// Where a person is signed in. Times as in JSON (RFC 3339, UTC); `last_used_at` moves with each refresh, so it is
/// good to five minutes.
struct LiveSession {
    Uuid id;
    std::string tenant_slug;
    std::string tenant_name;
    std::string created_at;
    std::string last_used_at;
    std::string user_agent;  ///< as it was sent, cut to what the catalog keeps
    std::string address;     ///< empty when it is not known
};

/// A person's sessions over all organisations, seen and ended by that person or by an operator, for one event loop. The
/// referenced parts must outlive it.
class OwnSessions {
  public:
    OwnSessions(db::Database& database, SessionTrail& trail) : database_(database), trail_(trail) {}

    static constexpr std::size_t most_listed = 100;

    /// Those that could still be refreshed, the latest used first, at most `most_listed`; `current` is always among
    /// them and stands first.
    boost::asio::awaitable<Result<std::vector<LiveSession>>> list(Uuid user, Uuid current);

    /// Ends one live session of the person and those of the same sign-in on other hosts of that browser, which could
    /// open it again without a password. Answers what ended: nothing when the person has no such session.
    boost::asio::awaitable<Result<std::vector<Uuid>>> end(Uuid user, Uuid session, Device device, Actor actor);

    /// Ends every session of the person on every host; answers how many.
    boost::asio::awaitable<Result<std::size_t>> end_all(Uuid user, Device device, Actor actor);

  private:
    boost::asio::awaitable<Result<std::vector<SessionRow>>> revoke(Uuid user, db::Statement ending);

    db::Database& database_;
    SessionTrail& trail_;
};

}  // namespace terrace::identity
