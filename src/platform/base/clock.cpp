#include "platform/base/clock.hpp"

#include <fmt/chrono.h>

namespace terrace {

std::int64_t unix_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(WallClock::now().time_since_epoch()).count();
}

std::string iso_now() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", fmt::gmtime(unix_seconds()));
}

}  // namespace terrace
