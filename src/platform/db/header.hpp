#pragma once

#include "platform/db/task.hpp"

#include <chrono>

/// Internal to the data layer: what is put before the caller's statements (ARCHITECTURE.md, "Unit").
namespace terrace::db {

enum class Header {
    plain,    ///< sets the tenant, believing what the process knows of its place
    checked,  ///< sets the tenant if its place is still the one we know and may be read
    locked,   ///< as `checked` for a place that takes writes, behind the lock that a mover takes exclusively
};

/// Adds the header of `scope` to the task, and its tenant and schema.
void add_tenant_header(Task& task, const TenantScope& scope, Header header);

/// Commits without waiting for the WAL to reach the disk.
void add_asynchronous_commit(Task& task);

/// Behind a pooler nothing is set when a connection starts: the statement timeout goes with each unit.
void add_statement_timeout(Task& task, std::chrono::milliseconds timeout);

/// The transaction control of leases.
void add_begin(Task& task);
Statement commit_statement();
Statement rollback_statement();

}  // namespace terrace::db
