#pragma once

#include "platform/base/error.hpp"
#include "platform/resource/declaration/lookup.hpp"
#include "platform/resource/query/composer.hpp"
#include "platform/resource/values/value.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace terrace::resource {

/// A filter with what a request gave for it.
struct Condition {
    const Filter* filter;
    std::size_t index;  ///< of the filter in the resource
    /// One value a parameter of the statement, or as many as were given for `in`.
    std::vector<Value> values;

    bool operator==(const Condition&) const = default;
};

/// `text` as the values of `filter`, or the first fault with Django REST Framework's code. A time is an instant of RFC
/// 3339 with its zone, or a date, which is the whole day in `time_zone`: `sold_at__lte=2026-11-28` has all of that day,
/// `sold_at__gt=2026-11-28` begins with the next.
std::expected<std::vector<Value>, FieldError> read_filter(const Filter& filter, std::string_view text,
                                                          std::string_view time_zone);

/// ` and stock >= $4`: so that an index can serve it. Every operator is leakproof (docs/resources/lists.md).
/// `isnull` has a text for each of its values.
void add_condition(Composer& text, const Filter& filter, bool is_null);
void bind_condition(const Condition& condition, db::Params& params);

/// ` and (stock >= $4 or $4 is null)`: checked row by row, one text whether the condition is given or not.
void add_optional_condition(Composer& text, const Filter& filter);
void bind_optional_condition(const Filter& filter, const Condition* condition, db::Params& params);

}  // namespace terrace::resource
