#pragma once

#include "platform/http/body_source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };

std::string_view to_string(Method method);
std::optional<Method> method_from(std::string_view text);
/// GET, HEAD and OPTIONS (RFC 9110 §9.2.1).
bool is_safe(Method method);

struct Header {
    std::string_view name;  ///< lower case
    std::string_view value;
};

/// One request, after the gate. Views point into the connection's buffer and live as long as the request.
struct Request {
    Method method = Method::get;
    std::string_view target;  ///< origin-form, as sent
    std::string_view path;    ///< before `?`, not decoded
    std::string_view query;   ///< after `?`, not decoded
    std::vector<Header> headers;
    std::string body;

    /// What the client's browser named, after trusted proxies: host with its port, lower case.
    std::string host;
    std::string scheme;          ///< "http" or "https", after trusted proxies
    std::string client_address;  ///< after trusted proxies
    std::string request_id;      ///< ours, or a trusted proxy's when well-formed

    /// The value of a header that may stand once; nothing when absent. `name` in lower case.
    std::optional<std::string_view> header(std::string_view name) const;
    /// The value of a cookie; byte-exact name. Duplicated `__Host-` cookies and `$Version` are refused before (400).
    std::optional<std::string_view> cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string content_type = "application/json";
    std::string body;
    /// What follows `body`; the whole is then sent in chunks (RFC 9112 §7.1), unless its length is known.
    std::unique_ptr<BodySource> rest = {};

    Response& header(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    static Response json(int status, std::string body) { return {.status = status, .body = std::move(body)}; }
    static Response no_content() { return {.status = 204, .content_type = ""}; }
};

/// A query parameter or path segment, percent-decoded; nothing when the escapes are broken or a NUL appears.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
std::string percent_encode(std::string_view text);

/// The parameters of a query string in order, decoded. A broken escape makes the whole query refused.
using Query = std::vector<std::pair<std::string, std::string>>;
std::optional<Query> parse_query(std::string_view query);

}  // namespace terrace::http
