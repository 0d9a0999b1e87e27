#pragma once

#include "platform/base/uuid.hpp"
#include "platform/db/statement.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::access {

inline constexpr std::string_view owner_role = "owner";
inline constexpr std::string_view admin_role = "admin";
inline constexpr std::string_view member_role = "member";

/// A permission that code checks, such as `patients.create`; registered so that a misspelt one cannot be used.
struct PermissionInfo {
    std::string name;
    std::string meaning;  ///< for the roles screen: "Register patients"
};

/// A role as a new tenant gets it. Roles are data afterwards: the tenant may change them.
struct RoleTemplate {
    std::string slug;  ///< "receptionist": `^[a-z][a-z0-9_]{0,39}$`
    std::string name;  ///< "Receptionist"
    std::vector<std::string> permissions;
    /// Every permission that there is, also those that a later version registers; `permissions` is not asked.
    bool holds_all = false;
};

/// What a role may do; sorted, immutable, shared between requests.
class PermissionSet {
  public:
    explicit PermissionSet(std::vector<std::string> names);
    bool allows(std::string_view permission) const;
    const std::vector<std::string>& names() const { return names_; }

  private:
    std::vector<std::string> names_;
};

/// What the platform and the product register at start: all permissions, and the roles of a new tenant. The platform's
/// owner and admin hold every permission; member holds none but sign-in. Filled before the server starts, then read
/// only, from any thread.
class Catalogue {
  public:
    Catalogue();
    /// Throws std::logic_error on a name that is not `area.verb` in lower case, or that is registered already.
    void add_permission(PermissionInfo permission);
    /// Throws std::logic_error on a malformed or known slug and on a permission that is not registered.
    void add_role(RoleTemplate role);

    const std::vector<PermissionInfo>& permissions() const { return permissions_; }
    /// The platform's owner, admin and member, then the product's.
    const std::vector<RoleTemplate>& roles() const { return roles_; }
    bool knows(std::string_view permission) const;
    /// What a role that holds all may do.
    PermissionSet all() const;

    /// The rows of the roles in a new tenant's place (idempotent; a tenancy::TenantSeed).
    void seed(const Uuid& tenant, std::vector<db::Statement>& statements) const;

  private:
    std::vector<PermissionInfo> permissions_;
    std::vector<RoleTemplate> roles_;
};

/// Who acts in this request. Immutable.
struct Principal {
    Uuid user;
    Uuid session;
    Uuid tenant;
    std::string role_slug;
    std::string role_name;
    std::shared_ptr<const PermissionSet> permissions;

    bool may(std::string_view permission) const { return permissions && permissions->allows(permission); }
};

}  // namespace terrace::access
