#include "platform/api/cors.hpp"

#include "platform/api/csrf.hpp"

#include <algorithm>

namespace terrace::api {

bool Cors::lists_origin_of(const http::Request& request) const {
    const auto origin = request.header("origin");
    return origin && std::ranges::find(origins_, *origin) != origins_.end();
}

bool Cors::admits(const http::Request& request) const {
    if (!lists_origin_of(request)) return false;
    // A Bearer token wins over a cookie, so a cookie beside it proves nothing.
    return request.header("authorization").value_or("").starts_with("Bearer ") || !carries_our_cookie(request);
}

void Cors::decorate(const http::Request& request, http::Response& response) const {
    if (!enabled()) return;
    response.header("Vary", "Origin");
    if (!lists_origin_of(request)) return;
    response.header("Access-Control-Allow-Origin", std::string(*request.header("origin")));
    response.header("Access-Control-Expose-Headers", "ETag, Location, Retry-After, Idempotency-Replayed, X-Request-Id");
}

http::Response Cors::preflight(const http::Request& request, std::string_view allow) const {
    auto response = http::Response::no_content();
    response.header("Allow", std::string(allow));
    decorate(request, response);
    if (lists_origin_of(request) && request.header("access-control-request-method")) {
        response.header("Access-Control-Allow-Methods", std::string(allow));
        response.header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, Idempotency-Key");
        response.header("Access-Control-Max-Age", "600");
    }
    return response;
}

}  // namespace terrace::api
