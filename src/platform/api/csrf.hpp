#pragma once

#include "platform/http/message.hpp"

namespace terrace::api {

/// The CSRF rule for unsafe methods: `Sec-Fetch-Site` present → only `same-origin` (a sibling sub-domain is another
/// tenant); else `Origin` present → the request's own origin, port included; neither → allowed only without one of our
/// cookies: then it is a program, not a browser. Pure.
bool is_same_site_call(const http::Request& request);

/// Whether the request carries one of our cookies: they all have the prefix `__Host-`.
bool carries_our_cookie(const http::Request& request);

}  // namespace terrace::api
