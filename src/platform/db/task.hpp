#pragma once

#include "platform/base/clock.hpp"
#include "platform/db/database.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Internal to the data layer.
namespace terrace::db {

/// What a lane sends as one segment, and what became of it. Shared by the lane and whoever waits: a waiter that goes
/// away lets go of it, and the lane finishes it alone.
class Task {
  public:
    /// What a connection that is lost while the task is under way means for it.
    enum class Loss {
        retry,         ///< sent once more, on any lane
        nothing_kept,  ///< fails as `unavailable`
        in_doubt,      ///< fails as `in_doubt`
    };

    explicit Task(const boost::asio::any_io_executor& executor)
        : signal_(executor, boost::asio::steady_timer::time_point::max()) {}

    Uuid tenant;  ///< whose turn in the queue it takes; nil for the platform's
    std::string schema;
    std::vector<Statement> header;           ///< the lane's own statements, sent first
    std::optional<std::size_t> place_check;  ///< the one of `header` whose empty answer means `moved`
    std::vector<Statement> statements;
    Loss loss = Loss::nothing_kept;
    std::optional<std::chrono::milliseconds> watchdog;  ///< of its own, on a lane for units of every kind
    bool in_transaction = false;        ///< between BEGIN and COMMIT of a lease: cannot be sent again by itself
    bool ahead = false;                 ///< Unit::ahead
    std::shared_ptr<const void> place;  ///< let go of when it is finished
    Clock::time_point arrived{};
    Clock::time_point deadline = Clock::time_point::max();  ///< dropped when it still waits then
    int times_sent = 0;
    bool prepared_again = false;
    bool alone = false;  ///< in no batch: it was in one that failed before its turn

    void finish(DbResult<UnitRows> outcome);
    /// Finishes it as `unavailable`.
    void refuse(std::string_view why);
    bool finished() const { return outcome_.has_value(); }

    /// Waits for finish(). A waiter that is cancelled gets `in_doubt` or `unavailable`, as `loss` says.
    static boost::asio::awaitable<DbResult<UnitRows>> outcome(std::shared_ptr<Task> task);

  private:
    boost::asio::steady_timer signal_;
    std::optional<DbResult<UnitRows>> outcome_;
};

using TaskPtr = std::shared_ptr<Task>;

}  // namespace terrace::db
