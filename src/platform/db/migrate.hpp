#pragma once

#include "platform/db/database.hpp"

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace terrace::db {

/// A file of migrations/.
struct MigrationFile {
    std::string name;  ///< under which it is recorded: "tenant/0012_files.sql"
    std::string text;
    std::string sha256;  ///< in hex
};

/// Whether the file concerns every place of a tenant: those of tenant/, and those of catalog/ that have `places` in
/// their name, which each database needs.
bool concerns_places(const MigrationFile& file);

/// Those of catalog/, then those of tenant/, each in the order of names. Throws std::runtime_error.
std::vector<MigrationFile> read_migrations(const std::filesystem::path& directory);

/// A migration was undone: the message names file and line.
struct MigrationError : std::runtime_error {
    MigrationError(const std::string& message, std::string sqlstate_)
        : std::runtime_error(message), sqlstate(std::move(sqlstate_)) {}
    std::string sqlstate;  ///< empty where PostgreSQL was not asked
};

/// Runs one file as `migrate` does, with `record` at its end, in the same transaction: kept with what it did or not at
/// all. What the text says of the schema `shared` is meant of `schema`. Throws MigrationError.
void apply_migration(AdminConnection& connection, const MigrationFile& file, const std::string& schema,
                     const std::function<void()>& record);

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
/// Throws std::runtime_error that names file and line. Places beside the shared tables are not its work: MigratePlaces.
std::vector<std::string> migrate(const MigrateOptions& options);

/// Makes the roles of an installation on one more cluster, or sets them right, their passwords above all: `migrate`
/// does on its own. Safe to repeat. Throws std::runtime_error.
void make_cluster_roles(AdminConnection& cluster, const std::string& app_password,
                        const std::string& platform_password);

/// Migrations wait from here on until `installation` closes, however it ends; one that is under way is waited for.
void hold_off_migrations(AdminConnection& installation);

/// Makes of an empty database what every database with tenants' rows has: rights, the record of what was applied, and
/// `shared.tenant_place`. The roles are there: `migrate` makes
/// them. Safe to repeat, which brings it up to date. Throws as `migrate`.
void make_place_database(const std::string& admin_url, const std::filesystem::path& directory);

}  // namespace terrace::db
