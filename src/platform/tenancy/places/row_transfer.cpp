#include "platform/tenancy/places/row_transfer.hpp"

#include "platform/db/admin_transaction.hpp"
#include "platform/db/copy_rows.hpp"
#include "platform/db/statement_error.hpp"
#include "platform/tenancy/places/tenant_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <numeric>
#include <ranges>
#include <utility>

namespace terrace::tenancy {
namespace {

std::string staging(const TenantTable& table) {
    return "staged_" + table.name;
}

std::string keys_of(const TenantTable& table) {
    return "keys_of_" + table.name;
}

std::string taken_out(const std::string& table) {
    return "taken_out_" + table;
}

/// Whether `rows` hold one like `t`, by the table's key.
std::string stands_in(const TenantTable& table, const std::string& rows) {
    return fmt::format("exists (select from {} k where ({}) = ({}))", rows, list(table.key, "k"), list(table.key, "t"));
}

std::vector<std::string> beside_key(const TenantTable& table) {
    std::vector<std::string> others;
    for (const std::string& column : table.columns)
        if (std::ranges::find(table.key, column) == table.key.end()) others.push_back(column);
    return others;
}

/// The rows of `staging` into the table: new ones, and others where they differ.
std::string upsert(const TenantTable& table, const std::string& schema) {
    const std::vector<std::string> others = beside_key(table);
    const std::string insert =
        fmt::format("insert into {}.{} as t ({}) select {} from {} on conflict ({}) do ", schema, table.name,
                    list(table.columns), list(table.columns), staging(table), list(table.key));
    if (others.empty()) return insert + "nothing";
    return insert + fmt::format("update set ({}) = row({}) where ({}) is distinct from ({})", list(others),
                                list(others, "excluded"), list(others, "t"), list(others, "excluded"));
}

/// What was staged and is not there, and what was taken out, neither staged nor gone.
std::string put_in(const TenantTable& table, const std::string& schema, bool some_are_gone) {
    std::string back = "not " + stands_in(table, staging(table));
    if (some_are_gone) back += " and " + stands_in(table, keys_of(table));
    return fmt::format(
        "insert into {}.{} ({}) select {} from {} union all select {} from {} t where {} on conflict ({}) do nothing",
        schema, table.name, list(table.columns), list(table.columns), staging(table), list(table.columns, "t"),
        taken_out(table.name), back, list(table.key));
}

/// PostgreSQL manual, appendix A, class 23.
bool is_of_constraint(const db::StatementError& fault) {
    return fault.sqlstate().starts_with("23");
}

}  // namespace

RowTransfer::RowTransfer(const Side& from, const Side& to, const Uuid& tenant)
    : from_(from),
      to_(to),
      tenant_(tenant),
      source_(from.url),
      target_(to.url),
      tables_(read_tenant_tables(source_, from.schema)) {}

/// What transactions wrote that had not ended when the last round looked: a row's xmin is no older than the oldest of
/// them. Rows that were written before and are only looked at again are found alike and left alone.
std::int64_t RowTransfer::copy_changes(const std::function<bool()>& cancelled) {
    const db::AdminTransaction reading(source_);
    source_.run("set transaction isolation level repeatable read read only");
    enter(source_, tenant_);
    const db::Rows oldest =
        source_.run("select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::text");
    const std::string changed = seen_until_.empty() ? "" : fmt::format(" and age(xmin) <= age('{}'::xid)", seen_until_);

    db::AdminTransaction writing(target_);
    enter(target_, tenant_);
    std::vector<std::int64_t> staged;
    for (const TenantTable& table : tables_) {
        if (cancelled && cancelled()) return 0;
        staged.push_back(stage(table, changed));
    }
    target_.run("savepoint staged");
    try {
        bring_in(staged, cancelled);
    } catch (const db::StatementError& fault) {
        if (seen_until_.empty() || !is_of_constraint(fault)) throw;
        target_.run("rollback to savepoint staged");
        exchange();
    }
    const std::int64_t rows = std::accumulate(staged.begin(), staged.end(), std::int64_t{});
    if (cancelled && cancelled()) return rows;
    writing.commit();
    seen_until_ = oldest.text(0, 0);
    return rows;
}

void RowTransfer::bring_in(const std::vector<std::int64_t>& staged, const std::function<bool()>& cancelled) {
    for (std::size_t at = 0; at < tables_.size(); ++at) {
        if (cancelled && cancelled()) return;
        if (staged[at] > 0) target_.run(upsert(tables_[at], to_.schema));
    }
    target_.run("set constraints all immediate");
}

/// The slow way, for a round in which a unique value has gone from one row to another, or what others refer to has
/// changed: rows one by one would be in each other's way. All that is gone or has changed is taken out first, with what
/// refers to it, and all put in as it is now.
void RowTransfer::exchange() {
    const auto references = read_tenant_references(target_, to_.schema);
    std::vector<bool> some_are_gone;
    for (const TenantTable& table : tables_) {
        some_are_gone.push_back(take_out_own(table));
        for (const TenantReference& reference : references)
            if (reference.from == table.name) take_out_by(reference, table);
    }
    for (const TenantTable& table : std::views::reverse(tables_))
        target_.run(fmt::format("delete from {}.{} t where t.tenant_id = $1 and {}", to_.schema, table.name,
                                stands_in(table, taken_out(table.name))),
                    db::Params().add(tenant_));
    for (std::size_t at = 0; at < tables_.size(); ++at) target_.run(put_in(tables_[at], to_.schema, some_are_gone[at]));
}

/// What has changed or is gone; whether anything is gone.
bool RowTransfer::take_out_own(const TenantTable& table) {
    target_.run(fmt::format("create temporary table {} on commit drop as select {} from {}.{} with no data",
                            taken_out(table.name), list(table.columns), to_.schema, table.name));
    if (const auto others = beside_key(table); !others.empty())
        take_out(table, fmt::format("exists (select from {} k where ({}) = ({}) and ({}) is distinct from ({}))",
                                    staging(table), list(table.key, "k"), list(table.key, "t"), list(others, "k"),
                                    list(others, "t")));
    if (!has_gone(table)) return false;
    stage_keys(table);
    take_out(table, "not " + stands_in(table, keys_of(table)));
    return true;
}

/// What refers to a row that is taken out; where a table refers to itself, also what refers to those, and so on.
void RowTransfer::take_out_by(const TenantReference& reference, const TenantTable& table) {
    const std::string which = fmt::format("exists (select from {} r where ({}) = ({}))", taken_out(reference.to),
                                          list(reference.to_columns, "r"), list(reference.from_columns, "t"));
    while (take_out(table, which) > 0 && reference.to == reference.from) {
    }
}

/// Copies those aside that are to be deleted; how many there were.
std::int64_t RowTransfer::take_out(const TenantTable& table, const std::string& which) {
    const std::string copy = fmt::format(
        "with taken as (insert into {} select {} from {}.{} t where t.tenant_id = $1 and {} and not {} returning 1)"
        " select count(*) from taken",
        taken_out(table.name), list(table.columns, "t"), to_.schema, table.name, which,
        stands_in(table, taken_out(table.name)));
    return target_.run(copy, db::Params().add(tenant_)).integer(0, 0);
}

/// Whatever the source has and the target has not was staged: so rows are gone where the target would have more.
bool RowTransfer::has_gone(const TenantTable& table) {
    const db::Rows here = target_.run(
        fmt::format("select (select count(*) from {}.{} where tenant_id = $1) +"
                    " (select count(*) from {} t where not {})",
                    to_.schema, table.name, staging(table), stands_in(table, to_.schema + "." + table.name)),
        db::Params().add(tenant_));
    const db::Rows there =
        source_.run(fmt::format("select count(*) from {}.{} where tenant_id = $1", from_.schema, table.name),
                    db::Params().add(tenant_));
    return here.integer(0, 0) != there.integer(0, 0);
}

void RowTransfer::analyze_target() {
    for (const TenantTable& table : tables_) target_.run(fmt::format("analyze {}.{}", to_.schema, table.name));
}

std::int64_t RowTransfer::stage(const TenantTable& table, const std::string& changed) {
    target_.run(fmt::format("create temporary table {} on commit drop as select {} from {}.{} with no data",
                            staging(table), list(table.columns), to_.schema, table.name));
    const std::string out =
        fmt::format("copy (select {} from {}.{} where tenant_id = '{}'{}) to stdout (format binary)",
                    list(table.columns), from_.schema, table.name, tenant_.to_string(), changed);
    return db::copy_rows(source_, out, target_, fmt::format("copy {} from stdin (format binary)", staging(table)));
}

std::vector<std::int64_t> RowTransfer::counts(db::AdminConnection& connection, const Side& side) const {
    std::vector<std::int64_t> counts;
    counts.reserve(tables_.size());
    for (const TenantTable& table : tables_)
        counts.push_back(
            connection
                .run(fmt::format("select count(*) from {}.{} where tenant_id = $1", side.schema, table.name),
                     db::Params().add(tenant_))
                .integer(0, 0));
    return counts;
}

/// The target holds every row of the source, so where it holds as many it holds no other.
void RowTransfer::remove_gone() {
    const db::AdminTransaction reading(source_);
    enter(source_, tenant_);
    db::AdminTransaction writing(target_);
    enter(target_, tenant_);
    const auto there = counts(source_, from_), here = counts(target_, to_);
    for (std::size_t at = tables_.size(); at-- > 0;)  // those that refer to others first
        if (there[at] != here[at]) remove_gone(tables_[at]);
    writing.commit();
}

void RowTransfer::remove_gone(const TenantTable& table) {
    stage_keys(table);
    target_.run(fmt::format("delete from {}.{} t where t.tenant_id = $1 and not {}", to_.schema, table.name,
                            stands_in(table, keys_of(table))),
                db::Params().add(tenant_));
}

/// Of all rows at the source.
void RowTransfer::stage_keys(const TenantTable& table) {
    target_.run(fmt::format("create temporary table {} on commit drop as select {} from {}.{} with no data",
                            keys_of(table), list(table.key), to_.schema, table.name));
    db::copy_rows(source_,
                  fmt::format("copy (select {} from {}.{} where tenant_id = '{}') to stdout (format binary)",
                              list(table.key), from_.schema, table.name, tenant_.to_string()),
                  target_, fmt::format("copy {} from stdin (format binary)", keys_of(table)));
}

std::vector<RowSum> RowTransfer::read_sums(db::AdminConnection& connection, const Side& side) const {
    const db::AdminTransaction reading(connection);
    enter(connection, tenant_);
    return sum_rows(connection, side.schema, tables_, tenant_);
}

bool RowTransfer::verify() {
    auto reading = std::async(std::launch::async, [&] { return read_sums(source_, from_); });
    sums_ = read_sums(target_, to_);
    return reading.get() == sums_;
}

std::int64_t RowTransfer::rows() const {
    std::int64_t rows = 0;
    for (const RowSum& sum : sums_) rows += sum.count;
    return rows;
}

void RowTransfer::clear_target() {
    db::AdminTransaction writing(target_);
    enter(target_, tenant_);
    delete_rows(target_, to_.schema, tables_, tenant_);
    writing.commit();
    seen_until_.clear();
}

}  // namespace terrace::tenancy
