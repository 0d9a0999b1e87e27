#pragma once

#include "platform/base/uuid.hpp"
#include "platform/db/scope.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::tenancy {

/// `provisioning` → `active` ⇄ `read_only` / `suspended` → `deleting`, in the order of how far a tenant is shut. Only
/// `active` takes writes.
enum class TenantState : std::uint8_t { provisioning, active, read_only, suspended, deleting };

std::string_view to_string(TenantState state);
std::optional<TenantState> tenant_state_from(std::string_view text);

/// An organisation, as the catalog knows it. Immutable: a change makes a new one.
struct Tenant {
    Uuid id;
    std::string slug;
    std::string name;
    TenantState state = TenantState::active;
    std::string time_zone;  ///< IANA name; the zone of its first branch, "Asia/Kolkata" unless chosen
    std::shared_ptr<const db::Place> place;
    std::vector<std::string> domains = {};  ///< its own, proved ones: hosts beside `<slug>.<base domain>`

    /// Whether people may come in: its hosts answer and sign-in works.
    bool open() const { return state == TenantState::active || state == TenantState::read_only; }
};

using TenantPtr = std::shared_ptr<const Tenant>;

}  // namespace terrace::tenancy
