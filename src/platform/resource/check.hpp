#pragma once

#include "platform/base/error.hpp"
#include "platform/base/json.hpp"
#include "platform/resource/resource.hpp"

#include <expected>
#include <string_view>

namespace terrace::resource {

/// A value of a body against its field: the stored form (trimmed, E.164), or the first fault with Django REST
/// Framework's code and message.
std::expected<Value, FieldError> check_value(const Resource& resource, const FieldMeta& field, json::Value value);

/// A query parameter against the field that it filters.
std::expected<Value, FieldError> check_filter(const FieldMeta& field, std::string_view text);

namespace faults {

FieldError required();
FieldError null();
FieldError unknown();
FieldError unchangeable();

}  // namespace faults
}  // namespace terrace::resource
