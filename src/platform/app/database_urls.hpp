#pragma once

#include "platform/base/config.hpp"
#include "platform/db/database.hpp"

namespace terrace::app {

/// The data layer's options as the configuration says: DATABASE_APP_URL and DATABASE_PLATFORM_URL; one that has no
/// password gets the derived one of its role, and one that is not set is taken from DATABASE_URL (commands only).
/// Throws std::runtime_error that names the variable that is missing.
db::DatabaseOptions database_options(const Config& config);

}  // namespace terrace::app
