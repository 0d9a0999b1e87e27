#pragma once

#include "platform/base/error.hpp"

#include <compare>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace terrace::resource {

/// An exact number with `Scale` decimals, kept as an integer of its last one: Decimal<2>{1250} is 12.50. Its column is
/// a bigint of these units, because comparisons of `numeric` are not leakproof. In JSON a text, `"12.50"`, as Django
/// REST Framework writes it: a reader that takes numbers for doubles would lose digits.
template <int Scale>
struct Decimal {
    static_assert(Scale >= 1 && Scale <= 17, "A Decimal has 1 to 17 decimals; a whole number is a std::int64_t.");
    static constexpr int scale = Scale;

    std::int64_t units = 0;

    auto operator<=>(const Decimal&) const = default;
};

/// An amount in paise (the smallest unit of the tenant's currency): a bigint, and an integer in JSON. Not below zero
/// unless its field says `between(least, most)`.
struct Money {
    std::int64_t paise = 0;

    auto operator<=>(const Money&) const = default;
};

/// A Decimal with its scale at run time.
struct Scaled {
    std::int64_t units = 0;
    int scale = 0;

    bool operator==(const Scaled&) const = default;
};

/// The digits of a Decimal altogether: as many as a std::int64_t holds of any value.
inline constexpr int most_decimal_digits = 18;

/// The units of a plain decimal (`-12.5`, `+3`, `.5`; no exponent), or Django REST Framework's fault: `invalid`,
/// `max_digits`, `max_decimal_places`, `max_whole_digits`. `max_digits` is 1 to most_decimal_digits.
std::expected<std::int64_t, FieldError> parse_decimal(std::string_view text, int scale, int max_digits);

/// With all its decimals: 12.50.
std::string format_decimal(Scaled number);
/// Appends the same from PostgreSQL's text of the units, without the way over a number.
void append_decimal(std::string& out, std::string_view units, int scale);

}  // namespace terrace::resource
