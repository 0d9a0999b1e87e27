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
#include <memory>
#include <mutex>
#include <vector>

namespace terrace::tenancy {

/// Something in the catalog that caches hold and that has changed: written to `catalog.change` by triggers, in the
/// transaction of the change, so that no writer can forget it.
struct Change {
    enum class Kind : std::uint8_t { tenant, membership, session };
    Kind kind;
    Uuid id;      ///< the tenant, the user of the membership, the session
    Uuid tenant;  ///< the tenant; nil for a session
};

/// The process's ear to the catalog: one loop polls twice a second, every loop hears. A poll reads the last 15 s again,
/// because transactions commit out of order; hearing twice is harmless.
class ChangeFeed {
  public:
    using Listener = std::function<void(const Change&)>;

    /// Calls `listener` on `executor` for each change, until the returned token dies. Any thread.
    std::shared_ptr<void> listen(boost::asio::any_io_executor executor, Listener listener);

    /// Polls for ever on this loop's database. The first poll reads the last 10 minutes: the life of an access token
    /// and more, so that a process that has just started knows the revoked sessions.
    boost::asio::awaitable<void> run(db::Database& database);

    /// How old the knowledge is. Over 1 s: reads check the place; over 5 s: sessions and memberships are asked of
    /// PostgreSQL on every request (DESIGN §4, §8). Any thread.
    Clock::duration age() const;

  private:
    struct Subscription;
    void publish(const std::vector<Change>& changes);

    std::mutex mutex_;
    std::vector<std::weak_ptr<Subscription>> subscriptions_;
    std::atomic<Clock::rep> last_good_poll_{0};
};

}  // namespace terrace::tenancy
