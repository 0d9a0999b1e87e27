#pragma once

#include "platform/base/uuid.hpp"
#include "platform/db/rows.hpp"
#include "platform/db/statement.hpp"

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace terrace::resource {

/// A calendar day without a zone. Value-initialise it: the default constructor of the standard's type sets nothing.
using Date = std::chrono::year_month_day;

/// An instant, in microseconds since 1970-01-01T00:00:00Z: PostgreSQL's resolution.
struct Timestamp {
    std::int64_t microseconds = 0;

    auto operator<=>(const Timestamp&) const = default;
};

/// What a member of a resource's struct may hold; std::optional around it makes it nullable.
enum class Type { text, integer, boolean, uuid, date, timestamp };

/// A value on its way between JSON, a struct's member and PostgreSQL; monostate is null.
using Value = std::variant<std::monostate, std::string, std::int64_t, bool, Uuid, Date, Timestamp>;

inline bool is_null(const Value& value) {
    return std::holds_alternative<std::monostate>(value);
}

/// `YYYY-MM-DD` (RFC 3339 full-date) of a day that exists, years 1 to 9999.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);

/// RFC 3339 with a zone, or PostgreSQL's ISO text (`2026-11-23 04:30:00.25+00`). Finer than microseconds is cut off.
std::optional<Timestamp> parse_timestamp(std::string_view text);
/// RFC 3339 in UTC with six decimals, whatever they are, so that equal instants are equal texts.
std::string format_timestamp(Timestamp timestamp);
/// PostgreSQL's text of an instant (`2026-11-23 04:30:00.5+00`, TimeZone UTC) as format_timestamp writes it, without
/// the way over a Timestamp: a list writes three of them a row. Empty for a text of another form.
std::string_view timestamp_from_row(std::string_view text, std::array<char, 27>& buffer);

/// Throws std::logic_error on a text that is not of `type` (a bug: the column has another type).
Value value_from_row(Type type, const db::Rows& rows, std::size_t row, std::size_t column);
void bind_value(const Value& value, db::Params& params);

namespace detail {

template <class T>
struct Nullable : std::false_type {
    using Plain = T;
};
template <class T>
struct Nullable<std::optional<T>> : std::true_type {
    using Plain = T;
};

template <class T>
using Plain = typename Nullable<T>::Plain;

template <class T>
constexpr Type type_of() {
    using P = Plain<T>;
    if constexpr (std::is_same_v<P, std::string>)
        return Type::text;
    else if constexpr (std::is_same_v<P, std::int64_t>)
        return Type::integer;
    else if constexpr (std::is_same_v<P, bool>)
        return Type::boolean;
    else if constexpr (std::is_same_v<P, Uuid>)
        return Type::uuid;
    else if constexpr (std::is_same_v<P, Date>)
        return Type::date;
    else if constexpr (std::is_same_v<P, Timestamp>)
        return Type::timestamp;
    else
        static_assert(!sizeof(P),
                      "A member of a resource is a std::string, std::int64_t, bool, Uuid, Date or "
                      "Timestamp, or a std::optional of one.");
}

template <class T>
Value to_value(const T& member) {
    if constexpr (Nullable<T>::value)
        return member ? Value(*member) : Value();
    else
        return Value(member);
}

/// A null for a member that cannot be null throws std::bad_variant_access (a bug: checks come before).
template <class T>
T from_value(Value value) {
    if constexpr (Nullable<T>::value) {
        if (is_null(value)) return std::nullopt;
        return std::get<Plain<T>>(std::move(value));
    } else {
        return std::get<T>(std::move(value));
    }
}

}  // namespace detail
}  // namespace terrace::resource
