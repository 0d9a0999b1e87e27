#pragma once

#include "platform/api/cors.hpp"
#include "platform/api/endpoint.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What a request must keep to before anybody is asked who sends it. Pure; internal to the pipeline.
namespace terrace::api {

/// 406 where the client takes none of what the endpoint answers. One that answers objects answers JSON; one without a
/// body, or with bytes, admits any Accept.
Result<void> check_accept(const Endpoint& endpoint, const http::Request& request);

/// JSON, or the format that the client wants more. What `?format=` names must be admitted by Accept, too.
Result<std::string_view> choose_format(const Endpoint& endpoint, const Context& context);

/// What an unsafe request must keep to before its body is looked at: 403 `cross_site`, 415.
Result<void> check_unsafe(const Endpoint& endpoint, const Cors& cors, const http::Request& request);

/// The parameters of the query; 400 where one is not among `names`, or stands twice.
Result<http::Query> read_query(const std::vector<std::string>& names, const http::Request& request);

}  // namespace terrace::api
