#pragma once

#include "platform/api/endpoint.hpp"

#include <string>
#include <string_view>

namespace terrace::api {

/// Every kind of problem that `api` may answer: the platform's, then the product's.
std::vector<Problem> all_problems(const Api& api);

/// The OpenAPI 3.1 document of `api`, with stable order, so that a diff shows what changed.
std::string openapi(const Api& api);

/// The table of `terrace routes`: one object a route with method, path, operation_id, access (open, signed_in,
/// permission, rule), permission (of a rule its text), tenant (whether it acts within one) and any_host.
std::string routes_json(const Api& api);
std::string routes_text(const Api& api);

/// `/api/v1/openapi.json`: added to `api` after all others.
void add_document_endpoint(Api& api);

}  // namespace terrace::api
