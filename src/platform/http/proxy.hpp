#pragma once

#include "platform/base/ip.hpp"
#include "platform/http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace terrace::http {

/// Whose X-Forwarded-* headers are believed. Const after construction; any thread.
class ProxyTrust {
  public:
    /// CIDR blocks; throws std::invalid_argument for what is none. `default_scheme` is said of a request that came
    /// without a trusted proxy.
    ProxyTrust(const std::vector<std::string>& blocks, std::string default_scheme);

    /// Fills host, scheme, client_address and request_id of `request`, which came from `peer`. The client is the
    /// right-most address of X-Forwarded-For that is no trusted proxy. False when a trusted proxy forwards a host that
    /// is none: such a request is refused.
    bool fill(Request& request, const IpAddress& peer) const;

  private:
    bool trusts(const IpAddress& address) const;
    IpAddress client_behind(std::string_view forwarded_for, IpAddress nearest) const;

    std::vector<CidrBlock> blocks_;
    std::string default_scheme_;
};

}  // namespace terrace::http
