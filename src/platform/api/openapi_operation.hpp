#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/base/json.hpp"

#include <set>
#include <string>
#include <string_view>

/// One operation of the OpenAPI document. Internal to openapi.cpp.
namespace terrace::api {

/// The member `"get":{…}` of an endpoint's path.
void write_operation(json::Writer& out, const Api& api, const Endpoint& endpoint);

/// The statuses of the problems that an endpoint may answer beside its own kinds: what it lists, and those of the
/// pipeline.
std::set<int> problem_statuses(const Endpoint& endpoint);
/// `Forbidden`: the name of the answer with a status that endpoints share.
std::string response_name(int status);
/// An answer that is a problem.
void write_problem(json::Writer& out, int status, std::string_view schema);

}  // namespace terrace::api
