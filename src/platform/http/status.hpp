#pragma once

#include <string_view>

namespace terrace::http {

/// The reason phrase of a status (RFC 9110 §15), "Unknown" for one that we never send.
std::string_view reason_phrase(int status);

}  // namespace terrace::http
