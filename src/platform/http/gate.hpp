#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

namespace terrace::http {

/// Why the gate refuses a request head; each closes the connection.
struct GateRefusal {
    int status;               ///< 400, 411, 413, 431, 501, 505
    std::string_view reason;  ///< for the problem's detail and the log
};

struct GatePass {
    std::uint64_t content_length = 0;
};

/// Reads the raw bytes of one request head (through the empty line) before Boost.Beast or anything else does, because
/// Debian's Beast is unsafe at an edge (it frames by any Transfer-Encoding, accepts two Hosts, obs-fold, …). Passes
/// only: HTTP/1.1, a known method, an origin-form target without control bytes, CRLF line ends, names of RFC 9110
/// token characters without `_`, exactly one Host, at most one all-digits Content-Length, no Transfer-Encoding, no
/// NUL, bare CR, bare LF or obs-fold, no duplicate of a header that decides about security (Authorization, Cookie,
/// Content-Type, Origin, X-Forwarded-*, If-Match, Idempotency-Key, …). Pure; any thread.
std::expected<GatePass, GateRefusal> check_head(std::string_view head);

}  // namespace terrace::http
