#include "platform/db/process_share.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace terrace::db {

ProcessShare& ProcessShare::of_slow_reads() {
    static ProcessShare share(std::max(1U, std::thread::hardware_concurrency() / 2));
    return share;
}

ProcessShare::Place ProcessShare::take(const Uuid& tenant) {
    {
        const std::lock_guard lock(mutex_);
        ++under_way_[tenant];
    }
    return {this, [this, tenant](const void*) { give_back(tenant); }};
}

bool ProcessShare::has_room(const Uuid& tenant, const void* who, const std::function<void()>& tell) {
    const std::lock_guard lock(mutex_);
    const auto found = under_way_.find(tenant);
    if (found == under_way_.end() || found->second < limit_) return true;
    waiting_.insert_or_assign(who, tell);
    return false;
}

void ProcessShare::give_back(const Uuid& tenant) {
    const std::lock_guard lock(mutex_);
    const auto found = under_way_.find(tenant);
    if (--found->second == 0) under_way_.erase(found);
    for (const auto& [who, tell] : std::exchange(waiting_, {})) tell();
}

void ProcessShare::forget(const void* who) {
    const std::lock_guard lock(mutex_);
    waiting_.erase(who);
}

}  // namespace terrace::db
