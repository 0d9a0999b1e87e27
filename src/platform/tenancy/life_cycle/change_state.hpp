#pragma once

#include "platform/tenancy/tenant.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

namespace terrace::tenancy {

/// Who does what to which tenant.
struct TenantAct {
    std::string admin_url;             ///< of the installation's database
    std::filesystem::path migrations;  ///< of the installation's files
    std::string slug;
    std::string actor;   ///< the operator's name, for catalog.tenant_event
    std::string reason;  ///< in their words, which outlive the tenant: no names of persons; may be empty
    /// A word for the person who waits, before each step.
    std::function<void(const std::string& step)> progress;
};

/// How long an act waits for another that has the tenant's turn.
inline constexpr std::chrono::seconds patience_for_a_turn{3};

struct StateChange {
    TenantState before = TenantState::active;
    std::string delete_after;  ///< while deleting: RFC 3339, UTC
};

/// Takes a tenant to `to`: active, read_only, suspended or deleting (from any of them but deleting, which only leads
/// back to active, within 30 days). Its state stands in the catalog, where people come in, and in its place, where
/// units begin. A database of its own and the catalog cannot change together, so the catalog goes first when a tenant
/// is shut, and last when it is opened: a kill in between leaves it as far shut as the narrower of the two, and the
/// same act once more, or any other, makes them agree. Acting again changes nothing and is no event.
///
/// Two at once for one tenant: the second waits its turn, 3 s at most, and finds what the first left. Blocking; an
/// administrator's work. Throws std::runtime_error with a sentence for the operator.
StateChange change_state(const TenantAct& act, TenantState to);

}  // namespace terrace::tenancy
