#pragma once

#include "platform/db/task.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <unordered_map>
#include <vector>

/// Internal to the data layer.
namespace terrace::db {

struct QueueLimits {
    std::size_t tasks = 1'000;
    std::size_t tasks_per_tenant = 200;
    /// A queue that was empty less long ago holds what a hiccup held up, and every task waits until its deadline. One
    /// that has stood for longer gets more than the lanes can do. Were it served in order of arrival, all would be as
    /// old as their deadline when their turn comes, and their askers gone: then none waits longer than `overload_wait`
    /// ("controlled delay", Nichols and Jacobson, ACM Queue 10(5), 2012).
    std::chrono::milliseconds hiccup{1'500};
    std::chrono::milliseconds overload_wait{400};
};

/// The tasks that wait for a lane: first come, first served within a tenant, tenants in turn. Bounded in all and per
/// tenant, and by how long a task waits. No input or output.
class FairQueue {
  public:
    explicit FairQueue(QueueLimits limits) : limits_(limits) {}

    /// False when there is no room. A task that is `ahead` goes to the head of its tenant's line, whatever the limits.
    bool push(TaskPtr task);
    /// Back to the head of its tenant's line, whatever the limits: it was in already.
    void give_back(TaskPtr task);
    /// The next task in turn of a tenant that `may` go, each unless said otherwise; null when none waits. Who is passed
    /// over keeps its turn.
    TaskPtr pop(const std::function<bool(const Uuid&)>& may = {});
    /// What was popped goes to a lane.
    void count_served() { ++served_; }
    /// True when the task has waited for as long as it may.
    bool is_late(const Task& task, Clock::time_point now) const;
    /// Whether a task of this tenant that came now would wait in vain: there is no room, or the queue has stood for
    /// longer than a hiccup and more has its turn before this one than was served in the last `overload_wait`. Who has
    /// nothing waiting always has hope while there is room: the tenant's turn comes, whatever line others stand in.
    bool is_hopeless(const Uuid& tenant, Clock::time_point now) const;
    /// Takes out what is late. To be called every 100 ms or so.
    std::vector<TaskPtr> expire(Clock::time_point now);
    std::vector<TaskPtr> take_all();

    std::size_t size() const { return size_; }
    /// How many tenants have tasks that wait.
    std::size_t tenants() const { return lines_.size(); }
    bool empty() const { return size_ == 0; }

  private:
    using Line = std::deque<TaskPtr>;
    /// How much had been served at a time.
    struct Mark {
        Clock::time_point at;
        std::uint64_t served;
    };

    Line& line_of(const Uuid& tenant);
    std::size_t waiting(const Uuid& tenant) const;
    bool has_room(std::size_t waiting) const;
    bool is_overloaded(Clock::time_point now) const;
    std::size_t before_the_next(std::size_t waiting) const;
    void count_in(const Line& line);
    TaskPtr take_first(Line& line);
    void mark(Clock::time_point now);

    QueueLimits limits_;
    std::size_t size_ = 0;
    Clock::time_point stands_since_{};      ///< when the first task came after it was empty
    std::unordered_map<Uuid, Line> lines_;  ///< none is empty
    std::deque<Uuid> turns_;                ///< each tenant of lines_ once
    std::vector<std::size_t> rounds_;  ///< how many tasks stand at each place of their lines: those go in one round
    std::uint64_t served_ = 0;
    std::deque<Mark> marks_;  ///< the first is `overload_wait` old or older, once there is one so old
};

}  // namespace terrace::db
