#pragma once

#include "platform/base/error.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace terrace::files {

/// A name as a person gave it, trimmed; it is shown and offered for saving, and never is a path. Codes as in Django
/// REST Framework: `no_name` for an empty one, `max_length` beyond 255 characters, `invalid` for control characters
/// and separators of paths. Of a path, as some browsers send it, the caller sends the last part.
std::expected<std::string, FieldError> check_name(std::string_view name);

/// The value of Content-Disposition (RFC 6266): `attachment; filename="x.pdf"; filename*=UTF-8''…`, the second only
/// where the name is not plain ASCII; the first then has `_` for what is not.
std::string content_disposition(bool attachment, std::string_view name);

}  // namespace terrace::files
