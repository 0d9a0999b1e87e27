#pragma once

#include "platform/http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace terrace::api {

/// CORS_ALLOWED_ORIGINS: browser programs of other origins, with Bearer tokens. Origins are compared byte by byte with
/// an exact list; credentials are never allowed, so a browser sends no cookie for them. With an empty list no response
/// carries a header of CORS.
class Cors {
  public:
    explicit Cors(std::vector<std::string> origins) : origins_(std::move(origins)) {}

    bool enabled() const { return !origins_.empty(); }

    /// Whether an unsafe request of another origin may pass the CSRF rule: its origin is listed, and it either proves
    /// itself by a token or carries none of our cookies (signing in).
    bool admits(const http::Request& request) const;

    /// Lets a listed origin read the response; keeps caches from giving it to another.
    void decorate(const http::Request& request, http::Response& response) const;

    /// The answer to OPTIONS: `allow` are the methods of the path. The browser may keep it for 10 minutes.
    http::Response preflight(const http::Request& request, std::string_view allow) const;

  private:
    bool lists_origin_of(const http::Request& request) const;

    std::vector<std::string> origins_;
};

}  // namespace terrace::api
