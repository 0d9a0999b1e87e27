#pragma once

#include "platform/resource/input/check.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <utility>

/// What check_value is made of.
namespace terrace::resource::checks {

using Checked = std::expected<Value, FieldError>;

inline std::unexpected<FieldError> fault(std::string code, std::string message) {
    return std::unexpected(FieldError{std::move(code), std::move(message)});
}

Checked check_choice(const FieldMeta& field, std::string_view text);
/// A text, or an element of a list of texts.
Checked check_text(const Resource& resource, const FieldMeta& field, json::Value value);
/// An integer, or an element of a list of integers.
Checked check_integer(const FieldMeta& field, json::Value value);
/// A value that is no list and no JSON.
Checked check_scalar(const Resource& resource, const FieldMeta& field, json::Value value);
/// The errors of an element are those of `tags.0`.
std::expected<Value, FieldErrors> check_list(const Resource& resource, const FieldMeta& field, json::Value value);

}  // namespace terrace::resource::checks
