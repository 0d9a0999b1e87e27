#include "platform/tenancy/places/row_transfer.hpp"

#include "platform/db/admin_transaction.hpp"
#include "platform/db/copy_rows.hpp"
#include "platform/tenancy/places/tenant_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

namespace terrace::tenancy {
namespace {

std::string staging(const TenantTable& table) {
    return "staged_" + table.name;
}

/// The rows of `staging` into the table: new ones, and others where they differ.
std::string upsert(const TenantTable& table, const std::string& schema) {
    std::vector<std::string> others;
    for (const std::string& column : table.columns)
        if (std::ranges::find(table.key, column) == table.key.end()) others.push_back(column);
    const std::string insert =
        fmt::format("insert into {}.{} as t ({}) select {} from {} on conflict ({}) do ", schema, table.name,
                    list(table.columns), list(table.columns), staging(table), list(table.key));
    if (others.empty()) return insert + "nothing";
    return insert + fmt::format("update set ({}) = row({}) where ({}) is distinct from ({})", list(others),
                                list(others, "excluded"), list(others, "t"), list(others, "excluded"));
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
    std::int64_t rows = 0;
    for (const TenantTable& table : tables_) {
        if (cancelled && cancelled()) return rows;
        rows += copy_table(table, changed);
    }
    writing.commit();
    seen_until_ = oldest.text(0, 0);
    return rows;
}

void RowTransfer::analyze_target() {
    for (const TenantTable& table : tables_) target_.run(fmt::format("analyze {}.{}", to_.schema, table.name));
}

std::int64_t RowTransfer::copy_table(const TenantTable& table, const std::string& changed) {
    target_.run(fmt::format("create temporary table {} on commit drop as select {} from {}.{} with no data",
                            staging(table), list(table.columns), to_.schema, table.name));
    const std::string out =
        fmt::format("copy (select {} from {}.{} where tenant_id = '{}'{}) to stdout (format binary)",
                    list(table.columns), from_.schema, table.name, tenant_.to_string(), changed);
    const std::int64_t rows =
        db::copy_rows(source_, out, target_, fmt::format("copy {} from stdin (format binary)", staging(table)));
    if (rows > 0) target_.run(upsert(table, to_.schema));
    return rows;
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
    const std::string keys = "keys_of_" + table.name;
    target_.run(fmt::format("create temporary table {} on commit drop as select {} from {}.{} with no data", keys,
                            list(table.key), to_.schema, table.name));
    db::copy_rows(source_,
                  fmt::format("copy (select {} from {}.{} where tenant_id = '{}') to stdout (format binary)",
                              list(table.key), from_.schema, table.name, tenant_.to_string()),
                  target_, fmt::format("copy {} from stdin (format binary)", keys));
    target_.run(
        fmt::format("delete from {}.{} t where t.tenant_id = $1 and not exists (select from {} k where ({}) = ({}))",
                    to_.schema, table.name, keys, list(table.key, "k"), list(table.key, "t")),
        db::Params().add(tenant_));
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
