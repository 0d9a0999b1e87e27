#pragma once

#include "platform/http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>

namespace terrace::http {

/// Why the gate refuses a request; each closes the connection.
struct GateRefusal {
    int status;               ///< 400, 411, 417, 431, 501, 505
    std::string_view reason;  ///< for the problem's detail and the log
};

/// What the head says about the connection; the rest stands in the Request.
struct HeadFacts {
    std::uint64_t content_length = 0;
    bool keep_alive = true;
    bool expects_continue = false;
};

/// Looks for the empty line that ends a request head. `scanned` says how far earlier calls have looked, so that a head
/// that comes byte by byte is read once. Nothing while the line has not come. A bare LF, and a first byte that begins
/// no method (a TLS hello, an empty line), are refused at once.
std::expected<std::optional<std::size_t>, GateRefusal> find_head_end(std::string_view bytes, std::size_t& scanned);

/// Reads the raw bytes of one request head, through the empty line: it is the gate and the parser in one, so that no
/// two parsers can take one request for two different ones. Passes only: HTTP/1.1, a known method, an origin-form
/// target of visible ASCII without a fragment, CRLF line ends, names of RFC 9110 token characters without `_`, exactly
/// one well-formed Host, at most one all-digits Content-Length, no Transfer-Encoding, no obs-fold, no control byte in a
/// value, at most 100 headers, and no duplicate of a header that decides about anything (`may_stand_once`).
///
/// Fills method, target, path, query and headers of `request` with views into `head`, whose header names it turns into
/// lower case. Pure otherwise; any thread.
std::expected<HeadFacts, GateRefusal> read_head(std::span<char> head, Request& request);

/// `name`, `name:port` or `[v6]:port`: what Host and X-Forwarded-Host may say.
bool is_host_and_port(std::string_view text);

}  // namespace terrace::http
