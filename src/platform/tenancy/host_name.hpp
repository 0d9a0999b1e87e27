#pragma once

#include "platform/base/config.hpp"

#include <string>
#include <string_view>

namespace terrace::tenancy {

/// What the Host of a request names.
struct HostName {
    enum class Kind { root, tenant, domain, unknown };
    Kind kind = Kind::unknown;
    std::string slug;    ///< for `tenant`
    std::string domain;  ///< for `domain`: without the port, lower case

    bool operator==(const HostName&) const = default;
};

/// An IP literal, `localhost` or the base domain, with any port, is the root host; `<label>.<base domain>` names a
/// tenant when the label could be a slug; any other domain may be one that a tenant has brought along; with
/// TERRACE_TENANT_HOSTS=none every host is the root host; anything else is unknown, a name with a trailing dot too:
/// cookies and origins would take it for another site. Pure.
HostName classify_host(std::string_view host, const Origin& origin, TenantHosts mode);

}  // namespace terrace::tenancy
