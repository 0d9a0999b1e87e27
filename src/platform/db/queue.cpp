#include "platform/db/queue.hpp"

#include <algorithm>
#include <utility>

namespace terrace::db {

FairQueue::Line& FairQueue::line_of(const Uuid& tenant) {
    const auto [line, made] = lines_.try_emplace(tenant);
    if (made) turns_.push_back(tenant);
    return line->second;
}

bool FairQueue::push(TaskPtr task) {
    if (size_ >= limit_) return false;
    const auto found = lines_.find(task->tenant);
    if (found != lines_.end() && found->second.size() >= limit_per_tenant_) return false;
    line_of(task->tenant).push_back(std::move(task));
    ++size_;
    return true;
}

void FairQueue::give_back(TaskPtr task) {
    line_of(task->tenant).push_front(std::move(task));
    ++size_;
}

TaskPtr FairQueue::pop() {
    if (turns_.empty()) return nullptr;
    const Uuid tenant = turns_.front();
    turns_.pop_front();
    const auto line = lines_.find(tenant);
    TaskPtr task = std::move(line->second.front());
    line->second.pop_front();
    --size_;
    if (line->second.empty()) {
        lines_.erase(line);
    } else {
        turns_.push_back(tenant);
    }
    return task;
}

std::vector<TaskPtr> FairQueue::expire(Clock::time_point now) {
    std::vector<TaskPtr> expired;
    for (auto line = lines_.begin(); line != lines_.end();) {
        while (!line->second.empty() && line->second.front()->deadline <= now) {
            expired.push_back(std::move(line->second.front()));
            line->second.pop_front();
        }
        if (line->second.empty()) {
            std::erase(turns_, line->first);
            line = lines_.erase(line);
        } else {
            ++line;
        }
    }
    size_ -= expired.size();
    return expired;
}

std::vector<TaskPtr> FairQueue::take_all() {
    std::vector<TaskPtr> all;
    while (TaskPtr task = pop()) all.push_back(std::move(task));
    return all;
}

}  // namespace terrace::db
