#pragma once

#include <string_view>

namespace terrace::api {

/// How much an `Accept` header wants an answer of this media type (`application/json`), in thousandths: the weight of
/// the most specific of its ranges that names the type (RFC 9110 §12.5.1), 0 when none does. An empty header wants
/// anything; parameters other than the weight are not looked at, and a weight that is none counts as 1.
int weight(std::string_view accept, std::string_view media_type);

inline bool admits(std::string_view accept, std::string_view media_type) {
    return weight(accept, media_type) > 0;
}

}  // namespace terrace::api
