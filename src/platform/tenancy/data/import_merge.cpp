#include "platform/tenancy/data/import_steps.hpp"
#include "platform/tenancy/places/tenant_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

namespace terrace::tenancy {
namespace {

/// Written in one statement: so much that the fence is renewed in time.
constexpr std::int64_t rows_at_once = 5'000;
constexpr std::int64_t bytes_at_a_time = std::int64_t{16} << 20;

constexpr std::string_view counters = "counter", usage = "file_usage";

/// No row of these is in conflict: numbers go on from the greater of both, what the files take is counted anew.
bool settles_itself(const TenantTable& table) {
    return table.name == counters || table.name == usage;
}

std::vector<std::string> without(std::vector<std::string> columns, const std::vector<std::string>& those) {
    std::erase_if(columns, [&](const auto& column) { return std::ranges::find(those, column) != those.end(); });
    return columns;
}

/// The key's columns of both sides but for tenant_id, which the staged row has of the archive.
std::string same_key(const TenantTable& table) {
    const auto key = without(table.key, {"tenant_id"});
    return key.empty() ? "true" : fmt::format("({}) = ({})", list(key, "t"), list(key, "s"));
}

}  // namespace

/// In earnest, or in a transaction that is undone: then nothing that there is gets locked.
void Import::merge(bool in_earnest) {
    if (options_.into == ImportOptions::Into::fresh) remove_made_rows();
    for (const TenantTable& table : tables_) {
        ImportedTable outcome{.name = table.name};
        merge_table(table, outcome, in_earnest);
        outcome_.tables.push_back(std::move(outcome));
    }
    if (in_earnest) count_files_anew();
}

void Import::remove_made_rows() {
    for (const TenantTable& table : std::views::reverse(tables_))
        target_->run(fmt::format("delete from {} where tenant_id = $1", place(table)), tenant());
}

void Import::merge_table(const TenantTable& table, ImportedTable& outcome, bool in_earnest) {
    find_conflicts(table, outcome);
    const std::string statement = merge_statement(table, in_earnest);
    const ArchiveTable& archived = *manifest_.find(table.name);
    std::int64_t at_once =
        std::min(rows_at_once, bytes_at_a_time / (archived.json.bytes / (archived.rows + 1) + 1) + 1);
    // A row may refer to a later one of the same table.
    const db::Rows refers = target_->run(
        "select from pg_constraint where contype = 'f' and conrelid = $1::regclass and confrelid = conrelid",
        db::Params().add(place(table)));
    if (!refers.empty()) at_once = archived.rows;
    for (std::int64_t first = 1; first <= archived.rows; first += at_once) {
        const Lines lines{first, std::min(first + at_once - 1, archived.rows)};
        on_good_lines(
            lines,
            [&](Lines part) { return target_->run(statement, tenant().add(part.first).add(part.second)).affected(); },
            [&](std::int64_t line, const db::StatementError& error) { explain_rule(table, line, error, false); });
        step(lines.second - lines.first + 1);
    }
}

/// Which rows are there with the same values, and which with others; the rest is added.
void Import::find_conflicts(const TenantTable& table, ImportedTable& outcome) {
    const auto others = without(table.columns, table.key);
    const std::string differs = others.empty() || settles_itself(table)
                                    ? "false"
                                    : fmt::format("({}) is distinct from ({})", list(others, "t"), list(others, "s"));
    const std::string pairs =
        fmt::format(" from {} s join {} t on t.tenant_id = $1 and {}", staged(table), place(table), same_key(table));
    outcome.there = target_->run("select count(*)" + pairs, tenant()).integer(0, 0);
    outcome.added = target_->run("select count(*) from " + staged(table)).integer(0, 0) - outcome.there;
    if (outcome.there == 0) return;
    const db::Rows lines =
        target_->run(fmt::format("select s.line{} where {} order by s.line", pairs, differs), tenant());
    outcome.conflicts = static_cast<std::int64_t>(lines.size());
    outcome.there -= outcome.conflicts;
    if (options_.on_conflict != OnConflict::refuse) return;
    for (std::size_t row = 0; row < lines.size(); ++row)
        report(table, lines.integer(row, 0), "", "is there already with other values (--on-conflict decides)");
}

/// $1: the tenant; $2, $3: first and last line.
std::string Import::merge_statement(const TenantTable& table, bool in_earnest) {
    const auto columns = columns_of_row(table);
    const std::string insert = fmt::format(
        "insert into {} as t (tenant_id, {}) select $1::uuid, {} from {} s where s.line between $2 and $3"
        " on conflict ({}) do ",
        place(table), list(columns), list(columns, "s"), staged(table), list(table.key));
    const auto others = without(table.columns, table.key);
    if (in_earnest && table.name == counters)
        return insert + "update set value = excluded.value where excluded.value > t.value";
    if (!in_earnest || settles_itself(table) || options_.on_conflict != OnConflict::replace || others.empty() ||
        is_only_added_to(table))
        return insert + "nothing";
    return insert + fmt::format("update set ({}) = row({}) where ({}) is distinct from ({})", list(others),
                                list(others, "excluded"), list(others, "t"), list(others, "excluded"));
}

/// What the application may not change, an import does not change either.
bool Import::is_only_added_to(const TenantTable& table) {
    return !target_
                ->run("select pg_catalog.has_table_privilege('terrace_app', $1, 'update')",
                      db::Params().add(place(table)))
                .boolean(0, 0);
}

/// The quota is the installation's; it is found anew by the next upload.
void Import::count_files_anew() {
    const auto has = [&](std::string_view name) {
        return std::ranges::find(tables_, name, &TenantTable::name) != tables_.end();
    };
    if (!has(usage) || !has("file")) return;
    target_->run(fmt::format("update {}.file_usage u set bytes = f.bytes, quota = greatest(u.quota, f.bytes) from"
                             " (select coalesce(sum(size), 0) as bytes from {}.file where tenant_id = $1) f"
                             " where u.tenant_id = $1 and u.bytes <> f.bytes",
                             tenant_.side.schema, tenant_.side.schema),
                 tenant());
}

}  // namespace terrace::tenancy
