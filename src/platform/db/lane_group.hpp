#pragma once

#include "platform/db/lane.hpp"
#include "platform/db/outage.hpp"
#include "platform/db/queue.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

/// Internal to the data layer.
namespace terrace::db {

struct LaneGroupOptions {
    LaneOptions lane;
    std::size_t lanes = 2;
    std::size_t depth = 1;  ///< tasks under way on one lane
    QueueLimits queue;
    std::chrono::milliseconds outage_patience{1'000};
};

/// The lanes of one class and the queue before them. Where lanes run one unit at a time, the last free one is not for a
/// tenant that holds all others: its slow statements hold up nobody else's. A task goes to the lane with the least
/// under way: round robin would trap it behind a slow one (reference: 324 against 17,547 requests a second).
class LaneGroup : public std::enable_shared_from_this<LaneGroup> {
  public:
    LaneGroup(const boost::asio::any_io_executor& executor, const LaneGroupOptions& options);

    void start();
    void stop();
    bool ready() const;

    /// Sends the task, or lets it wait; finishes it as `unavailable` when there is no room or PostgreSQL is away.
    void submit(TaskPtr task);
    /// Drops what waits for too long or in vain, closes lanes without progress. To be called every 100 ms or so. True
    /// when a lane has fallen silent.
    bool tick(Clock::time_point now);
    /// Lanes with nothing under way connect anew.
    void renew_idle(std::string_view why);

  private:
    Lane* free_lane() const;
    std::optional<Uuid> held_back() const;
    void pump();

    std::size_t depth_;
    FairQueue queue_;
    Outage outage_;
    std::vector<std::shared_ptr<Lane>> lanes_;
    bool stopped_ = false;
};

}  // namespace terrace::db
