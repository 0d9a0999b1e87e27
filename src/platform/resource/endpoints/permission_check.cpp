#include "platform/resource/endpoints/endpoint_parts.hpp"
#include "platform/resource/finish_parts.hpp"

#include <fmt/format.h>

namespace terrace::resource {
namespace {

/// Refuses what asks for permissions that nobody has registered.
class PermissionCheck {
  public:
    PermissionCheck(const Resource& resource, const access::Catalogue& catalogue)
        : resource_(resource), catalogue_(catalogue) {}

    void check_fields() const {
        for (const FieldMeta& field : resource_.fields) {
            need(field.visible_to, fmt::format("{} is visible to", field.name));
            need(field.writable_by, fmt::format("{} is writable by", field.name));
        }
    }
    void check(const Relation& relation) const {
        need(Act::read, relation, "is read with");
        if (!relation.writes) return;
        if (relation.writes->create == OnChild::write) need(Act::create, relation, "is written with");
        if (relation.writes->update == OnChild::write) need(Act::update, relation, "is written with");
        if (relation.writes->remove == OnChild::write) need(Act::archive, relation, "is written with");
    }

  private:
    void need(Act act, const Relation& relation, std::string_view does) const {
        const std::string what = fmt::format("{} {}", relation.name, does);
        const Resource& other = *relation.resource;
        if (const Guard* guard = other.guard(act))
            for (const std::string& permission : guard->permissions()) need(permission, what);
        else
            need(other.permission(act), what);
    }
    void need(std::string_view permission, std::string_view what) const {
        if (permission.empty() || catalogue_.knows(permission)) return;
        detail::refuse(resource_,
                       fmt::format("{} {}, which nobody holds, because it is not registered: write "
                                   "catalogue.add_permission({{\"{}\", \"…\"}}) in the product's permissions.",
                                   what, permission, permission));
    }

    const Resource& resource_;
    const access::Catalogue& catalogue_;
};

}  // namespace

void check_permissions(const Resource& resource, const access::Catalogue& catalogue) {
    const PermissionCheck check(resource, catalogue);
    check.check_fields();
    for (const Relation& relation : resource.relations) {
        check.check(relation);
        check_permissions(*relation.resource, catalogue);
    }
}

}  // namespace terrace::resource
