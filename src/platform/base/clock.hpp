#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace terrace {

/// Monotonic time for deadlines and caches.
using Clock = std::chrono::steady_clock;
/// Wall time for what people and other machines read.
using WallClock = std::chrono::system_clock;

std::int64_t unix_seconds();
/// `2026-11-23T04:30:00Z`, for logs.
std::string iso_now();

}  // namespace terrace
