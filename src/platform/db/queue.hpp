#pragma once

#include "platform/db/task.hpp"

#include <chrono>
#include <cstddef>
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
    /// True when the task has waited for as long as it may.
    bool is_late(const Task& task, Clock::time_point now) const;
    /// Takes out what is late.
    std::vector<TaskPtr> expire(Clock::time_point now);
    std::vector<TaskPtr> take_all();

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

  private:
    using Line = std::deque<TaskPtr>;
    Line& line_of(const Uuid& tenant);
    void count_in();

    QueueLimits limits_;
    std::size_t size_ = 0;
    Clock::time_point stands_since_{};      ///< when the first task came after it was empty
    std::unordered_map<Uuid, Line> lines_;  ///< none is empty
    std::deque<Uuid> turns_;                ///< each tenant of lines_ once
};

}  // namespace terrace::db
