#pragma once

#include "platform/db/database.hpp"
#include "platform/tenancy/places/spot.hpp"
#include "platform/tenancy/places/tenant_rows.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace terrace::tenancy {

/// Carries the rows of one tenant from one place to another while the tenant works, as often as it takes: the first
/// time all, then what has changed since, also where a unique value has gone from one row to another. Both sides are
/// under the wall, as terrace_owner in the tenant's context, so that it can neither read nor write a row of another.
/// Blocking. Every call throws std::runtime_error on a fault, and may then be repeated.
class RowTransfer {
  public:
    RowTransfer(const Side& from, const Side& to, const Uuid& tenant);

    /// Brings over what is new; returns how many rows that were. `cancelled` is asked before each table; when it says
    /// yes the round ends early and is undone.
    std::int64_t copy_changes(const std::function<bool()>& cancelled);
    /// Lets PostgreSQL count what is at the target: tables that were just filled have no statistics, by which it would
    /// read them all for a row.
    void analyze_target();
    /// Whether count and checksum of every table agree. To be called while nobody writes at the source; both sides are
    /// read at once.
    bool verify();
    /// Takes away what is gone at the source. To be called while nobody writes there, after copy_changes.
    void remove_gone();
    /// Removes all rows of the tenant at the target.
    void clear_target();

    /// Of all tables at the target, as verify() found them, and how many rows that is.
    const std::vector<RowSum>& sums() const { return sums_; }
    std::int64_t rows() const;

  private:
    std::int64_t stage(const TenantTable& table, const std::string& changed);
    void bring_in(const std::vector<std::int64_t>& staged, const std::function<bool()>& cancelled);
    void exchange();
    bool take_out_own(const TenantTable& table);
    void take_out_by(const TenantReference& reference, const TenantTable& table);
    std::int64_t take_out(const TenantTable& table, const std::string& which);
    bool has_gone(const TenantTable& table);
    void stage_keys(const TenantTable& table);
    std::vector<RowSum> read_sums(db::AdminConnection& connection, const Side& side) const;
    std::vector<std::int64_t> counts(db::AdminConnection& connection, const Side& side) const;
    void remove_gone(const TenantTable& table);

    Side from_, to_;
    Uuid tenant_;
    db::AdminConnection source_, target_;
    std::vector<TenantTable> tables_;
    std::string seen_until_;  ///< what a transaction from this one on has written is not here yet; empty: nothing is
    std::vector<RowSum> sums_;
};

}  // namespace terrace::tenancy
