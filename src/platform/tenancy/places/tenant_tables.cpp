#include "platform/tenancy/places/tenant_tables.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace terrace::tenancy {
namespace {

constexpr const char* tables_query = R"(
select c.relname,
       (select string_agg(quote_ident(attname), ' ' order by attnum) from pg_attribute
         where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''),
       (select string_agg(quote_ident(a.attname), ' ' order by k.place)
          from pg_index i cross join lateral unnest(i.indkey) with ordinality as k (attnum, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
         where i.indrelid = c.oid and i.indisprimary),
       (select string_agg(distinct p.relname, ' ') from pg_constraint f join pg_class p on p.oid = f.confrelid
         where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid)
  from pg_class c
 where c.relnamespace = $1::regnamespace and c.relkind = 'r' and c.relname <> 'tenant_place'
 order by c.relname)";

constexpr const char* references_query = R"(
select c.relname, p.relname,
       (select string_agg(quote_ident(a.attname), ' ' order by k.place)
          from unnest(f.conkey) with ordinality as k (attnum, place)
          join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum),
       (select string_agg(quote_ident(a.attname), ' ' order by k.place)
          from unnest(f.confkey) with ordinality as k (attnum, place)
          join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum)
  from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class p on p.oid = f.confrelid
 where c.relnamespace = $1::regnamespace and f.contype = 'f'
 order by c.relname, f.conname)";

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto blank = text.find(' ');
        words.emplace_back(text.substr(0, blank));
        text.remove_prefix(blank == text.npos ? text.size() : blank + 1);
    }
    return words;
}

}  // namespace

std::vector<TenantTable> read_tenant_tables(db::AdminConnection& connection, const std::string& schema) {
    struct Found {
        TenantTable table;
        std::vector<std::string> refers_to;
    };
    const db::Rows rows = connection.run(tables_query, db::Params().add(schema));
    std::vector<Found> waiting;
    waiting.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        waiting.push_back({{std::string(rows.text(row, 0)), words_of(rows.text(row, 1)), words_of(rows.text(row, 2))},
                           words_of(rows.text(row, 3))});

    std::vector<TenantTable> ordered;
    std::set<std::string> placed;
    while (!waiting.empty()) {
        const auto free = std::ranges::find_if(waiting, [&](const Found& found) {
            return std::ranges::all_of(found.refers_to, [&](const auto& name) { return placed.contains(name); });
        });
        if (free == waiting.end())
            throw std::runtime_error("tables of tenants refer to each other in a circle: " +
                                     waiting.front().table.name);
        placed.insert(free->table.name);
        ordered.push_back(std::move(free->table));
        waiting.erase(free);
    }
    return ordered;
}

std::vector<TenantReference> read_tenant_references(db::AdminConnection& connection, const std::string& schema) {
    const db::Rows rows = connection.run(references_query, db::Params().add(schema));
    std::vector<TenantReference> references;
    references.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        references.push_back({.from = std::string(rows.text(row, 0)),
                              .to = std::string(rows.text(row, 1)),
                              .from_columns = words_of(rows.text(row, 2)),
                              .to_columns = words_of(rows.text(row, 3))});
    return references;
}

}  // namespace terrace::tenancy
