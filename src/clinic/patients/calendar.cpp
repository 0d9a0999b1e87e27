#include "clinic/patients/calendar.hpp"

#include <date/tz.h>

#include <chrono>
#include <map>
#include <stdexcept>
#include <string>

namespace terrace::clinic {
namespace {

using namespace std::chrono;

const date::time_zone& locate(std::string_view name) {
    try {
        return *date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return *date::locate_zone("Etc/UTC");
    }
}

/// The current day of a zone, and when to look again: zones change their offset on whole quarters of an hour.
struct Day {
    const date::time_zone* zone = nullptr;
    sys_seconds from, until;
    resource::Date date{};
};

Day look(const date::time_zone& zone, sys_seconds now) {
    constexpr seconds quarter = minutes(15);
    const auto local = zone.get_info(now).offset + now.time_since_epoch();
    const sys_seconds from(now.time_since_epoch() / quarter * quarter);
    return {&zone, from, from + quarter, resource::Date(sys_days(floor<days>(local)))};
}

}  // namespace

resource::Date today_in(std::string_view time_zone) {
    thread_local std::map<std::string, Day, std::less<>> days;
    const auto now = floor<seconds>(system_clock::now());
    auto found = days.find(time_zone);
    if (found == days.end()) found = days.emplace(time_zone, look(locate(time_zone), now)).first;
    Day& day = found->second;
    if (now < day.from || now >= day.until) day = look(*day.zone, now);
    return day.date;
}

std::int64_t age_on(resource::Date today, resource::Date born_on) {
    const int years = static_cast<int>(today.year()) - static_cast<int>(born_on.year());
    const bool before_birthday = month_day(today.month(), today.day()) < month_day(born_on.month(), born_on.day());
    return years - (before_birthday ? 1 : 0);
}

resource::Date estimated_birthday(resource::Date today, std::int64_t age) {
    const resource::Date day = today - years(age);
    return day.ok() ? day : resource::Date(day.year() / day.month() / std::chrono::day(28));
}

}  // namespace terrace::clinic
