#include "platform/tenancy/data/import_steps.hpp"

#include <fmt/format.h>

#include <map>

namespace terrace::tenancy {
namespace {

/// The columns of a table that hold ids, but for tenant_id; `refers`: by a foreign key.
constexpr const char* id_columns_query = R"(
select quote_ident(a.attname), exists (select from pg_constraint f where f.conrelid = a.attrelid and f.contype = 'f'
                                           and a.attnum = any(f.conkey)) as refers
  from pg_attribute a
 where a.attrelid = $1::regclass and a.atttypid = 'uuid'::regtype and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = '' and a.attname <> 'tenant_id')";

}  // namespace

/// An id is the column beside tenant_id in a primary key of two, unless that refers to another table. The new one keeps
/// the old one's time and differs in the 62 random bits, so that rows stay in their order. Every other column that has
/// the old id is a reference to it, whether a foreign key says so or (search tokens, audit, files) nothing does.
void Import::remap() {
    target_->run("create temporary table new_id (old uuid primary key, new uuid not null)");
    std::map<std::string, std::vector<std::string>> references;
    for (const TenantTable& table : tables_) {
        const db::Rows columns = target_->run(id_columns_query, db::Params().add(place(table)));
        for (std::size_t row = 0; row < columns.size(); ++row) {
            const std::string column(columns.text(row, 0));
            references[table.name].push_back(column);
            if (columns.boolean(row, 1) || table.key.size() != 2 || table.key.back() != column) continue;
            target_->run(
                fmt::format("insert into pg_temp.new_id select {}, (substr({}::text, 1, 19) ||"
                            " substr(gen_random_uuid()::text, 20))::uuid from {} on conflict do nothing",
                            column, column, staged(table)));
            step(0);
        }
    }
    target_->run("analyze pg_temp.new_id");
    for (const TenantTable& table : tables_)
        for (const std::string& column : references[table.name]) {
            target_->run(fmt::format("update {} s set {} = n.new from pg_temp.new_id n where n.old = s.{}",
                                     staged(table), column, column));
            step(0);
        }
}

}  // namespace terrace::tenancy
