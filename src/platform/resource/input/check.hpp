#pragma once

#include "platform/base/error.hpp"
#include "platform/base/json.hpp"
#include "platform/resource/resource.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace terrace::resource {

/// A value of a body against its field: the stored form (trimmed, E.164), or its faults with Django REST Framework's
/// codes and messages: the first one of the field, or those of elements and members within it (`tags.0`).
std::expected<Value, FieldErrors> check_value(const Resource& resource, const FieldMeta& field, json::Value value);

/// A query parameter against the field that it filters.
std::expected<Value, FieldError> check_filter(const FieldMeta& field, std::string_view text);

/// An end of a field's range as a client would write it: `12.50`, `PT30M0S`, `09:30:00`.
std::string range_end(const FieldMeta& field, std::int64_t units);

namespace faults {

FieldError required();
FieldError null();
FieldError unknown();
/// Of an object that is out of sight, like one that never was.
FieldError does_not_exist();
FieldError unchangeable();

}  // namespace faults
}  // namespace terrace::resource
