#include "platform/tenancy/places/tenant_rows.hpp"

#include "platform/tenancy/places/tenant_context.hpp"

#include <fmt/format.h>

#include <ranges>

namespace terrace::tenancy {

std::vector<RowSum> sum_rows(db::AdminConnection& connection, const std::string& schema,
                             const std::vector<TenantTable>& tables, const Uuid& tenant) {
    std::vector<RowSum> sums;
    sums.reserve(tables.size());
    for (const TenantTable& table : tables) {
        const db::Rows rows = connection.run(
            fmt::format("select count(*), coalesce(sum(hash_record_extended(row({}), 0)::numeric), 0)::text"
                        " from {}.{} where tenant_id = $1",
                        list(table.columns), schema, table.name),
            db::Params().add(tenant));
        sums.push_back({rows.integer(0, 0), std::string(rows.text(0, 1))});
    }
    return sums;
}

void delete_rows(db::AdminConnection& connection, const std::string& schema, const std::vector<TenantTable>& tables,
                 const Uuid& tenant) {
    for (const TenantTable& table : std::views::reverse(tables))
        connection.run(fmt::format("delete from {}.{} where tenant_id = $1", schema, table.name),
                       db::Params().add(tenant));
}

}  // namespace terrace::tenancy
