#pragma once

#include "platform/db/database.hpp"

#include <string>
#include <vector>

namespace terrace::tenancy {

/// A table of tenants' rows, as PostgreSQL's catalog has it.
struct TenantTable {
    std::string name;                  ///< without its schema; needs no quotes
    std::vector<std::string> columns;  ///< that are stored; what is generated makes itself
    std::vector<std::string> key;      ///< the primary key, tenant_id first
};

/// A foreign key among them.
struct TenantReference {
    std::string from, to;  ///< names of tables; may be the same
    std::vector<std::string> from_columns, to_columns;
};

/// All of `schema` but tenant_place, those that others refer to before those. Throws std::runtime_error when two refer
/// to each other.
std::vector<TenantTable> read_tenant_tables(db::AdminConnection& connection, const std::string& schema);
std::vector<TenantReference> read_tenant_references(db::AdminConnection& connection, const std::string& schema);

}  // namespace terrace::tenancy
