#pragma once

#include "platform/base/uuid.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>

/// Internal to the data layer.
namespace terrace::db {

/// How many slow reads of each tenant run in the process. Loops share the machine's cores: a lane that each keeps for
/// others is of little use when one tenant's scans keep every core. Any thread; touched by slow reads only.
class ProcessShare {
  public:
    /// Counts a unit as under way for as long as it lives.
    using Place = std::shared_ptr<const void>;

    explicit ProcessShare(std::size_t limit) : limit_(limit) {}

    /// A place for a unit of this tenant, whatever the limit.
    Place take(const Uuid& tenant);
    /// Whether the tenant has fewer than `limit` under way. Where it has not, `tell` is called once when any place is
    /// given back, on any thread and under a lock: it may only post. `who` waits once however often it asks.
    bool has_room(const Uuid& tenant, const void* who, const std::function<void()>& tell);
    /// `who` is told nothing any more.
    void forget(const void* who);

    /// The one of this process: one tenant's may keep every other core.
    static ProcessShare& of_slow_reads();

  private:
    void give_back(const Uuid& tenant);

    std::size_t limit_;
    std::mutex mutex_;
    std::unordered_map<Uuid, std::size_t> under_way_;  ///< none is 0
    std::map<const void*, std::function<void()>> waiting_;
};

}  // namespace terrace::db
