#pragma once

#include <chrono>
#include <cstdint>

namespace terrace {

/// Monotonic time for deadlines and caches.
using Clock = std::chrono::steady_clock;
/// Wall time for what people and other machines read.
using WallClock = std::chrono::system_clock;

std::int64_t unix_seconds();

}  // namespace terrace
