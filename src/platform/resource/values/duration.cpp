#include "platform/resource/values/duration.hpp"

#include <fmt/format.h>

#include <charconv>

namespace terrace::resource {
namespace {

constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour, week = 7 * day;

/// Takes `5H` from the front of a text and adds it; nothing happens where another unit stands there.
bool take(std::string_view& text, char unit, std::int64_t length, std::int64_t& seconds) {
    const std::size_t digits = text.find_first_not_of("0123456789");
    if (digits == std::string_view::npos || digits == 0 || digits > 9 || text[digits] != unit) return false;
    std::int64_t number = 0;
    const auto front = text.substr(0, digits);
    std::from_chars(front.data(), front.data() + front.size(), number);
    seconds += number * length;
    text.remove_prefix(digits + 1);
    return true;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    if (!text.starts_with('P')) return {};
    text.remove_prefix(1);
    Duration duration;
    if (take(text, 'W', week, duration.seconds)) return text.empty() ? std::optional(duration) : std::nullopt;
    const bool days = take(text, 'D', day, duration.seconds);
    if (text.empty()) return days ? std::optional(duration) : std::nullopt;
    if (!text.starts_with('T')) return {};
    text.remove_prefix(1);
    if (text.empty()) return {};
    take(text, 'H', hour, duration.seconds);
    take(text, 'M', minute, duration.seconds);
    take(text, 'S', 1, duration.seconds);
    return text.empty() ? std::optional(duration) : std::nullopt;
}

std::string format_duration(Duration duration) {
    const std::int64_t days = duration.seconds / day, hours = duration.seconds % day / hour,
                       minutes = duration.seconds % hour / minute, seconds = duration.seconds % minute;
    std::string text = "P";
    if (days != 0) fmt::format_to(std::back_inserter(text), "{}D", days);
    if (days != 0 && duration.seconds % day == 0) return text;
    text += 'T';
    if (hours != 0) fmt::format_to(std::back_inserter(text), "{}H", hours);
    if (hours != 0 || minutes != 0) fmt::format_to(std::back_inserter(text), "{}M", minutes);
    fmt::format_to(std::back_inserter(text), "{}S", seconds);
    return text;
}

}  // namespace terrace::resource
