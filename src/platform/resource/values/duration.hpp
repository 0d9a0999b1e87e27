#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrace::resource {

/// A length of time in whole seconds, never negative. Its column is a bigint of seconds, so that it filters and orders
/// like a number; in JSON ISO 8601, `P1DT2H30M0S`, in the grammar of RFC 3339 appendix A (JSON Schema's `duration`).
struct Duration {
    std::int64_t seconds = 0;

    auto operator<=>(const Duration&) const = default;
};

/// `PnW` or `PnDTnHnMnS`, of which any part may be missing but not all; up to nine digits each. No years and months,
/// whose length is not fixed, no fractions, no sign.
std::optional<Duration> parse_duration(std::string_view text);
/// Days, hours, minutes and seconds from the greatest that is not zero; zero is `PT0S`. Equal durations are equal
/// texts.
std::string format_duration(Duration duration);

}  // namespace terrace::resource
