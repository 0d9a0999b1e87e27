#pragma once

#include "platform/base/config.hpp"
#include "platform/db/database.hpp"

#include <string>

namespace terrace::app {

/// `url` (a URI or key=value words, as libpq takes them) for another role: its user and password are replaced. Throws
/// std::runtime_error that names `variable` when libpq cannot read it.
std::string with_role(const std::string& url, const std::string& role, const std::string& password,
                      const char* variable);

/// The data layer's options as the configuration says: DATABASE_APP_URL and DATABASE_PLATFORM_URL; one that has no
/// password gets the derived one of its role, and one that is not set is taken from DATABASE_URL (commands only).
/// Throws std::runtime_error that names the variable that is missing.
db::DatabaseOptions database_options(const Config& config);

}  // namespace terrace::app
