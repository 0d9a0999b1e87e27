#pragma once

#include "platform/base/config.hpp"
#include "platform/http/message.hpp"
#include "platform/tenancy/tenant.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace terrace::identity {

constexpr std::string_view access_cookie = "__Host-at";
constexpr std::string_view refresh_cookie = "__Host-rt";
/// Holds the nonce that binds a hand-off to this browser.
constexpr std::string_view enter_cookie = "__Host-enter";

/// A little below the token's life, so that a missing cookie is the sign to refresh.
constexpr std::chrono::seconds access_cookie_life{290};
constexpr std::chrono::hours refresh_cookie_life{24 * 30};
constexpr std::chrono::minutes enter_cookie_life{5};

/// The two tokens of a browser's session, and their end.
void set_session_cookies(http::Response& response, std::string_view access_token, std::string_view refresh_token);
void clear_session_cookies(http::Response& response);

/// Whether this is a browser's call from a page of the same origin, and not a program's.
bool is_browser_call(const http::Request& request);

/// Where a browser goes after signing in. A path of this host and nothing that a browser could read as another one: it
/// starts with exactly one slash and holds no backslash, control character or space.
bool is_local_path(std::string_view next);

/// 302 that no cache keeps and that tells no other host where it came from.
http::Response redirect(std::string location);

/// The origin under which a browser reaches a tenant, and the root: empty (the same host) with
/// TERRACE_TENANT_HOSTS=none, where the one host may have many names.
std::string tenant_base(const Config& config, std::string_view slug);
std::string root_base(const Config& config);
/// A tenant's origin for a body, never empty.
std::string tenant_origin(const Config& config, const http::Request& request, std::string_view slug);

/// The name of the own domain, of whatever tenant, that `host` (with its port) says; nothing for other hosts.
std::optional<std::string> own_domain(const Config& config, std::string_view host);
/// Whether `host` (with its port) is one of the tenant's own domains.
bool is_own_domain(const Config& config, std::string_view host, const tenancy::Tenant& tenant);

}  // namespace terrace::identity
