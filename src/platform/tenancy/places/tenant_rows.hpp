#pragma once

#include "platform/db/database.hpp"
#include "platform/tenancy/places/tenant_tables.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// All rows of one tenant in one place, in a transaction that is in its context (tenant_context.hpp). Each throws
/// std::runtime_error.
namespace terrace::tenancy {

/// Of one table: equal for equal rows, in whatever order they lie.
struct RowSum {
    std::int64_t count = 0;
    std::string checksum;
    bool operator==(const RowSum&) const = default;
};

/// A sum for each of `tables` of `schema`.
std::vector<RowSum> sum_rows(db::AdminConnection& connection, const std::string& schema,
                             const std::vector<TenantTable>& tables, const Uuid& tenant);

/// Deletes them all, those that refer to others first.
void delete_rows(db::AdminConnection& connection, const std::string& schema, const std::vector<TenantTable>& tables,
                 const Uuid& tenant);

}  // namespace terrace::tenancy
