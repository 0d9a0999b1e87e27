#include "platform/base/clock.hpp"

namespace terrace {

std::int64_t unix_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(WallClock::now().time_since_epoch()).count();
}

}  // namespace terrace
