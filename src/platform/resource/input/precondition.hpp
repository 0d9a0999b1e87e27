#pragma once

#include "platform/base/error.hpp"
#include "platform/http/message.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// Conditional requests (RFC 9110 §13) over ETags of the form `"<version>-<hash>"`.
namespace terrace::resource {

/// If-Match: the versions that the client accepts. A weak mark (`W/`) is ignored, because nginx weakens ETags when it
/// compresses; only the version counts, because the hash also covers what no write changes.
class IfMatch {
  public:
    /// An entry that is no ETag of ours matches nothing.
    static std::optional<IfMatch> from(const http::Request& request);
    bool accepts(std::int64_t version) const;

  private:
    bool any_ = false;
    std::vector<std::int64_t> versions_;
};

/// If-None-Match: whether one of the ETags, or `*`, is `etag` by weak comparison: the client holds what it would get.
bool holds_already(const http::Request& request, std::string_view etag);

}  // namespace terrace::resource
