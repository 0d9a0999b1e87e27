#pragma once

#include <string_view>

namespace terrace::api {

/// Whether an `Accept` header admits an answer of this media type (`application/json`): by the most specific of its
/// ranges that names the type, unless its weight is nought (RFC 9110 §12.5.1). An empty header admits anything;
/// parameters other than the weight are not looked at.
bool admits(std::string_view accept, std::string_view media_type);

}  // namespace terrace::api
