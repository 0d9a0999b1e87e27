#pragma once

#include "platform/db/admin_connection.hpp"

#include <string>

/// Internal to the data layer: what the migrator does before the first file.
namespace terrace::db {

/// Runs `sql`; throws std::runtime_error with SQLSTATE and message.
void execute(pg_conn* connection, const std::string& sql);

/// Makes the roles terrace_owner, terrace_app and terrace_platform or sets them right: attributes, passwords (sent as
/// SCRAM verifiers, never in clear), session defaults. Roles belong to the cluster, so databases that migrate at the
/// same time try again when they meet.
void make_roles(pg_conn* connection, const std::string& app_password, const std::string& platform_password);

/// Takes from PUBLIC what PostgreSQL grants by default on this database, lets our roles in, and makes the schema
/// `catalog` with the control table.
void make_foundation(pg_conn* connection);

}  // namespace terrace::db
