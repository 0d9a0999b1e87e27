#include "platform/db/queue.hpp"

#include <algorithm>
#include <utility>

namespace terrace::db {

FairQueue::Line& FairQueue::line_of(const Uuid& tenant) {
    const auto [line, made] = lines_.try_emplace(tenant);
    if (made) turns_.push_back(tenant);
    return line->second;
}

void FairQueue::count_in() {
    if (size_++ == 0) stands_since_ = Clock::now();
}

bool FairQueue::push(TaskPtr task) {
    if (task->ahead) {
        give_back(std::move(task));
        return true;
    }
    if (size_ >= limits_.tasks) return false;
    const auto found = lines_.find(task->tenant);
    if (found != lines_.end() && found->second.size() >= limits_.tasks_per_tenant) return false;
    line_of(task->tenant).push_back(std::move(task));
    count_in();
    return true;
}

void FairQueue::give_back(TaskPtr task) {
    line_of(task->tenant).push_front(std::move(task));
    count_in();
}

TaskPtr FairQueue::pop(const std::function<bool(const Uuid&)>& may) {
    const auto turn = may ? std::ranges::find_if(turns_, may) : turns_.begin();
    if (turn == turns_.end()) return nullptr;
    const Uuid tenant = *turn;
    turns_.erase(turn);
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

bool FairQueue::is_late(const Task& task, Clock::time_point now) const {
    if (task.deadline <= now) return true;
    const bool overloaded = now - stands_since_ > limits_.hiccup;
    return overloaded && !task.ahead && now - task.arrived > limits_.overload_wait;
}

std::vector<TaskPtr> FairQueue::expire(Clock::time_point now) {
    std::vector<TaskPtr> expired;
    for (auto line = lines_.begin(); line != lines_.end();) {
        while (!line->second.empty() && is_late(*line->second.front(), now)) {
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
