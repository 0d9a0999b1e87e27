#pragma once

#include "platform/base/error.hpp"
#include "platform/base/json.hpp"
#include "platform/http/message.hpp"

#include <string_view>

namespace terrace::http {

/// An Error as RFC 9457 problem details (`application/problem+json`); `Retry-After` and, for 401, `WWW-Authenticate:
/// Bearer` are set. In a problem only `request_id` varies between equal requests.
Response problem(const Error& error, std::string_view request_id);

/// `{"field":[{"code","message"}]}`: fields in the order of their first error, all errors of a field together.
void write_errors(json::Writer& writer, const FieldErrors& fields);

}  // namespace terrace::http
