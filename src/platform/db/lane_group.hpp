#pragma once

#include "platform/db/lane.hpp"
#include "platform/db/queue.hpp"

#include <cstddef>
#include <memory>
#include <vector>

/// Internal to the data layer.
namespace terrace::db {

struct LaneGroupOptions {
    LaneOptions lane;
    std::size_t lanes = 2;
    std::size_t depth = 1;  ///< tasks under way on one lane
    std::size_t queue_limit = 1'000;
    std::size_t queue_limit_per_tenant = 200;
};

/// The lanes of one class and the queue before them. A task goes to the lane with the least under way: round robin
/// would trap it behind a slow one (reference: 324 against 17,547 requests a second).
class LaneGroup : public std::enable_shared_from_this<LaneGroup> {
  public:
    LaneGroup(const boost::asio::any_io_executor& executor, const LaneGroupOptions& options);

    void start();
    void stop();
    bool ready() const;

    /// Sends the task, or lets it wait; finishes it as `unavailable` when there is no room.
    void submit(TaskPtr task);
    /// Drops what waits for too long, closes lanes without progress. To be called every 100 ms or so.
    void tick(Clock::time_point now);

  private:
    Lane* free_lane() const;
    void pump();

    std::size_t depth_;
    FairQueue queue_;
    std::vector<std::shared_ptr<Lane>> lanes_;
    bool stopped_ = false;
};

}  // namespace terrace::db
