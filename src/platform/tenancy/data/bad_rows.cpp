#include "platform/tenancy/data/import_steps.hpp"
#include "platform/tenancy/places/tenant_context.hpp"

#include <fmt/format.h>

namespace terrace::tenancy {

/// Class 22: data, 23: constraints, 54: larger than an index can hold.
bool is_fault_of_row(const db::StatementError& error) {
    const std::string_view sqlstate = error.sqlstate();
    return sqlstate.starts_with("22") || sqlstate.starts_with("23") || sqlstate.starts_with("54");
}

std::int64_t Import::on_good_lines(Lines lines, const std::function<std::int64_t(Lines)>& work,
                                   const std::function<void(std::int64_t line, const db::StatementError&)>& refused) {
    target_->run("savepoint part");
    try {
        const std::int64_t rows = work(lines);
        target_->run("release part");
        return rows;
    } catch (const db::StatementError& error) {
        if (!is_fault_of_row(error)) throw;
        target_->run("rollback to part; release part");
        if (lines.first == lines.second) {
            refused(lines.first, error);
            return 0;
        }
    }
    step(0);
    const std::int64_t middle = lines.first + (lines.second - lines.first) / 2;
    const std::int64_t before = on_good_lines({lines.first, middle}, work, refused);
    return before + on_good_lines({middle + 1, lines.second}, work, refused);
}

void Import::report(const TenantTable& table, std::int64_t line, const std::string& column,
                    const std::string& message) {
    ++outcome_.bad_rows;
    if (options_.bad_row) options_.bad_row({.table = table.name, .line = line, .column = column, .message = message});
}

/// Whether PostgreSQL refuses it for what is in the row.
bool Import::refuses(const std::string& query, const db::Params& params) {
    target_->run("savepoint trial");
    try {
        target_->run(query, params);
        target_->run("release trial");
        return false;
    } catch (const db::StatementError& error) {
        if (!is_fault_of_row(error)) throw;
        target_->run("rollback to trial; release trial");
        return true;
    }
}

/// PostgreSQL does not say which column it could not read: each is tried by itself.
void Import::explain(const TenantTable& table, std::int64_t line, const db::StatementError& error) {
    if (error.sqlstate().starts_with("23")) return explain_rule(table, line, error, true);
    const db::Params at = db::Params().add(line);
    const std::string body = " from pg_temp.archive_line where line = $1";
    if (refuses("select body::json" + body, at)) return report(table, line, "", "is no JSON");
    if (target_->run("select json_typeof(body::json)" + body, at).text(0, 0) != "object")
        return report(table, line, "", "is no JSON object");
    bool found = false;
    for (const std::string& column : table.columns) {
        const std::string one = fmt::format(
            "select r.{} from pg_temp.archive_line l cross join lateral json_populate_record(null::{},"
            " json_build_object('{}', l.body::json -> '{}')) r where l.line = $1",
            column, place(table), plain(column), plain(column));
        if (!refuses(one, at)) continue;
        found = true;
        const db::Rows type = target_->run(
            "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = $1::regclass and attname = $2",
            db::Params().add(place(table)).add(plain(column)));
        report(table, line, plain(column), fmt::format("is no valid {}", type.text(0, 0)));
    }
    if (!found) report(table, line, "", fmt::format("was refused by PostgreSQL ({})", error.sqlstate()));
}

void Import::explain_rule(const TenantTable& table, std::int64_t line, const db::StatementError& error,
                          bool among_staged) {
    const std::string& code = error.sqlstate();
    if (code == "23502") return report(table, line, error.column(), "must have a value");
    const std::string columns = columns_of(table, error.constraint());
    if (code == "23514") return report(table, line, columns, fmt::format("breaks the rule {}", error.constraint()));
    if (code == "23503")
        return report(table, line, columns,
                      fmt::format("refers to a row that is not there, or is bad ({})", error.constraint()));
    if (code == "23505")
        return report(table, line, columns,
                      among_staged ? "is what another row of the archive has"
                                   : fmt::format("is what another row of the tenant has ({})", error.constraint()));
    report(table, line, columns, fmt::format("was refused by PostgreSQL ({})", code));
}

/// Of a constraint or an index of the table, also of the temporary one, by commas.
std::string Import::columns_of(const TenantTable& table, const std::string& rule) {
    const db::Rows rows = target_->run(
        "select coalesce(string_agg(distinct a.attname, ', '), '') from ("
        "select conrelid as relation, unnest(conkey) as attnum from pg_constraint where conname = $1 union all"
        " select indrelid, unnest(indkey) from pg_index where indexrelid in"
        " (select oid from pg_class where relname = $1)) k"
        " join pg_attribute a on a.attrelid = k.relation and a.attnum = k.attnum and a.attname <> 'tenant_id'"
        " where k.relation in ($2::regclass, $3::regclass)",
        db::Params().add(rule).add(place(table)).add(staged(table)));
    return std::string(rows.text(0, 0));
}

}  // namespace terrace::tenancy
