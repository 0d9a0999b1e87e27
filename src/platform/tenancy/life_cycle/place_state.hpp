#pragma once

#include "platform/tenancy/places/tenant_turn.hpp"

#include <string>
#include <string_view>

/// What changes of a tenant's state write beside the catalog. Each throws std::runtime_error.
namespace terrace::tenancy {

/// Writes into the place, at `at`, what may be done there while the tenant is in `state`. In a transaction; writing
/// units that are under way end before, 5 s at most are waited for them, and none begins until it is over.
void set_place(const TenantTurn& turn, db::AdminConnection& at, TenantState state);
/// One line of catalog.tenant_event.
void note_event(const TenantTurn& turn, std::string_view action, const std::string& actor, const std::string& reason);

}  // namespace terrace::tenancy
