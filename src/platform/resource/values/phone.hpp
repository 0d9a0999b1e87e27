#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace terrace::resource {

/// A phone number in E.164 (`+919876543210`) from what a person in India types: the ten digits of a mobile or of a line
/// with its town's code, with or without 0, 91, +91 or 0091 in front, and blanks, dashes, dots or brackets between.
/// Numbers of other countries need the plus sign. Nothing when it is no such number.
std::optional<std::string> to_e164(std::string_view typed);

}  // namespace terrace::resource
