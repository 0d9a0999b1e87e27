#include "platform/db/queue.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace terrace::db {

FairQueue::Line& FairQueue::line_of(const Uuid& tenant) {
    const auto [line, made] = lines_.try_emplace(tenant);
    if (made) turns_.push_back(tenant);
    return line->second;
}

std::size_t FairQueue::waiting(const Uuid& tenant) const {
    const auto line = lines_.find(tenant);
    return line == lines_.end() ? 0 : line->second.size();
}

bool FairQueue::has_room(std::size_t waiting) const {
    return size_ < limits_.tasks && waiting < limits_.tasks_per_tenant;
}

/// `line` has one more.
void FairQueue::count_in(const Line& line) {
    if (rounds_.size() < line.size()) rounds_.resize(line.size());
    ++rounds_[line.size() - 1];
    if (size_++ == 0) stands_since_ = Clock::now();
}

TaskPtr FairQueue::take_first(Line& line) {
    --rounds_[line.size() - 1];
    --size_;
    TaskPtr task = std::move(line.front());
    line.pop_front();
    return task;
}

bool FairQueue::push(TaskPtr task) {
    if (task->ahead) {
        give_back(std::move(task));
        return true;
    }
    if (!has_room(waiting(task->tenant))) return false;
    Line& line = line_of(task->tenant);
    line.push_back(std::move(task));
    count_in(line);
    return true;
}

void FairQueue::give_back(TaskPtr task) {
    Line& line = line_of(task->tenant);
    line.push_front(std::move(task));
    count_in(line);
}

TaskPtr FairQueue::pop(const std::function<bool(const Uuid&)>& may) {
    const auto turn = may ? std::ranges::find_if(turns_, may) : turns_.begin();
    if (turn == turns_.end()) return nullptr;
    const Uuid tenant = *turn;
    turns_.erase(turn);
    const auto line = lines_.find(tenant);
    TaskPtr task = take_first(line->second);
    if (line->second.empty()) {
        lines_.erase(line);
    } else {
        turns_.push_back(tenant);
    }
    return task;
}

bool FairQueue::is_late(const Task& task, Clock::time_point now) const {
    if (task.deadline <= now) return true;
    return is_overloaded(now) && !task.ahead && now - task.arrived > limits_.overload_wait;
}

bool FairQueue::is_overloaded(Clock::time_point now) const {
    return now - stands_since_ > limits_.hiccup;
}

/// What has its turn before one more of a tenant of which so many wait: as many rounds, and one.
std::size_t FairQueue::before_the_next(std::size_t waiting) const {
    const auto rounds = std::min(waiting + 1, rounds_.size());
    return std::accumulate(rounds_.begin(), rounds_.begin() + static_cast<std::ptrdiff_t>(rounds), std::size_t{0});
}

bool FairQueue::is_hopeless(const Uuid& tenant, Clock::time_point now) const {
    const std::size_t in_line = waiting(tenant);
    if (!has_room(in_line)) return true;
    if (in_line == 0 || marks_.empty() || !is_overloaded(now)) return false;
    const std::uint64_t served = served_ - marks_.front().served;
    // Where lanes do nothing at all, nobody can tell what they will do.
    return served > 0 && before_the_next(in_line) > served;
}

void FairQueue::mark(Clock::time_point now) {
    while (marks_.size() > 1 && marks_[1].at <= now - limits_.overload_wait) marks_.pop_front();
    marks_.push_back({now, served_});
}

std::vector<TaskPtr> FairQueue::expire(Clock::time_point now) {
    std::vector<TaskPtr> expired;
    for (auto line = lines_.begin(); line != lines_.end();) {
        while (!line->second.empty() && is_late(*line->second.front(), now)) {
            expired.push_back(take_first(line->second));
        }
        if (line->second.empty()) {
            std::erase(turns_, line->first);
            line = lines_.erase(line);
        } else {
            ++line;
        }
    }
    mark(now);
    return expired;
}

std::vector<TaskPtr> FairQueue::take_all() {
    std::vector<TaskPtr> all;
    while (TaskPtr task = pop()) all.push_back(std::move(task));
    return all;
}

}  // namespace terrace::db
