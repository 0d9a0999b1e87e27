#include "platform/db/lease_pool.hpp"

#include "platform/db/header.hpp"
#include "platform/db/report_end.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace terrace::db {

namespace asio = boost::asio;

LeasedLane::LeasedLane(std::shared_ptr<LeasePool> pool, std::shared_ptr<Lane> lane)
    : pool_(std::move(pool)), lane_(std::move(lane)), generation_(lane_->generation()) {}

LeasedLane& LeasedLane::operator=(LeasedLane&& other) noexcept {
    if (this == &other) return *this;
    give_back();
    pool_ = std::move(other.pool_);
    lane_ = std::move(other.lane_);
    generation_ = other.generation_;
    return *this;
}

bool LeasedLane::intact() const {
    return lane_->connected() && lane_->generation() == generation_;
}

void LeasedLane::give_back() {
    if (!lane_) return;
    pool_->give_back(lane_, generation_);
    lane_.reset();
    pool_.reset();
}

LeasePool::LeasePool(asio::any_io_executor executor, const LeasePoolOptions& options)
    : executor_(std::move(executor)), options_(options), outage_(options.outage_patience) {
    options_.lane.transactions = true;
    for (std::size_t count = 0; count < options_.lanes; ++count) {
        seats_.push_back({std::make_shared<Lane>(executor_, options_.lane), false, 0, {}});
    }
}

/// One at a time, as LaneGroup does.
void LeasePool::open_another() {
    if (opened_ == seats_.size() || (opened_ > 0 && !seats_[opened_ - 1].lane->connected())) return;
    Lane::Events events;
    events.on_room = [pool = weak_from_this()] {
        if (const auto self = pool.lock()) self->hand_out();
    };
    seats_[opened_++].lane->start(std::move(events));
}

void LeasePool::stop() {
    stopped_ = true;
    for (const Seat& seat : seats_) seat.lane->stop();
    for (const auto& waiter : std::exchange(waiters_, {})) waiter->signal.cancel();
}

bool LeasePool::ready() const {
    return std::ranges::any_of(seats_, [](const Seat& seat) { return seat.lane->connected(); });
}

bool LeasePool::idle() const {
    return waiters_.empty() && std::ranges::none_of(seats_, &Seat::held);
}

LeasedLane LeasePool::take() {
    for (Seat& seat : seats_) {
        if (seat.held() || !seat.lane->connected()) continue;
        seat.taken = true;
        seat.generation = seat.lane->generation();
        seat.until = Clock::now() + options_.lease;
        return {shared_from_this(), seat.lane};
    }
    return {};
}

asio::awaitable<LeasedLane> LeasePool::acquire() {
    if (stopped_) co_return LeasedLane();
    if (waiters_.empty()) {
        if (LeasedLane lane = take()) co_return lane;
    }
    open_another();
    if (waiters_.size() >= options_.waiters || outage_.lasts(ready(), Clock::now())) co_return LeasedLane();
    const auto waiter = std::make_shared<Waiter>(executor_);
    waiter->signal.expires_after(options_.wait);
    waiters_.push_back(waiter);
    co_await waiter->signal.async_wait(asio::as_tuple(asio::use_awaitable));
    std::erase(waiters_, waiter);
    co_return std::move(waiter->lane);
}

void LeasePool::hand_out() {
    while (!stopped_ && !waiters_.empty()) {
        if (waiters_.front().use_count() > 1) {  // else whoever waited was destroyed
            waiters_.front()->lane = take();
            if (!waiters_.front()->lane) return open_another();
            waiters_.front()->signal.cancel();
        }
        waiters_.pop_front();
    }
}

void LeasePool::give_back(const std::shared_ptr<Lane>& lane, std::uint64_t generation) {
    if (stopped_ || lane->generation() != generation) return;  // the connection went, and the lease with it
    if (lane->connected() && (lane->in_flight() > 0 || lane->in_transaction())) {
        asio::co_spawn(executor_, roll_back(shared_from_this(), lane, generation),
                       report_end("database_rollback_ended"));
    } else {
        vacate(lane.get());
    }
}

asio::awaitable<void> LeasePool::roll_back(std::shared_ptr<LeasePool> self, std::shared_ptr<Lane> lane,
                                           std::uint64_t generation) {
    if (lane->connected() && lane->generation() == generation) {
        const auto task = std::make_shared<Task>(self->executor_);
        task->in_transaction = true;
        task->statements.push_back(rollback_statement());
        lane->send(task);
        const auto outcome = co_await Task::outcome(task);
        if (!outcome || (lane->connected() && lane->in_transaction())) lane->give_up("a lease did not roll back");
    }
    if (lane->generation() == generation) self->vacate(lane.get());
}

void LeasePool::vacate(const Lane* lane) {
    const auto seat = std::ranges::find(seats_, lane, [](const Seat& each) { return each.lane.get(); });
    seat->taken = false;
    hand_out();
}

bool LeasePool::tick(Clock::time_point now) {
    bool silent = false;
    for (const Seat& seat : seats_) {
        silent |= seat.lane->check(now);
        if (seat.held() && seat.lane->connected() && now > seat.until) seat.lane->give_up("a lease was held too long");
    }
    if (outage_.lasts(ready() || opened_ == 0, now)) {
        for (const auto& waiter : std::exchange(waiters_, {})) waiter->signal.cancel();
    }
    return silent;
}

void LeasePool::renew_idle(std::string_view why) {
    for (const Seat& seat : seats_) {
        if (!seat.held()) seat.lane->renew_if_idle(why);
    }
}

}  // namespace terrace::db
