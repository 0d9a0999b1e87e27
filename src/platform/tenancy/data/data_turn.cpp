#include "platform/tenancy/data/data_turn.hpp"

#include "platform/db/migrate.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace terrace::tenancy {
DataTenant take_turn(db::AdminConnection& installation, const std::string& admin_url, const std::string& slug,
                     TurnKind kind) {
    TenantTurn turn(installation, admin_url, slug, kind);
    db::hold_off_migrations(installation);
    if (turn.has_cut_off_move())
        throw std::runtime_error(
            fmt::format("a move of {} was cut off: `terrace tenant move {} --to …` settles it first", slug, slug));
    return data_of(turn);
}

DataTenant data_of(const TenantTurn& turn) {
    return {.id = turn.id(),
            .slug = turn.slug(),
            .name = turn.name(),
            .time_zone = turn.time_zone(),
            .isolation = turn.spot().isolation,
            .state = turn.state(),
            .side = turn.clusters().side(turn.spot())};
}

std::string slug_of(db::AdminConnection& installation, const Uuid& tenant) {
    const db::Rows rows = installation.run("select slug from catalog.tenant where id = $1", db::Params().add(tenant));
    return rows.empty() ? "" : std::string(rows.text(0, 0));
}

std::string last_migration(db::AdminConnection& installation) {
    return std::string(
        installation.run("select coalesce(max(name), '') from catalog.migration where name like 'tenant/%'")
            .text(0, 0));
}

std::vector<TenantTable> carried_tables(db::AdminConnection& place, const std::string& schema) {
    std::vector<TenantTable> tables = read_tenant_tables(place, schema);
    std::erase_if(tables, [](const TenantTable& table) { return table.name == "idempotency_key"; });
    return tables;
}

std::vector<std::string> columns_of_row(const TenantTable& table) {
    std::vector<std::string> columns = table.columns;
    std::erase(columns, "tenant_id");
    return columns;
}

}  // namespace terrace::tenancy
