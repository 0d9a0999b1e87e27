#pragma once

#include "platform/tenancy/places/row_transfer.hpp"
#include "platform/tenancy/places/tenant_turn.hpp"

#include <string>
#include <vector>

/// Internal to exports and imports: the tenant that they are of, and the right to its place for as long as they last.
namespace terrace::tenancy {

/// A tenant as the catalog has it.
struct DataTenant {
    Uuid id;
    std::string slug, name, time_zone;
    Isolation isolation = Isolation::shared;
    TenantState state = TenantState::active;
    Side side;  ///< where its rows are
};

/// Takes the turn that moves take, and keeps migrations out, until `installation` closes; then looks where the tenant
/// is. Throws std::runtime_error when there is none, when another has the turn, or when a move of it was cut off.
DataTenant take_turn(db::AdminConnection& installation, const std::string& admin_url, const std::string& slug,
                     TurnKind kind);
/// Of whoever has the turn already.
DataTenant data_of(const TenantTurn& turn);

/// The slug of a tenant by its id; empty when there is none.
std::string slug_of(db::AdminConnection& installation, const Uuid& tenant);

/// The last file of migrations/tenant that ran.
std::string last_migration(db::AdminConnection& installation);

/// The tables whose rows an archive holds, those that others refer to before those. Without idempotency keys: they
/// remember for a day what this installation answered to whom, and mean nothing later or elsewhere.
std::vector<TenantTable> carried_tables(db::AdminConnection& place, const std::string& schema);

/// Without tenant_id: what is the same in every tenant that has these rows.
std::vector<std::string> columns_of_row(const TenantTable& table);

}  // namespace terrace::tenancy
