#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace terrace::db {

struct MigrateOptions {
    std::string admin_url;
    std::filesystem::path directory;  ///< holds catalog/ and tenant/: NNNN_name.sql, applied in the order of names
    std::string app_password;         ///< of terrace_app
    std::string platform_password;    ///< of terrace_platform
    std::function<void(const std::string&)> progress;
};

/// Brings the database up to date: roles, schemas, then each pending file in a transaction of its own with
/// `lock_timeout` and `row_security=off` (a statement that RLS would silently filter is an error instead), as
/// terrace_owner. Safe to run twice at once (an advisory lock) and after a kill (each file is all or nothing and is
/// recorded with the hash of its text; a recorded file whose text changed is an error). Returns the names it applied.
/// Throws std::runtime_error that names file and line.
std::vector<std::string> migrate(const MigrateOptions& options);

}  // namespace terrace::db
