#pragma once

#include "platform/db/lane.hpp"
#include "platform/db/outage.hpp"
#include "platform/db/presence.hpp"
#include "platform/db/process_share.hpp"
#include "platform/db/queue.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

/// Internal to the data layer.
namespace terrace::db {

inline constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

struct LaneGroupOptions {
    LaneOptions lane;
    std::size_t lanes = 2;
    std::size_t depth = 1;                  ///< tasks under way on one lane
    bool batches = false;                   ///< they go together (Lane::append): for reads
    std::size_t share = unlimited;          ///< tasks of one tenant under way while there are others on the loop
    std::size_t share_alone = unlimited;    ///< and while there are none
    ProcessShare* process_share = nullptr;  ///< while there are others, also this; null: no limit. Outlives the group
    QueueLimits queue;
    std::chrono::milliseconds outage_patience{1'000};
};

/// The lanes of one class and the queue before them. The first connects at once, each other when a task finds those
/// before it at work, which then waits for the one or the other: who has little to do holds few of PostgreSQL's
/// connections. While there are others on the loop, a tenant has no more than its share under way, on as few lanes as
/// it takes: a flood fills neither the lanes nor the cores, and others find lanes that are idle. With `batches`, what
/// comes while a lane is busy waits and goes together when it is free, all on the first lane: the others are for when
/// that is held up. A task goes to the lane with the least under way otherwise: round robin would trap it behind a slow
/// one (measured: 324 against 17,547 requests a second).
class LaneGroup : public std::enable_shared_from_this<LaneGroup> {
  public:
    /// `presence` is of all groups of the loop together.
    LaneGroup(boost::asio::any_io_executor executor, const LaneGroupOptions& options,
              std::shared_ptr<Presence> presence);
    ~LaneGroup();

    void start();
    void stop();
    bool ready() const;
    /// Whether there has been no connection for longer than a task should wait for one.
    bool is_away() { return outage_.lasts(ready(), Clock::now()); }
    /// Whether nothing waits and nothing is under way.
    bool idle() const;

    /// Sends the task, or lets it wait; finishes it as `unavailable` when there is no room or PostgreSQL is away.
    void submit(TaskPtr task);
    /// Whether a task of this tenant that came now would wait in vain (FairQueue::is_hopeless).
    bool is_hopeless(const Uuid& tenant) const;
    /// Whether more tenants wait than there are lanes, so that tasks of one seldom run beside each other.
    bool is_crowded() const { return queue_.tenants() > lanes_.size(); }
    /// Drops what waits for too long or in vain, closes lanes without progress. To be called every 100 ms or so. True
    /// when a lane has fallen silent.
    bool tick(Clock::time_point now);
    /// Lanes with nothing under way connect anew.
    void renew_idle(std::string_view why);

  private:
    bool grows() const;
    void open_another();
    bool may_go(const Uuid& tenant, Clock::time_point now) const;
    void send(TaskPtr task, Clock::time_point now);
    Lane* lane_for(const Uuid& tenant, Clock::time_point now) const;
    Lane* free_lane(Clock::time_point now) const;
    TaskPtr next(Clock::time_point now);
    void pump();
    void pump_soon();
    void pump_batches();
    Lane* lane_for_batch(Clock::time_point now) const;
    bool fill(Lane& lane, Clock::time_point now);
    void look_again_soon();

    boost::asio::any_io_executor executor_;
    std::size_t depth_;
    std::size_t share_;
    std::size_t share_alone_;
    ProcessShare* process_share_;
    std::function<void()> pump_later_;  ///< from any thread
    std::shared_ptr<Presence> presence_;
    FairQueue queue_;
    Outage outage_;
    std::vector<std::shared_ptr<Lane>> lanes_;
    std::size_t opened_ = 0;  ///< the first so many have been started
    bool batches_;
    bool pumps_soon_ = false;
    bool looks_again_ = false;
    boost::asio::steady_timer held_up_;
    bool stopped_ = false;
};

}  // namespace terrace::db
