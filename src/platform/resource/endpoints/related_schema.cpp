#include "platform/resource/endpoints/endpoint_parts.hpp"
#include "platform/resource/endpoints/field_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace terrace::resource {
namespace {

/// The permission that alone decides who reads objects of a resource.
std::optional<std::string> reading_permission(const Resource& resource) {
    const Guard* guard = resource.guard(Act::read);
    if (!guard) return resource.permission(Act::read);
    if (guard->is_one_permission()) return guard->permissions().front();
    return {};
}

/// Whether everybody who sees the object sees what is related to it.
bool is_seen_by_all(const Resource& resource, const Relation& relation) {
    const auto permission = reading_permission(*relation.resource);
    return permission && permission == reading_permission(resource) && relation.by->visible_to.empty();
}

std::string schema_ref(std::string_view schema) {
    return fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", schema);
}

std::string list_schema(const Relation& relation, std::string_view items) {
    return fmt::format(R"({{"type":"array","items":{},"maxItems":{}}})", items, relation.most);
}

/// `InvoiceOrderLines` for the list `order_lines`.
std::string element_name(const Resource& resource, const Relation& relation) {
    std::string name(resource.schema);
    bool begins = true;
    for (const char c : relation.name) {
        if (c != '_') name += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = c == '_';
    }
    return name;
}

std::vector<const FieldMeta*> element_fields(const Relation& relation, bool with_id, bool with_create_only) {
    std::vector<const FieldMeta*> fields;
    const Resource& children = *relation.resource;
    if (with_id) fields.push_back(children.columns[children.id_column]);
    std::ranges::copy_if(children.acceptable, std::back_inserter(fields), [&](const FieldMeta* field) {
        return field != relation.by && (with_create_only || !field->create_only);
    });
    return fields;
}

}  // namespace

std::vector<SchemaMember> related_members(const Resource& resource, const Viewer& viewer) {
    std::vector<SchemaMember> members;
    for (const Relation& relation : resource.relations) {
        if (!viewer.sees(relation)) continue;
        const std::string other = schema_ref(relation.resource->schema);
        if (relation.kind == Relation::Kind::one) {
            members.push_back(
                {std::string(relation.name), fmt::format(R"({{"anyOf":[{},{{"type":"null"}}]}})", other)});
            continue;
        }
        members.push_back({std::string(relation.name), list_schema(relation, other),
                           !relation.on_demand && is_seen_by_all(resource, relation)});
        members.push_back({fmt::format("{}_truncated", relation.name),
                           R"({"type":"boolean","const":true,"description":)"
                           R"("Present when there are more than the list beside it has."})"});
    }
    return members;
}

std::vector<SchemaMember> nested_members(const Resource& resource, std::string_view mode, const Viewer& viewer) {
    std::vector<SchemaMember> members;
    for (const Relation& relation : resource.relations) {
        if (!relation.writes || !viewer.sees(relation)) continue;
        const bool creates = relation.writes->create != OnChild::refuse && viewer.may(Act::create, *relation.resource);
        const std::string name = element_name(resource, relation), create = schema_ref(name + "Create");
        if (mode != "Create")
            members.push_back(
                {std::string(relation.name),
                 list_schema(relation, creates ? fmt::format(R"({{"oneOf":[{},{}]}})",
                                                             schema_ref(fmt::format("{}{}", name, mode)), create)
                                               : schema_ref(fmt::format("{}{}", name, mode)))});
        else if (creates)
            members.push_back({std::string(relation.name), list_schema(relation, create)});
    }
    return members;
}

void add_related_schemas(const Resource& resource, const Viewer& viewer, api::Schemas& all) {
    const auto every = [](const FieldMeta&) { return true; };
    const auto required = [](const FieldMeta& field) { return field.required; };
    const auto is_id = [](const FieldMeta& field) { return field.name == "id"; };
    const auto replaced = [](const FieldMeta& field) {
        return field.name == "id" || (field.required && !field.create_only);
    };
    const auto defaulted = [](const FieldMeta& field) { return !field.create_only && field.name != "id"; };
    for (const Relation& relation : resource.relations) {
        if (!viewer.sees(relation)) continue;
        const Resource& other = *relation.resource;
        const auto is_said = [&](const auto& schema) { return schema.first == other.schema; };
        if (std::ranges::none_of(all, is_said)) {
            all.emplace_back(std::string(other.schema), answer_schema(other, viewer));
            add_choices(other, all);
            add_related_schemas(other, viewer, all);
        }
        if (!relation.writes) continue;
        const Object object = other.object_type.make();
        const std::string name = element_name(resource, relation);
        all.emplace_back(name + "Update",
                         object_schema(element_fields(relation, true, false), viewer, {.required = is_id}));
        all.emplace_back(name + "Replace",
                         object_schema(element_fields(relation, true, true), viewer,
                                       {.required = replaced, .initial = object.get(), .defaulted = defaulted}));
        if (relation.writes->create != OnChild::refuse)
            all.emplace_back(name + "Create",
                             object_schema(element_fields(relation, false, true), viewer,
                                           {.required = required, .initial = object.get(), .defaulted = every}));
    }
}

}  // namespace terrace::resource
