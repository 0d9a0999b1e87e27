#pragma once

#include <string>
#include <string_view>

namespace terrace::json {

/// `text`, which Writer made (valid, without white space), on many lines, for people and for diffs.
std::string indented(std::string_view text);

}  // namespace terrace::json
