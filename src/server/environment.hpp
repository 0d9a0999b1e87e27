#pragma once

#include "platform/base/config.hpp"

#include <string>

namespace terrace::server {

/// The configuration from the environment; throws std::runtime_error with every fault, a line each. Starts the log.
Config load_config();

/// DATABASE_URL, or a std::runtime_error that says which command needs it and why.
const std::string& admin_url(const Config& config);

/// The folder of migrations/: TERRACE_MIGRATIONS, else beside the binary's source tree.
std::string migrations_directory();

}  // namespace terrace::server
