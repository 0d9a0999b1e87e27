#pragma once

#include "platform/base/error.hpp"

#include <optional>
#include <string_view>

namespace terrace::tenancy {

/// Whether `text` has the form of a tenant's name in a host: `^[a-z][a-z0-9-]{1,38}[a-z0-9]$` without `--` (which
/// keeps punycode's `xn--` out).
bool is_slug(std::string_view text);

/// Empty when `slug` may be a sub-domain: of that form and not reserved (www, api, admin, …).
std::optional<FieldError> check_slug(std::string_view slug);

/// 409 `slug_taken`, also named in `errors.slug`.
Error slug_taken();

}  // namespace terrace::tenancy
