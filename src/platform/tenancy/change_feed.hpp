#pragma once

#include "platform/base/clock.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace terrace::tenancy {

/// Knowledge older than this does not answer for the catalog any more: PostgreSQL is asked.
inline constexpr std::chrono::seconds stale_after{5};
/// Reads of a tenant's rows may skip the place check while knowledge is younger than this.
inline constexpr std::chrono::seconds places_fresh_for{1};
/// So long after a change every process has heard of it, or asks because it has heard of nothing (Header::checked).
inline constexpr std::chrono::seconds heard_after{2};

/// Something in the catalog that caches hold and that has changed: written to `catalog.change` by triggers, in the
/// transaction of the change, so that no writer can forget it.
struct Change {
    enum class Kind : std::uint8_t { tenant, membership, session };
    Kind kind;
    Uuid id;      ///< the tenant, the user of the membership, the session
    Uuid tenant;  ///< the tenant; nil for a session
};

/// The process's ear to the catalog: one loop polls twice a second, every loop hears. A poll reads the last 15 s again,
/// because transactions commit out of order: longer than any transaction of ours may take.
class ChangeFeed {
  public:
    using Listener = std::function<void(const Change&)>;

    /// Calls `listener` on `executor` for each change, until the returned token dies. Any thread.
    std::shared_ptr<void> listen(boost::asio::any_io_executor executor, Listener listener);

    /// Polls twice a second on this loop's database until it is cancelled (co_spawn it with a cancellation slot). The
    /// first poll reads the last 10 minutes: the life of an access token and more, so that a process that has just
    /// started knows the revoked sessions. A poll that fails is logged once an outage; knowledge then grows old.
    boost::asio::awaitable<void> run(db::Database& database);

    /// Tells this process's loops at once of changes that this process has committed. Any thread.
    void announce(std::vector<Change> changes);

    /// How old the knowledge is. Over 1 s: reads check the place; over 5 s: sessions and memberships are asked of
    /// PostgreSQL on every request. Any thread.
    Clock::duration age() const;

  private:
    struct Subscription;
    void publish(std::vector<Change> changes);
    boost::asio::awaitable<bool> poll(db::Database& database);
    boost::asio::awaitable<void> remove_old(db::Database& database);

    std::mutex mutex_;
    std::vector<std::weak_ptr<Subscription>> subscriptions_;
    std::atomic<Clock::rep> last_good_poll_{never};

    // Of the one loop that polls.
    std::optional<std::string> read_until_;  ///< PostgreSQL's clock at the last good poll
    std::unordered_set<std::int64_t> told_;  ///< what the window that is read again has already told
    Clock::time_point last_removal_{};

    static constexpr Clock::rep never = std::numeric_limits<Clock::rep>::min();
};

}  // namespace terrace::tenancy
