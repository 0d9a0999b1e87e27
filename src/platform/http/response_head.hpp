#pragma once

#include "platform/base/clock.hpp"
#include "platform/http/message.hpp"

#include <string>
#include <string_view>

namespace terrace::http {

/// The Date header's text, made once a second. One per event loop; not shared between threads.
class DateLine {
  public:
    /// `Mon, 23 Nov 2026 04:30:00 GMT` (RFC 9110 §5.6.7).
    std::string_view now();

  private:
    std::int64_t second_ = -1;
    std::string text_;
};

/// The status line and headers of a response, through the empty line. Adds Date, Content-Type, Content-Length (of a
/// body whose `rest` has no known length: `Transfer-Encoding: chunked`), X-Request-Id, `X-Content-Type-Options:
/// nosniff`, `Cache-Control: no-store` unless the response sets its own, and `Connection: close` unless `keep_alive`.
/// Throws std::logic_error for a header with a control character: it would let its author write headers of his own.
std::string response_head(const Response& response, std::string_view request_id, std::string_view date,
                          bool keep_alive);

/// False for 204 and 304, which end with their head.
bool may_have_body(int status);

}  // namespace terrace::http
