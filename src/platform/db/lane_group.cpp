#include "platform/db/lane_group.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace terrace::db {
namespace {

constexpr std::string_view waited_too_long = "no lane within the time that a unit may wait";

void refuse(const TaskPtr& task, std::string_view why) {
    task->finish(std::unexpected(DbError{DbError::Kind::unavailable, {}, {}, std::string(why)}));
}

}  // namespace

LaneGroup::LaneGroup(const boost::asio::any_io_executor& executor, const LaneGroupOptions& options)
    : depth_(options.depth), queue_(options.queue), outage_(options.outage_patience) {
    for (std::size_t count = 0; count < options.lanes; ++count) {
        lanes_.push_back(std::make_shared<Lane>(executor, options.lane));
    }
}

void LaneGroup::start() {
    for (const auto& lane : lanes_) {
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
        lane->start(std::move(events));
    }
}

void LaneGroup::stop() {
    stopped_ = true;
    for (const auto& lane : lanes_) lane->stop();
    for (const TaskPtr& task : queue_.take_all()) refuse(task, "the data layer closes");
}

bool LaneGroup::ready() const {
    return std::ranges::any_of(lanes_, [](const auto& lane) { return lane->connected(); });
}

Lane* LaneGroup::free_lane() const {
    Lane* best = nullptr;
    for (const auto& lane : lanes_) {
        if (!lane->connected() || lane->in_flight() >= depth_) continue;
        if (!best || lane->in_flight() < best->in_flight()) best = lane.get();
    }
    return best;
}

/// The tenant that may not have the lane that is free; there is at most one.
std::optional<Uuid> LaneGroup::held_back() const {
    if (depth_ > 1 || lanes_.size() < 2) return std::nullopt;
    const auto holds_the_rest = [this](const auto& lane) {
        const auto tenant = lane->tenant_under_way();
        const auto is_its = [&](const auto& other) { return other->tenant_under_way() == tenant; };
        return tenant && std::cmp_equal(std::ranges::count_if(lanes_, is_its), lanes_.size() - 1);
    };
    const auto found = std::ranges::find_if(lanes_, holds_the_rest);
    return found == lanes_.end() ? std::nullopt : (*found)->tenant_under_way();
}

void LaneGroup::submit(TaskPtr task) {
    if (stopped_) return refuse(task, "the data layer is closed");
    if (queue_.empty()) {
        if (Lane* lane = free_lane(); lane && held_back() != task->tenant) return lane->send(std::move(task));
    }
    if (outage_.lasts(ready(), Clock::now())) return refuse(task, "PostgreSQL is away");
    if (!queue_.push(task)) return refuse(task, "too many units wait");
    pump();
}

void LaneGroup::pump() {
    while (!queue_.empty()) {
        Lane* lane = free_lane();
        if (!lane) return;
        TaskPtr task = queue_.pop(held_back());
        if (!task) return;
        if (queue_.is_late(*task, Clock::now())) {
            refuse(task, waited_too_long);
        } else {
            lane->send(std::move(task));
        }
    }
}

bool LaneGroup::tick(Clock::time_point now) {
    bool silent = false;
    for (const auto& lane : lanes_) silent |= lane->check(now);
    for (const TaskPtr& task : queue_.expire(now)) refuse(task, waited_too_long);
    if (outage_.lasts(ready(), now)) {
        for (const TaskPtr& task : queue_.take_all()) refuse(task, "PostgreSQL is away");
    }
    return silent;
}

void LaneGroup::renew_idle(std::string_view why) {
    for (const auto& lane : lanes_) lane->renew_if_idle(why);
}

}  // namespace terrace::db
