#pragma once

#include "platform/base/config.hpp"

#include <cstddef>
#include <string>

namespace terrace::server {

/// Makes places of that mode until `count` are spare on that cluster, for tenants that are to get one of their own;
/// returns how many it made. Does nothing for the shared tables. Needs DATABASE_URL; throws std::runtime_error.
std::size_t make_spare_places(const Config& config, Isolation isolation, std::size_t count,
                              const std::string& cluster = "main");

}  // namespace terrace::server
