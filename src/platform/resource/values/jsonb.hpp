#pragma once

#include "platform/base/json.hpp"

#include <string>

namespace terrace::resource {

/// A JSON value in a `jsonb` column, as the text that PostgreSQL writes of it: keys by length, then by bytes; `", "`
/// and
/// `": "` between; numbers without exponents. Equal values are equal texts, and an answer takes the text as it is.
struct Json {
    std::string text = "{}";

    bool operator==(const Json&) const = default;
};

/// A value in that form. A number that is no integer of 64 bits is the shortest decimal that names its double.
Json to_jsonb(json::Value value);

}  // namespace terrace::resource
