#pragma once

#include "platform/db/lane.hpp"
#include "platform/db/outage.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

/// Internal to the data layer.
namespace terrace::db {

class LeasePool;

/// A lane that belongs to one holder. Given back when destroyed: what is open is rolled back first.
class LeasedLane {
  public:
    LeasedLane() = default;
    LeasedLane(std::shared_ptr<LeasePool> pool, std::shared_ptr<Lane> lane);
    LeasedLane(LeasedLane&&) noexcept = default;
    LeasedLane& operator=(LeasedLane&& other) noexcept;
    ~LeasedLane() { give_back(); }

    explicit operator bool() const { return lane_ != nullptr; }
    /// Whether the connection is still the one that was leased: a transaction does not survive its connection.
    bool intact() const;
    /// Only while intact().
    void send(TaskPtr task) { lane_->send(std::move(task)); }

  private:
    void give_back();

    std::shared_ptr<LeasePool> pool_;
    std::shared_ptr<Lane> lane_;
    std::uint64_t generation_ = 0;
};

struct LeasePoolOptions {
    LaneOptions lane;
    std::size_t lanes = 2;
    std::size_t waiters = 200;
    std::chrono::milliseconds wait{1'500};
    std::chrono::milliseconds lease{10'000};  ///< then the connection is closed under its holder
    std::chrono::milliseconds outage_patience{1'000};
};

/// The lanes of leases and who waits for one, in order of arrival. A lane connects when somebody wants it and those
/// that are connected are taken.
class LeasePool : public std::enable_shared_from_this<LeasePool> {
  public:
    LeasePool(boost::asio::any_io_executor executor, const LeasePoolOptions& options);

    void stop();
    bool ready() const;
    /// Whether nobody waits for a lease or holds one.
    bool idle() const;
    /// Empty when none came free in time, at once while PostgreSQL is away.
    boost::asio::awaitable<LeasedLane> acquire();
    /// As LaneGroup's.
    bool tick(Clock::time_point now);
    void renew_idle(std::string_view why);

  private:
    friend class LeasedLane;

    /// A lane and who holds it. The holder's right ends with the connection, also while the holder lives on.
    struct Seat {
        std::shared_ptr<Lane> lane;
        bool taken = false;
        std::uint64_t generation = 0;
        Clock::time_point until;

        bool held() const { return taken && generation == lane->generation(); }
    };
    struct Waiter {
        explicit Waiter(const boost::asio::any_io_executor& executor) : signal(executor) {}
        boost::asio::steady_timer signal;
        LeasedLane lane;
    };

    void open_another();
    LeasedLane take();
    void hand_out();
    void give_back(const std::shared_ptr<Lane>& lane, std::uint64_t generation);
    static boost::asio::awaitable<void> roll_back(std::shared_ptr<LeasePool> self, std::shared_ptr<Lane> lane,
                                                  std::uint64_t generation);
    void vacate(const Lane* lane);

    boost::asio::any_io_executor executor_;
    LeasePoolOptions options_;
    std::vector<Seat> seats_;
    std::size_t opened_ = 0;  ///< the lanes of the first so many have been started
    std::deque<std::shared_ptr<Waiter>> waiters_;
    Outage outage_;
    bool stopped_ = false;
};

}  // namespace terrace::db
