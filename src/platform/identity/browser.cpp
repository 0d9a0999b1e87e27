#include "platform/identity/browser.hpp"

#include "platform/http/cookie.hpp"
#include "platform/tenancy/host_name.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace terrace::identity {
namespace {

constexpr std::size_t longest_next = 2048;

}  // namespace

void set_session_cookies(http::Response& response, std::string_view access_token, std::string_view refresh_token) {
    response.header("Set-Cookie", http::set_host_cookie(access_cookie, access_token, access_cookie_life));
    response.header("Set-Cookie", http::set_host_cookie(refresh_cookie, refresh_token, refresh_cookie_life));
}

void clear_session_cookies(http::Response& response) {
    response.header("Set-Cookie", http::clear_host_cookie(access_cookie));
    response.header("Set-Cookie", http::clear_host_cookie(refresh_cookie));
}

bool is_browser_call(const http::Request& request) {
    return request.header("sec-fetch-site") == "same-origin";
}

bool is_local_path(std::string_view next) {
    const auto safe = [](char c) { return static_cast<std::uint8_t>(c) > 0x20 && c != 0x7F && c != '\\'; };
    return next.starts_with('/') && !next.starts_with("//") && next.size() <= longest_next &&
           std::ranges::all_of(next, safe);
}

http::Response redirect(std::string location) {
    http::Response response{.status = 302, .content_type = ""};
    response.header("Location", std::move(location))
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer");
    return response;
}

std::string tenant_base(const Config& config, std::string_view slug) {
    return config.tenant_hosts == TenantHosts::subdomain ? config.origin.text(slug) : std::string();
}

std::string root_base(const Config& config) {
    return config.tenant_hosts == TenantHosts::subdomain ? config.origin.text() : std::string();
}

std::string tenant_origin(const Config& config, const http::Request& request, std::string_view slug) {
    if (config.tenant_hosts == TenantHosts::subdomain) return config.origin.text(slug);
    return request.scheme + "://" + request.host;
}

std::optional<std::string> own_domain(const Config& config, std::string_view host) {
    auto name = tenancy::classify_host(host, config.origin, config.tenant_hosts);
    return name.kind == tenancy::HostName::Kind::domain ? std::optional(std::move(name.domain)) : std::nullopt;
}

bool is_own_domain(const Config& config, std::string_view host, const tenancy::Tenant& tenant) {
    const auto name = own_domain(config, host);
    return name && std::ranges::find(tenant.domains, *name) != tenant.domains.end();
}

}  // namespace terrace::identity
