#pragma once

#include "platform/base/uuid.hpp"
#include "platform/db/rows.hpp"
#include "platform/db/statement.hpp"
#include "platform/resource/values/decimal.hpp"
#include "platform/resource/values/duration.hpp"
#include "platform/resource/values/jsonb.hpp"

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
#include <vector>

namespace terrace::resource {

/// A calendar day without a zone. Value-initialise it: the default constructor of the standard's type sets nothing.
using Date = std::chrono::year_month_day;

/// An instant, in microseconds since 1970-01-01T00:00:00Z: PostgreSQL's resolution.
struct Timestamp {
    std::int64_t microseconds = 0;

    auto operator<=>(const Timestamp&) const = default;
};

/// A time of day without a zone, in microseconds since midnight. Its column is a `time`.
struct TimeOfDay {
    std::int64_t microseconds = 0;

    auto operator<=>(const TimeOfDay&) const = default;
};

/// A file of the tenant (platform/files), which the object that has this member holds: nobody else's object may. Its
/// column is a `uuid`; it is read as the object that clients see (file_column in projection.hpp).
struct File {
    Uuid id;

    auto operator<=>(const File&) const = default;
};

/// What a member of a resource's struct may hold; std::optional around it makes it nullable. Money is an integer.
enum class Type { text, integer, boolean, uuid, date, timestamp, time, duration, decimal, texts, integers, json, file };

constexpr bool is_list(Type type) {
    return type == Type::texts || type == Type::integers;
}
/// Whether an index under row-level security serves comparisons of its columns.
constexpr bool is_comparable(Type type) {
    return !is_list(type) && type != Type::json && type != Type::file;
}

/// A value on its way between JSON, a struct's member and PostgreSQL; monostate is null.
using Value = std::variant<std::monostate, std::string, std::int64_t, bool, Uuid, Date, Timestamp, TimeOfDay, Duration,
                           Scaled, std::vector<std::string>, std::vector<std::int64_t>, Json, File>;

inline bool is_null(const Value& value) {
    return std::holds_alternative<std::monostate>(value);
}

/// `YYYY-MM-DD` (RFC 3339 full-date) of a day that exists, years 1 to 9999.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);

/// RFC 3339 with a zone (seconds may be missing), or PostgreSQL's ISO text (`2026-11-23 04:30:00.25+00`). Finer than
/// microseconds is cut off.
std::optional<Timestamp> parse_timestamp(std::string_view text);
/// RFC 3339 in UTC with six decimals, whatever they are, so that equal instants are equal texts.
std::string format_timestamp(Timestamp timestamp);
/// PostgreSQL's text of an instant (`2026-11-23 04:30:00.5+00`, TimeZone UTC) as format_timestamp writes it, without
/// the way over a Timestamp: a list writes three of them a row. Empty for a text of another form.
std::string_view timestamp_from_row(std::string_view text, std::array<char, 27>& buffer);

/// `hh:mm[:ss[.uuuuuu]]`, 00:00 to 23:59:59.999999. Finer than microseconds is cut off.
std::optional<TimeOfDay> parse_time(std::string_view text);
/// As PostgreSQL writes a `time`: seconds always, their decimals without zeros at the end.
std::string format_time(TimeOfDay time);

/// Throws std::logic_error on a text that is not of `type` (a bug: the column has another type). `scale` is a
/// decimal's.
Value value_from_row(Type type, const db::Rows& rows, std::size_t row, std::size_t column, int scale = 0);
void bind_value(const Value& value, db::Params& params);

/// How the text of a file begins in a row; its id comes next.
inline constexpr std::string_view file_text_begin = "{\"id\":\"";

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
inline constexpr int scale_of = 0;
template <int Scale>
inline constexpr int scale_of<Decimal<Scale>> = Scale;

/// A variable, not a concept: the compiler would explain that part by part, and the sentence below is enough.
template <class T>
inline constexpr bool is_storable =
    std::is_same_v<T, std::string> || std::is_same_v<T, std::int64_t> || std::is_same_v<T, Money> ||
    std::is_same_v<T, bool> || std::is_same_v<T, Uuid> || std::is_same_v<T, Date> || std::is_same_v<T, Timestamp> ||
    std::is_same_v<T, TimeOfDay> || std::is_same_v<T, Duration> || scale_of<T> != 0 ||
    std::is_same_v<T, std::vector<std::string>> || std::is_same_v<T, std::vector<std::int64_t>> ||
    std::is_same_v<T, Json> || std::is_same_v<T, File>;

template <class T>
constexpr Type type_of() {
    using P = Plain<T>;
    static_assert(
        is_storable<P>,
        "A member of a resource is a std::string, std::int64_t, bool, Uuid, Date, Timestamp, TimeOfDay, "
        "Duration, Decimal, Money, Json, File, or a std::vector of texts or of integers, or a std::optional of one.");
    if constexpr (std::is_same_v<P, std::int64_t> || std::is_same_v<P, Money>)
        return Type::integer;
    else if constexpr (std::is_same_v<P, bool>)
        return Type::boolean;
    else if constexpr (std::is_same_v<P, Uuid>)
        return Type::uuid;
    else if constexpr (std::is_same_v<P, Date>)
        return Type::date;
    else if constexpr (std::is_same_v<P, Timestamp>)
        return Type::timestamp;
    else if constexpr (std::is_same_v<P, TimeOfDay>)
        return Type::time;
    else if constexpr (std::is_same_v<P, Duration>)
        return Type::duration;
    else if constexpr (scale_of<P> != 0)
        return Type::decimal;
    else if constexpr (std::is_same_v<P, std::vector<std::string>>)
        return Type::texts;
    else if constexpr (std::is_same_v<P, std::vector<std::int64_t>>)
        return Type::integers;
    else if constexpr (std::is_same_v<P, Json>)
        return Type::json;
    else if constexpr (std::is_same_v<P, File>)
        return Type::file;
    else
        return Type::text;
}

template <class T>
Value to_value(const T& member) {
    if constexpr (Nullable<T>::value)
        return member ? to_value(*member) : Value();
    else if constexpr (scale_of<T> != 0)
        return Scaled{member.units, scale_of<T>};
    else if constexpr (std::is_same_v<T, Money>)
        return member.paise;
    else
        return Value(member);
}

/// A null for a member that cannot be null throws std::bad_variant_access (a bug: checks come before).
template <class T>
T from_value(Value value) {
    if constexpr (Nullable<T>::value) {
        if (is_null(value)) return std::nullopt;
        return from_value<Plain<T>>(std::move(value));
    } else if constexpr (scale_of<T> != 0) {
        return T{std::get<Scaled>(value).units};
    } else if constexpr (std::is_same_v<T, Money>) {
        return T{std::get<std::int64_t>(value)};
    } else {
        return std::get<T>(std::move(value));
    }
}

}  // namespace detail
}  // namespace terrace::resource
