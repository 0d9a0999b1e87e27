#include "platform/access/permissions.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace terrace::access {
namespace {

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_word(std::string_view text) {
    return !text.empty() && is_lower(text.front()) &&
           std::ranges::all_of(text, [](char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '_'; });
}

/// `patients.create`, `billing.invoices.read`.
bool is_permission_name(std::string_view name) {
    if (name.find('.') == std::string_view::npos) return false;
    for (;;) {
        const auto dot = name.find('.');
        if (!is_word(name.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        name.remove_prefix(dot + 1);
    }
}

const db::Shape& add_role_shape() {
    static const db::Shape& shape = db::shape(
        "insert into {tenant}.role (tenant_id, slug, name, holds_all) values ($1, $2, $3, $4) "
        "on conflict (tenant_id, slug) do nothing");
    return shape;
}

const db::Shape& add_permission_shape() {
    static const db::Shape& shape = db::shape(
        "insert into {tenant}.role_permission (tenant_id, role_slug, permission) values ($1, $2, $3) "
        "on conflict (tenant_id, role_slug, permission) do nothing");
    return shape;
}

}  // namespace

PermissionSet::PermissionSet(std::vector<std::string> names) : names_(std::move(names)) {
    std::ranges::sort(names_);
    const auto twice = std::ranges::unique(names_);
    names_.erase(twice.begin(), twice.end());
}

bool PermissionSet::allows(std::string_view permission) const {
    return std::ranges::binary_search(names_, permission, std::ranges::less{},
                                      [](const std::string& name) { return std::string_view(name); });
}

Catalogue::Catalogue() {
    roles_.push_back({.slug = std::string(owner_role), .name = "Owner", .holds_all = true});
    roles_.push_back({.slug = std::string(admin_role), .name = "Admin", .holds_all = true});
    roles_.push_back({.slug = std::string(member_role), .name = "Member"});
}

void Catalogue::add_permission(PermissionInfo permission) {
    if (!is_permission_name(permission.name)) throw std::logic_error("malformed permission " + permission.name);
    if (knows(permission.name)) throw std::logic_error("permission registered twice: " + permission.name);
    permissions_.push_back(std::move(permission));
}

void Catalogue::add_role(RoleTemplate role) {
    if (!is_word(role.slug) || role.slug.size() > 40) throw std::logic_error("malformed role " + role.slug);
    if (std::ranges::find(roles_, role.slug, &RoleTemplate::slug) != roles_.end()) {
        throw std::logic_error("role registered twice: " + role.slug);
    }
    for (const auto& permission : role.permissions) {
        if (!knows(permission)) throw std::logic_error("role " + role.slug + " holds the unknown " + permission);
    }
    roles_.push_back(std::move(role));
}

bool Catalogue::knows(std::string_view permission) const {
    return std::ranges::any_of(permissions_, [&](const PermissionInfo& info) { return info.name == permission; });
}

PermissionSet Catalogue::all() const {
    std::vector<std::string> names;
    names.reserve(permissions_.size());
    for (const auto& permission : permissions_) names.push_back(permission.name);
    return PermissionSet(std::move(names));
}

void Catalogue::seed(const Uuid& tenant, std::vector<db::Statement>& statements) const {
    for (const auto& role : roles_) {
        auto& row = statements.emplace_back(&add_role_shape());
        row.params.add(tenant).add(role.slug).add(role.name).add(role.holds_all);
        for (const auto& permission : role.permissions) {
            auto& grant = statements.emplace_back(&add_permission_shape());
            grant.params.add(tenant).add(role.slug).add(permission);
        }
    }
}

}  // namespace terrace::access
