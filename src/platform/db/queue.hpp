#pragma once

#include "platform/db/task.hpp"

#include <cstddef>
#include <deque>
#include <unordered_map>
#include <vector>

/// Internal to the data layer.
namespace terrace::db {

/// The tasks that wait for a lane: first come, first served within a tenant, tenants in turn. Bounded in all and per
/// tenant. No input or output.
class FairQueue {
  public:
    FairQueue(std::size_t limit, std::size_t limit_per_tenant) : limit_(limit), limit_per_tenant_(limit_per_tenant) {}

    /// False when there is no room.
    bool push(TaskPtr task);
    /// Back to the head of its tenant's line, whatever the limits: it was in already.
    void give_back(TaskPtr task);
    /// The next task in turn; null when none waits.
    TaskPtr pop();
    /// Takes out what has waited past its deadline.
    std::vector<TaskPtr> expire(Clock::time_point now);
    std::vector<TaskPtr> take_all();

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

  private:
    using Line = std::deque<TaskPtr>;
    Line& line_of(const Uuid& tenant);

    std::size_t limit_;
    std::size_t limit_per_tenant_;
    std::size_t size_ = 0;
    std::unordered_map<Uuid, Line> lines_;  ///< none is empty
    std::deque<Uuid> turns_;                ///< each tenant of lines_ once
};

}  // namespace terrace::db
