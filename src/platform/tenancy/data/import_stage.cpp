#include "platform/base/text.hpp"
#include "platform/db/admin_transaction.hpp"
#include "platform/db/copy_rows.hpp"
#include "platform/tenancy/data/import_steps.hpp"
#include "platform/tenancy/places/tenant_context.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace terrace::tenancy {
namespace {

/// So many lines, or so many bytes of them, become rows at a time.
constexpr std::int64_t lines_at_once = 2'000;
constexpr std::size_t bytes_at_once = std::size_t{8} << 20;

void append_escaped(std::string& out, const std::string& line) {
    for (const char c : line) {
        switch (c) {
            case '\\':
                out += "\\\\";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\r':
                out += "\\r";
                break;
            default:
                out.push_back(c);
        }
    }
}

/// PostgreSQL's array of these names.
std::string array_of(const std::vector<std::string>& columns) {
    std::string text = "array[";
    for (const std::string& column : columns)
        text += fmt::format("{}'{}'", text.ends_with('[') ? "" : ", ", plain(column));
    return text + "]::text[]";
}

}  // namespace

std::string staged(const TenantTable& table) {
    return "pg_temp.staged_" + table.name;
}

std::string plain(const std::string& column) {
    return column.starts_with('"') ? column.substr(1, column.size() - 2) : column;
}

/// Their own transaction: nobody waits while the archive is read.
void Import::stage() {
    db::AdminTransaction transaction(*target_);
    enter(*target_, tenant_.id);
    target_->run("create temporary table archive_line (line bigint primary key, body text not null)");
    for (const TenantTable& table : tables_) stage_table(table);
    if (options_.remap) remap();
    transaction.commit();
}

/// The temporary table has the rules of the table, so that a row that breaks one is found before it is in the way.
void Import::stage_table(const TenantTable& table) {
    target_->run(
        fmt::format("create temporary table staged_{} (line bigint unique, like {} including constraints"
                    " including indexes including generated)",
                    table.name, place(table)));
    ArchiveReader reader(options_.archive / json_path(table.name));
    std::string line, data;
    std::int64_t number = 0, first = 1;
    const auto hand_over = [&] {
        if (!data.empty()) stage_lines(table, data, {first, number});
        step(number - first + 1);
        data.clear();
        first = number + 1;
    };
    while (reader.next_line(line)) {
        ++number;
        if (is_storable_text(line)) {
            data += fmt::format("{}\t", number);
            append_escaped(data, line);
            data.push_back('\n');
        } else {
            report(table, number, "", "is no text in UTF-8");
        }
        if (number - first + 1 >= lines_at_once || data.size() >= bytes_at_once) hand_over();
    }
    hand_over();
    const ArchiveTable& expected = *manifest_.find(table.name);
    if (reader.finish() != expected.json || number != expected.rows)
        throw std::runtime_error(fmt::format("{} is not what manifest.json says", json_path(table.name)));
    check_tenant(table);
    target_->run("analyze " + staged(table));
}

void Import::stage_lines(const TenantTable& table, const std::string& data, Lines lines) {
    target_->run("truncate pg_temp.archive_line");
    db::copy_in(*target_, "copy pg_temp.archive_line (line, body) from stdin", data);
    const std::string statement = fmt::format(
        "insert into {} (line, {}) select l.line, {} from pg_temp.archive_line l"
        " cross join lateral json_populate_record(null::{}, l.body::json) r where l.line between $1 and $2",
        staged(table), list(table.columns), list(table.columns, "r"), place(table));
    on_good_lines(
        lines,
        [&](Lines part) { return target_->run(statement, db::Params().add(part.first).add(part.second)).affected(); },
        [&](std::int64_t line, const db::StatementError& error) { explain(table, line, error); });
    check_members(table, lines);
}

/// json_populate_record takes what it knows and says nothing of the rest.
void Import::check_members(const TenantTable& table, Lines lines) {
    const db::Rows faults = target_->run(
        fmt::format("select l.line, f.name, f.message from {} s join pg_temp.archive_line l on l.line = s.line"
                    " cross join lateral (select array(select json_object_keys(l.body::json)) as names) m"
                    " cross join lateral (select name, 'is missing' as message from unnest({}) name"
                    " where name <> all(m.names) union all select name, 'is no column of the table' from"
                    " unnest(m.names) name where name <> all({}) union all select name, 'is there twice' from"
                    " unnest(m.names) name group by name having count(*) > 1) f"
                    " where s.line between $1 and $2 and m.names <> {} order by l.line",
                    staged(table), array_of(table.columns), array_of(table.columns), array_of(table.columns)),
        db::Params().add(lines.first).add(lines.second));
    for (std::size_t row = 0; row < faults.size(); ++row)
        report(table, faults.integer(row, 0), std::string(faults.text(row, 1)), std::string(faults.text(row, 2)));
}

/// The rows are written for one tenant, whatever they say; one that says something else is not what it seems.
void Import::check_tenant(const TenantTable& table) {
    const db::Rows others =
        target_->run(fmt::format("select line from {} where tenant_id <> $1 order by line", staged(table)),
                     db::Params().add(manifest_.tenant));
    for (std::size_t row = 0; row < others.size(); ++row)
        report(table, others.integer(row, 0), "tenant_id", "names another tenant than the archive is of");
}

}  // namespace terrace::tenancy
