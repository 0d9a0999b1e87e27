#include "platform/resource/values/day.hpp"

#include <date/tz.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace terrace::resource {
namespace {

const date::time_zone& locate(std::string_view name) {
    try {
        return *date::locate_zone(std::string(name));
    } catch (const std::runtime_error&) {
        return *date::locate_zone("Etc/UTC");
    }
}

}  // namespace

Timestamp start_of_day(Date day, std::string_view time_zone) {
    using namespace std::chrono;
    const date::local_seconds midnight(date::local_days(sys_days(day).time_since_epoch()));
    // Where clocks leap over midnight, the day begins with the leap.
    const auto instant = locate(time_zone).to_sys(midnight, date::choose::earliest);
    return Timestamp{duration_cast<microseconds>(instant.time_since_epoch()).count()};
}

Date day_after(Date day) {
    const Date next(std::chrono::sys_days(day) + std::chrono::days(1));
    return next.year() > std::chrono::year(9999) ? day : next;
}

}  // namespace terrace::resource
