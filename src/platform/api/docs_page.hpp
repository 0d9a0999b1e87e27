#pragma once

#include "platform/api/endpoint.hpp"

#include <string>

namespace terrace::api {

/// The reference page of `/api/docs`: operations by tag with access, parameters, schemas and an example for the
/// command line. One HTML text: no script, no other host, light and dark by the reader's preference.
std::string docs_page(const Api& api);

/// Its Content-Security-Policy: nothing but the page's own style sheet, by its hash.
std::string docs_page_policy();

}  // namespace terrace::api
