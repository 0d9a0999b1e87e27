#include "platform/db/lane_group.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace terrace::db {

namespace asio = boost::asio;

namespace {

/// A full batch of short reads takes about a millisecond.
constexpr std::chrono::milliseconds held_up_after{2};
/// A lane without progress for so long waits for a lock, or is dead: nobody is sent behind what is on it.
constexpr std::chrono::milliseconds stuck_after{100};

bool takes_one_more(const Lane& lane, std::size_t most, Clock::time_point now) {
    if (!lane.connected() || lane.in_flight() >= most) return false;
    return lane.in_flight() == 0 || now - lane.stands_since() < stuck_after;
}

constexpr std::string_view waited_too_long = "no lane within the time that a unit may wait";

}  // namespace

LaneGroup::LaneGroup(asio::any_io_executor executor, const LaneGroupOptions& options,
                     std::shared_ptr<Presence> presence)
    : executor_(std::move(executor)),
      depth_(options.depth),
      share_(options.share),
      share_alone_(options.share_alone),
      process_share_(options.process_share),
      presence_(std::move(presence)),
      queue_(options.queue),
      outage_(options.outage_patience),
      batches_(options.batches),
      held_up_(executor_) {
    for (std::size_t count = 0; count < options.lanes; ++count) {
        lanes_.push_back(std::make_shared<Lane>(executor_, options.lane));
    }
}

LaneGroup::~LaneGroup() {
    if (process_share_) process_share_->forget(this);
}

void LaneGroup::start() {
    pump_later_ = [executor = executor_, group = weak_from_this()] {
        asio::post(executor, [group] {
            if (const auto self = group.lock()) self->pump();
        });
    };
    open_another();
}

/// Whether there is soon one more lane; not when PostgreSQL had no connection left for it.
bool LaneGroup::grows() const {
    const Lane& last = *lanes_[opened_ - 1];
    return last.connected() ? opened_ < lanes_.size() : last.is_new();
}

/// One at a time: none while the last is not connected, as while PostgreSQL is away.
void LaneGroup::open_another() {
    if (opened_ == lanes_.size() || (opened_ > 0 && !lanes_[opened_ - 1]->connected())) return;
    Lane::Events events;
    events.on_room = [group = weak_from_this()] {
        if (const auto self = group.lock()) self->pump();
    };
    events.on_back = [group = weak_from_this()](TaskPtr task) {
        if (const auto self = group.lock()) {
            self->queue_.give_back(std::move(task));
            self->pump();
        }
    };
    lanes_[opened_++]->start(std::move(events));
}

void LaneGroup::stop() {
    stopped_ = true;
    held_up_.cancel();
    if (process_share_) process_share_->forget(this);
    for (const auto& lane : lanes_) lane->stop();
    for (const TaskPtr& task : queue_.take_all()) task->refuse("the data layer closes");
}

bool LaneGroup::ready() const {
    return std::ranges::any_of(lanes_, [](const auto& lane) { return lane->connected(); });
}

bool LaneGroup::idle() const {
    return queue_.empty() && std::ranges::all_of(lanes_, [](const auto& lane) { return lane->in_flight() == 0; });
}

Lane* LaneGroup::free_lane(Clock::time_point now) const {
    Lane* best = nullptr;
    const std::size_t most = grows() ? 1 : depth_;
    for (const auto& lane : lanes_) {
        if (!takes_one_more(*lane, most, now)) continue;
        if (!best || lane->in_flight() < best->in_flight()) best = lane.get();
    }
    return best;
}

/// A tenant that has units under way on a lane stays there while it can: lanes that it leaves alone are idle, and what
/// another sends on them runs at once. Alone it may have all.
Lane* LaneGroup::lane_for(const Uuid& tenant, Clock::time_point now) const {
    if (presence_->has_others(tenant, now)) {
        const auto is_its = [&](const auto& lane) {
            return lane->in_flight(tenant) > 0 && takes_one_more(*lane, depth_, now);
        };
        const auto own = std::ranges::find_if(lanes_, is_its);
        if (own != lanes_.end()) return own->get();
    }
    return free_lane(now);
}

bool LaneGroup::may_go(const Uuid& tenant, Clock::time_point now) const {
    const bool shared = presence_->has_others(tenant, now);
    const std::size_t most = shared ? share_ : share_alone_;
    if (most == unlimited) return true;
    std::size_t under_way = 0;
    for (const auto& lane : lanes_) under_way += lane->in_flight(tenant);
    if (under_way >= most) return false;
    return !shared || !process_share_ || process_share_->has_room(tenant, this, pump_later_);
}

void LaneGroup::send(TaskPtr task, Clock::time_point now) {
    if (process_share_) task->place = process_share_->take(task->tenant);
    lane_for(task->tenant, now)->send(std::move(task));
}

void LaneGroup::submit(TaskPtr task) {
    if (stopped_) return task->refuse("the data layer is closed");
    presence_->saw(task->tenant, task->arrived);
    if (!batches_ && queue_.empty() && may_go(task->tenant, task->arrived)) {
        const auto now = task->arrived;
        if (free_lane(now)) return send(std::move(task), now);
    }
    if (is_away()) return task->refuse("PostgreSQL is away");
    if (!queue_.push(task)) return task->refuse("too many units wait");
    batches_ ? pump_soon() : pump();
}

bool LaneGroup::is_hopeless(const Uuid& tenant) const {
    return !queue_.empty() && queue_.is_hopeless(tenant, Clock::now());
}

/// What goes to a lane next; null when nothing may.
TaskPtr LaneGroup::next(Clock::time_point now) {
    while (TaskPtr task = queue_.pop([&](const Uuid& tenant) { return may_go(tenant, now); })) {
        if (queue_.is_late(*task, now)) {
            task->refuse(waited_too_long);
            continue;
        }
        queue_.count_served();
        return task;
    }
    return nullptr;
}

/// When the loop has come through what it has at hand: requests that were read at once go together.
void LaneGroup::pump_soon() {
    if (std::exchange(pumps_soon_, true)) return;
    asio::post(executor_, [group = weak_from_this()] {
        if (const auto self = group.lock()) {
            self->pumps_soon_ = false;
            self->pump_batches();
        }
    });
}

Lane* LaneGroup::lane_for_batch(Clock::time_point now) const {
    for (const auto& lane : lanes_) {
        if (!lane->connected()) continue;
        if (lane->in_flight() == 0) return lane.get();
        if (now - lane->stands_since() < held_up_after) return nullptr;
    }
    return nullptr;
}

void LaneGroup::pump_batches() {
    const auto now = Clock::now();
    while (!queue_.empty()) {
        Lane* const lane = lane_for_batch(now);
        if (!lane) open_another();
        if (!lane || !fill(*lane, now)) break;
    }
    if (!queue_.empty()) look_again_soon();
}

/// Whether anything could be sent.
bool LaneGroup::fill(Lane& lane, Clock::time_point now) {
    bool alone = false;
    while (!alone && lane.connected() && lane.in_flight() < depth_) {
        TaskPtr task = next(now);
        if (!task) break;
        alone = task->alone;
        if (alone) lane.end_batch();
        lane.append(std::move(task));
    }
    lane.end_batch();
    return lane.in_flight() > 0;
}

void LaneGroup::look_again_soon() {
    if (std::exchange(looks_again_, true)) return;
    held_up_.expires_after(held_up_after);
    held_up_.async_wait([group = weak_from_this()](const boost::system::error_code& error) {
        const auto self = group.lock();
        if (!self) return;
        self->looks_again_ = false;
        if (!error) self->pump_batches();
    });
}

void LaneGroup::pump() {
    if (batches_) return pump_batches();
    const auto now = Clock::now();
    while (!queue_.empty()) {
        if (!free_lane(now)) return open_another();
        TaskPtr task = next(now);
        if (!task) return;
        send(std::move(task), now);
    }
}

bool LaneGroup::tick(Clock::time_point now) {
    bool silent = false;
    for (const auto& lane : lanes_) silent |= lane->check(now);
    for (const TaskPtr& task : queue_.expire(now)) task->refuse(waited_too_long);
    if (outage_.lasts(ready(), now)) {
        for (const TaskPtr& task : queue_.take_all()) task->refuse("PostgreSQL is away");
    }
    pump();
    return silent;
}

void LaneGroup::renew_idle(std::string_view why) {
    for (const auto& lane : lanes_) lane->renew_if_idle(why);
}

}  // namespace terrace::db
