#include "platform/tenancy/data/data_turn.hpp"

#include "platform/db/advisory_lock.hpp"
#include "platform/db/conninfo.hpp"
#include "platform/db/migrate.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace terrace::tenancy {
namespace {

db::Rows find(db::AdminConnection& installation, const std::string& slug) {
    db::Rows rows = installation.run(
        "select id, slug, name, time_zone, isolation, state, schema_name, coalesce(database_name, ''), cluster"
        " from catalog.tenant where slug = $1",
        db::Params().add(slug));
    if (rows.empty()) throw std::runtime_error(fmt::format("no tenant has the slug {}", slug));
    return rows;
}

}  // namespace

DataTenant take_turn(db::AdminConnection& installation, const std::string& admin_url, const std::string& slug,
                     Turn turn) {
    const Uuid id = find(installation, slug).uuid(0, 0);
    const db::Rows taken = installation.run(
        fmt::format("select pg_catalog.pg_try_advisory_lock{}($1::bigint)", turn == Turn::reading ? "_shared" : ""),
        db::Params().add(db::move_lock_key(id)));
    if (!taken.boolean(0, 0))
        throw std::runtime_error(fmt::format("a move, an export or an import of {} is under way", slug));
    db::hold_off_migrations(installation);
    if (!installation.run("select from catalog.tenant_move where tenant_id = $1", db::Params().add(id)).empty())
        throw std::runtime_error(
            fmt::format("a move of {} was cut off: `terrace tenant move {} --to …` settles it first", slug, slug));

    const db::Rows rows = find(installation, slug);
    DataTenant tenant{.id = rows.uuid(0, 0),
                      .slug = std::string(rows.text(0, 1)),
                      .name = std::string(rows.text(0, 2)),
                      .time_zone = std::string(rows.text(0, 3)),
                      .isolation = std::string(rows.text(0, 4)),
                      .state = std::string(rows.text(0, 5)),
                      .side = {.url = admin_url, .schema = std::string(rows.text(0, 6))}};
    if (rows.text(0, 8) != "main")
        throw std::runtime_error(
            fmt::format("{} is on the cluster {}, which cannot be reached yet", slug, rows.text(0, 8)));
    if (!rows.text(0, 7).empty())
        tenant.side.url = db::with_conninfo(admin_url, {{"dbname", std::string(rows.text(0, 7))}});
    return tenant;
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
