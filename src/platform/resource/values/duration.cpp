#include "platform/resource/values/duration.hpp"

#include <fmt/format.h>

#include <charconv>

namespace terrace::resource {
namespace {

constexpr std::int64_t a_minute = 60, a_hour = 60 * a_minute, a_day = 24 * a_hour, a_week = 7 * a_day;

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
    if (take(text, 'W', a_week, duration.seconds)) return text.empty() ? std::optional(duration) : std::nullopt;
    const bool days = take(text, 'D', a_day, duration.seconds);
    if (text.empty()) return days ? std::optional(duration) : std::nullopt;
    if (!text.starts_with('T')) return {};
    text.remove_prefix(1);
    if (text.empty()) return {};
    take(text, 'H', a_hour, duration.seconds);
    take(text, 'M', a_minute, duration.seconds);
    take(text, 'S', 1, duration.seconds);
    return text.empty() ? std::optional(duration) : std::nullopt;
}

std::string format_duration(Duration duration) {
    const std::int64_t days = duration.seconds / a_day, hours = duration.seconds % a_day / a_hour,
                       minutes = duration.seconds % a_hour / a_minute, seconds = duration.seconds % a_minute;
    std::string text = "P";
    if (days != 0) fmt::format_to(std::back_inserter(text), "{}D", days);
    if (days != 0 && duration.seconds % a_day == 0) return text;
    text += 'T';
    if (hours != 0) fmt::format_to(std::back_inserter(text), "{}H", hours);
    if (hours != 0 || minutes != 0) fmt::format_to(std::back_inserter(text), "{}M", minutes);
    fmt::format_to(std::back_inserter(text), "{}S", seconds);
    return text;
}

}  // namespace terrace::resource
