#pragma once

#include "platform/access/permissions.hpp"
#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/resource/input/body.hpp"
#include "platform/resource/resource.hpp"

#include <string_view>

namespace terrace::resource {

/// Who looks at the fields of a resource. To whom a field is not visible, it does not exist: no answer has it, a body
/// that names it has an unknown field, and no list is narrowed or ordered by it, for that would tell its values.
class Viewer {
  public:
    /// A nil user is the system, which sees everything; no permissions are none.
    Viewer(const access::PermissionSet* permissions, const Uuid& user) : permissions_(permissions), user_(user) {}
    explicit Viewer(const access::Principal& principal) : Viewer(principal.permissions.get(), principal.user) {}
    static Viewer system() { return {nullptr, {}}; }

    bool sees(const FieldMeta& field) const { return holds(field.visible_to); }
    bool writes(const FieldMeta& field) const { return sees(field) && holds(field.writable_by); }
    /// Whether the viewer may read the reference, and any of the objects that it leads to.
    bool sees(const Relation& relation) const;
    /// What a filter tells of another resource's objects is for those who see all of them.
    bool sees(const Filter& filter) const;
    bool sees(const Resource::OrderKey& ordering) const;
    /// Whether the viewer may do this to any object of a resource.
    bool may(Act act, const Resource& resource) const;
    /// The objects of a resource that the viewer may read, if any.
    Sight sight(const Resource& resource) const;
    /// Whether the viewer may read every object of a resource.
    bool sees_all(const Resource& resource) const;
    /// The answered fields that the viewer sees.
    FieldSet fields(const Resource& resource) const;

  private:
    bool holds(std::string_view permission) const {
        return permission.empty() || user_.is_nil() || (permissions_ && permissions_->allows(permission));
    }

    const access::PermissionSet* permissions_;
    Uuid user_;
};

/// 403 `permission_denied`, with each field by name, where a body would change what the viewer sees but may not write.
/// The value that `before` has already is no change, so that an object may be sent back as it was read.
Result<void> check_writable(const Resource& resource, const Viewer& viewer, const Body& body, const void* before);

}  // namespace terrace::resource
