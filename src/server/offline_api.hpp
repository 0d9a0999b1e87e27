#pragma once

#include "platform/api/endpoint.hpp"

#include <functional>

namespace terrace::server {

/// Shows `use` everything that the server would answer, without a database or a port: for the commands that describe
/// it.
void with_api(const std::function<void(const api::Api& api)>& use);

}  // namespace terrace::server
