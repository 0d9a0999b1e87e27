#include "platform/tenancy/host_name.hpp"

#include "platform/base/ip.hpp"
#include "platform/base/mutant.hpp"
#include "platform/tenancy/domain_name.hpp"
#include "platform/tenancy/slug.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>

namespace terrace::tenancy {
namespace {

bool is_port(std::string_view text) {
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

/// The name without its port, lower case; `[…]` for IPv6. Nothing when the port is malformed.
std::optional<std::string> without_port(std::string_view host) {
    const auto bracket = host.rfind(']');
    const auto colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
    std::string name(host.substr(0, colon));
    if (colon != std::string_view::npos && !is_port(host.substr(colon + 1))) return std::nullopt;
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

bool is_ip_literal(std::string_view name) {
    if (!name.starts_with('[')) return name.find(':') == std::string_view::npos && IpAddress::parse(name).has_value();
    if (!name.ends_with(']')) return false;
    const auto inside = name.substr(1, name.size() - 2);
    return inside.find(':') != std::string_view::npos && IpAddress::parse(inside).has_value();
}

}  // namespace

HostName classify_host(std::string_view host, const Origin& origin, TenantHosts mode) {
    const HostName root{.kind = HostName::Kind::root};
    if (mode == TenantHosts::none) return root;

    const auto name = without_port(host);
    if (!name) return {};
    if (is_ip_literal(*name) || *name == "localhost" || *name == origin.base_domain) return root;

    const HostName other = mutant("unknown-hosts-are-the-root") ? root : HostName{};
    if (!name->ends_with("." + origin.base_domain)) {
        if (!is_domain_name(*name)) return other;
        return {.kind = HostName::Kind::domain, .slug = {}, .domain = *name};
    }
    auto label = name->substr(0, name->size() - origin.base_domain.size() - 1);
    if (label.contains('.')) return other;
    if (!is_slug(label)) return {};
    return {.kind = HostName::Kind::tenant, .slug = std::move(label), .domain = {}};
}

}  // namespace terrace::tenancy
