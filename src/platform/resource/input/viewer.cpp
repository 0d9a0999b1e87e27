#include "platform/resource/input/viewer.hpp"

#include <algorithm>
#include <string>

namespace terrace::resource {

bool Viewer::sees(const Relation& relation) const {
    return sees(*relation.by) && may(Act::read, *relation.resource);
}

bool Viewer::sees(const Filter& filter) const {
    return sees(*filter.field) && (!filter.related.resource || sees_all(*filter.related.resource));
}

bool Viewer::sees(const Resource::OrderKey& ordering) const {
    return std::ranges::all_of(ordering.terms, [&](const auto& term) { return sees(*term.field); });
}

bool Viewer::may(Act act, const Resource& resource) const {
    if (const Guard* guard = resource.guard(act))
        return guard->sight(permissions_, user_).reach->kind() != Reach::Kind::nothing;
    return holds(resource.permission(act));
}

Sight Viewer::sight(const Resource& resource) const {
    const Guard* guard = resource.guard(Act::read);
    return guard ? guard->sight(permissions_, user_) : Sight::of_everything();
}

bool Viewer::sees_all(const Resource& resource) const {
    const Guard* guard = resource.guard(Act::read);
    return guard ? guard->sight(permissions_, user_).whole() : holds(resource.permission("read"));
}

FieldSet Viewer::fields(const Resource& resource) const {
    FieldSet fields = resource.all_fields;
    for (const auto& [permission, guarded] : resource.guarded_fields)
        if (!holds(permission)) fields &= ~guarded;
    return fields;
}

Result<void> check_writable(const Resource& resource, const Viewer& viewer, const Body& body, const void* before) {
    if (!resource.has_guarded_fields) return {};
    Error refused = errors::permission_denied("Your role does not allow a change of this field.");
    for (const auto& [field, value] : body.given) {
        if (viewer.writes(*field)) continue;
        const bool same = field->source == FieldMeta::Source::input ? is_null(value) : value == field->get(before);
        if (!same) refused.fields.emplace_back(field->name, {"permission_denied", refused.detail});
    }
    if (refused.fields.empty()) return {};
    return std::unexpected(std::move(refused));
}

}  // namespace terrace::resource
