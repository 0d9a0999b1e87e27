#include "platform/resource/values/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace terrace::resource {
namespace {

/// A number's digits as Python's Decimal counts them: without zeros in front, with those behind.
struct Digits {
    bool negative = false;
    std::string_view whole;
    std::string_view fraction;
};

bool are_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool read_digits(std::string_view text, Digits& digits) {
    if (text.starts_with('-') || text.starts_with('+')) {
        digits.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    digits.whole = text.substr(0, point);
    digits.fraction = text.substr(std::min(point + 1, text.size()));
    if (digits.whole.empty() && digits.fraction.empty()) return false;
    if (!are_digits(digits.whole) || !are_digits(digits.fraction)) return false;
    digits.whole.remove_prefix(std::min(digits.whole.find_first_not_of('0'), digits.whole.size()));
    return true;
}

std::unexpected<FieldError> too_many(std::string_view code, int most, std::string_view what) {
    return std::unexpected(
        FieldError{std::string(code), fmt::format("Ensure that there are no more than {} {}.", most, what)});
}

}  // namespace

std::expected<std::int64_t, FieldError> parse_decimal(std::string_view text, int scale, int max_digits) {
    Digits digits;
    if (!read_digits(text, digits)) return std::unexpected(FieldError{"invalid", "A valid number is required."});
    const std::size_t most = static_cast<std::size_t>(max_digits), places = static_cast<std::size_t>(scale);
    if (digits.whole.size() + digits.fraction.size() > most)
        return too_many("max_digits", max_digits, "digits in total");
    if (digits.fraction.size() > places) return too_many("max_decimal_places", scale, "decimal places");
    if (digits.whole.size() + places > most)
        return too_many("max_whole_digits", max_digits - scale, "digits before the decimal point");
    std::string all(digits.whole);
    all += digits.fraction;
    all.append(places - digits.fraction.size(), '0');
    std::int64_t units = 0;
    std::from_chars(all.data(), all.data() + all.size(), units);
    return digits.negative ? -units : units;
}

std::string format_decimal(Scaled number) {
    std::string out;
    const fmt::format_int units(number.units);
    append_decimal(out, {units.data(), units.size()}, number.scale);
    return out;
}

void append_decimal(std::string& out, std::string_view units, int scale) {
    const auto places = static_cast<std::size_t>(scale);
    if (units.starts_with('-')) {
        out += '-';
        units.remove_prefix(1);
    }
    if (units.size() <= places) {
        out += "0.";
        out.append(places - units.size(), '0');
        out += units;
        return;
    }
    out += units.substr(0, units.size() - places);
    out += '.';
    out += units.substr(units.size() - places);
}

}  // namespace terrace::resource
