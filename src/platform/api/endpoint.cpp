#include "platform/api/endpoint.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace terrace::api {

namespace {

Error tenant_read_only() {
    return {
        .status = 403, .code = "tenant_read_only", .detail = "This organisation can be read, not changed, for now."};
}

}  // namespace

std::string_view Context::parameter(std::string_view name) const {
    for (const auto& [key, value] : parameters) {
        if (key == name) return value;
    }
    throw std::logic_error("the path has no {" + std::string(name) + "}");
}

std::optional<std::string_view> Context::query_value(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) return value;
    }
    return std::nullopt;
}

Result<void> admit(const Access& access, http::Method method, const Context& context) {
    if (!access.allows(*context.principal)) return std::unexpected(errors::permission_denied());
    // A session of one's own may still end: only what asks for a permission changes what belongs to the tenant.
    const bool read_only = context.tenant->state == tenancy::TenantState::read_only;
    if (access.guarded() && read_only && !http::is_safe(method)) return std::unexpected(tenant_read_only());
    return {};
}

void add_schema(Api& api, std::string name, std::string schema) {
    for (const auto& [known, described] : api.schemas) {
        if (known != name) continue;
        if (described == schema) return;
        throw std::logic_error(fmt::format("the API describes {} in two ways: {} and {}", name, described, schema));
    }
    api.schemas.emplace_back(std::move(name), std::move(schema));
}

std::vector<std::string> path_names(std::string_view pattern) {
    std::vector<std::string> names;
    for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
        names.emplace_back(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
    }
    return names;
}

}  // namespace terrace::api
