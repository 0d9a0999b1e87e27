#include "platform/tenancy/tenant.hpp"

#include <array>
#include <utility>

namespace terrace::tenancy {
namespace {

constexpr std::array<std::pair<TenantState, std::string_view>, 5> state_names{{
    {TenantState::provisioning, "provisioning"},
    {TenantState::active, "active"},
    {TenantState::read_only, "read_only"},
    {TenantState::suspended, "suspended"},
    {TenantState::deleting, "deleting"},
}};

}  // namespace

std::string_view to_string(TenantState state) {
    for (const auto& [value, name] : state_names) {
        if (value == state) return name;
    }
    std::unreachable();
}

std::optional<TenantState> tenant_state_from(std::string_view text) {
    for (const auto& [value, name] : state_names) {
        if (name == text) return value;
    }
    return std::nullopt;
}

}  // namespace terrace::tenancy
