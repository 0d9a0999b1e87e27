#include "platform/resource/endpoints/endpoint_parts.hpp"
#include "platform/resource/endpoints/field_schema.hpp"
#include "platform/resource/query/expansion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace terrace::resource {
namespace {

std::vector<const FieldMeta*> changeable(const Resource& resource) {
    std::vector<const FieldMeta*> fields;
    std::ranges::copy_if(resource.acceptable, std::back_inserter(fields),
                         [](const FieldMeta* field) { return !field->create_only; });
    return fields;
}

std::string strings_schema(std::span<const std::string_view> values) {
    std::string schema;
    json::Writer out(schema);
    out.begin_object().member("type", "string").key("enum").begin_array();
    for (const std::string_view value : values) out.string(value);
    out.end_array().end_object();
    return schema;
}

/// The types of the fields that have choices, each once.
void add_choices(const std::vector<const FieldMeta*>& fields, Schemas& all) {
    for (const FieldMeta* field : fields) {
        const std::string_view name = field->choices_name;
        if (!name.empty() && std::ranges::find(all, name, &Schemas::value_type::first) == all.end())
            all.emplace_back(name, strings_schema(field->choices()));
    }
}

/// What the parameters of a list may name: its orderings and its fields.
void add_parameter_schemas(const Resource& resource, Schemas& all) {
    std::vector<std::string_view> orderings, fields;
    for (const auto& ordering : resource.orderings) {
        orderings.push_back(ordering.name);
        orderings.push_back(ordering.reverse);
    }
    const std::vector<std::string> selectable = selectable_names(resource), expandable = expandable_names(resource);
    fields.assign(selectable.begin(), selectable.end());
    all.emplace_back(ordering_type(resource), strings_schema(orderings));
    all.emplace_back(field_type(resource), strings_schema(fields));
    if (expandable.empty()) return;
    fields.assign(expandable.begin(), expandable.end());
    all.emplace_back(expansion_type(resource), strings_schema(fields));
}

}  // namespace

void add_choices(const Resource& resource, Schemas& all) {
    add_choices(resource.answered, all);
    add_choices(resource.acceptable, all);
    for (const Filter& filter : resource.filters) add_choices({filter.field}, all);
    for (const Action& action : resource.actions) {
        add_choices(action.input->acceptable, all);
        if (action.output) add_choices(action.output->answered, all);
    }
}

std::string ordering_type(const Resource& resource) {
    return fmt::format("{}Ordering", resource.schema);
}

std::string expansion_type(const Resource& resource) {
    return fmt::format("{}Expansion", resource.schema);
}

std::string field_type(const Resource& resource) {
    return fmt::format("{}Field", resource.schema);
}

std::string object_schema(const std::vector<const FieldMeta*>& fields, SchemaOf use, FieldTest required,
                          const void* initial, FieldTest defaulted, const std::vector<SchemaMember>& more) {
    std::string schema;
    json::Writer out(schema);
    out.begin_object().member("type", "object").member("additionalProperties", false);
    out.key("properties").begin_object();
    for (const FieldMeta* field : fields)
        write_schema(*field, use, out.key(field->name), defaulted(*field) ? initial : nullptr);
    for (const SchemaMember& member : more) out.key(member.name).raw(member.schema);
    out.end_object().key("required").begin_array();
    for (const FieldMeta* field : fields)
        if (required(*field)) out.string(field->name);
    for (const SchemaMember& member : more)
        if (member.required) out.string(member.name);
    out.end_array().end_object();
    return schema;
}

std::string answer_schema(const Resource& resource) {
    const auto none = [](const FieldMeta&) { return false; };
    const auto always_shown = [](const FieldMeta& field) { return field.visible_to.empty(); };
    return object_schema(resource.answered, SchemaOf::answer, always_shown, nullptr, none, related_members(resource));
}

Schemas schemas(const Resource& resource) {
    const std::string name(resource.schema);
    const std::string_view truncated =
        resource.search ? R"(,"truncated":{"type":"boolean","const":true,"description":)"
                          R"("Present when a word of the search begins so many words that not all were looked at."})"
                        : "";
    const auto all = [](const FieldMeta&) { return true; };
    const auto none = [](const FieldMeta&) { return false; };
    const auto required = [](const FieldMeta& field) { return field.required; };
    const auto changeable_required = [](const FieldMeta& field) { return field.required && !field.create_only; };
    const auto changes = [](const FieldMeta& field) { return !field.create_only; };
    const Object object = resource.object_type.make();
    const void* const initial = object.get();
    Schemas schemas{
        {name, answer_schema(resource)},
        {name + "Create", object_schema(resource.acceptable, SchemaOf::body, required, initial, all,
                                        nested_members(resource, "Create"))},
        {name + "Update",
         object_schema(changeable(resource), SchemaOf::body, none, nullptr, none, nested_members(resource, "Update"))},
        {name + "Replace", object_schema(resource.acceptable, SchemaOf::body, changeable_required, initial, changes,
                                         nested_members(resource, "Replace"))},
        {name + "Page",
         fmt::format(R"({{"type":"object","additionalProperties":false,"properties":{{)"
                     R"("results":{{"type":"array","items":{{"$ref":"#/components/schemas/{}"}}}},)"
                     R"("next":{{"type":["string","null"]}},"previous":{{"type":["string","null"]}},)"
                     R"("count":{{"type":"integer","minimum":0,"maximum":10000,"description":"As `count` asks."}},)"
                     R"("count_truncated":{{"type":"boolean","const":true,)"
                     R"("description":"Present when there are more than `count`."}}{}}},)"
                     R"("required":["results","next","previous"]}})",
                     name, truncated)},
    };
    if (resource.bulk) add_bulk_schemas(resource, *resource.bulk, schemas);
    add_action_schemas(resource, schemas);
    add_parameter_schemas(resource, schemas);
    add_related_schemas(resource, schemas);
    add_choices(resource, schemas);
    return schemas;
}

}  // namespace terrace::resource
