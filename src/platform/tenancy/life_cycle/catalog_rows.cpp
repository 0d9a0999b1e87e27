#include "platform/tenancy/life_cycle/catalog_rows.hpp"

#include <algorithm>

namespace terrace::tenancy {
namespace {

/// Tables that refer to tenants; the notes of the erasure itself are none of the tenant's.
constexpr const char* referring_tables = R"(
select n.nspname || '.' || quote_ident(c.relname), quote_ident(a.attname)
  from pg_constraint f
  join pg_class c on c.oid = f.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
 where f.contype = 'f' and f.confrelid = 'catalog.tenant'::regclass and f.conrelid <> 'catalog.erasure_count'::regclass)";

/// ` and not exists (…)` for each table that holds on to persons.
constexpr const char* holders = R"(
select coalesce(string_agg(format(' and not exists (select from %I.%I h where h.%I = u.id)',
                                  n.nspname, c.relname, a.attname), ''), '')
  from pg_constraint f
  join pg_class c on c.oid = f.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
 where f.contype = 'f' and f.confrelid = 'catalog.user_account'::regclass and f.confdeltype in ('a', 'r'))";

}  // namespace

std::vector<std::pair<std::string, std::int64_t>> CatalogRows::count() {
    const db::Rows tables = installation_.run(referring_tables);
    std::vector<std::pair<std::string, std::int64_t>> counts;
    counts.reserve(tables.size() + 1);
    for (std::size_t row = 0; row < tables.size(); ++row) {
        const std::string table(tables.text(row, 0));
        const db::Rows rows =
            installation_.run("select count(*) from " + table + " where " + std::string(tables.text(row, 1)) + " = $1",
                              db::Params().add(tenant_));
        counts.emplace_back(table, rows.integer(0, 0));
    }
    counts.emplace_back("catalog.tenant", 1);
    std::ranges::sort(counts);
    return counts;
}

std::int64_t CatalogRows::remove() {
    const std::string persons = members();
    installation_.run("delete from catalog.tenant where id = $1", db::Params().add(tenant_));
    return remove_persons(persons);
}

std::string CatalogRows::members() {
    const db::Rows rows = installation_.run(
        "select coalesce(array_agg(user_id), '{}')::text from catalog.membership where tenant_id = $1",
        db::Params().add(tenant_));
    return std::string(rows.text(0, 0));
}

/// Whoever adds one of them to another organisation right now holds the account, or waits for it: after the lock the
/// memberships that count are there to be seen.
std::int64_t CatalogRows::remove_persons(const std::string& persons) {
    const db::Params of_persons = db::Params().add(persons);
    installation_.run("select from catalog.user_account where id = any($1::uuid[]) order by id for update", of_persons);
    const std::string held(installation_.run(holders).text(0, 0));
    return installation_
        .run(
            "delete from catalog.user_account u where u.id = any($1::uuid[])"
            " and not exists (select from catalog.membership m where m.user_id = u.id)" +
                held,
            of_persons)
        .affected();
}

}  // namespace terrace::tenancy
