#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace terrace::http {

/// `__Host-` cookies only: Secure, HttpOnly, SameSite=Lax, Path=/, no Domain (RFC 6265bis). `name` includes the prefix.
std::string set_host_cookie(std::string_view name, std::string_view value, std::chrono::seconds max_age);
/// A Set-Cookie line that ends the cookie.
std::string clear_host_cookie(std::string_view name);

/// Finds one cookie in a Cookie header: byte-exact name, no trimming beyond SP and HTAB.
std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name);
/// False for `$Version` (and every name in `$`), by which some parsers read the rest in another way, and for a
/// `__Host-` or `__Secure-` name that stands twice: readers that disagree on which one counts can be given one that
/// another host has planted.
bool cookie_header_is_sound(std::string_view header);

}  // namespace terrace::http
