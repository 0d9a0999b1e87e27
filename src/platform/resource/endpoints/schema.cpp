#include "platform/resource/endpoints/endpoint_parts.hpp"
#include "platform/resource/endpoints/field_schema.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::resource {
namespace {

std::vector<const FieldMeta*> changeable(const Resource& resource) {
    std::vector<const FieldMeta*> fields;
    std::ranges::copy_if(resource.acceptable, std::back_inserter(fields),
                         [](const FieldMeta* field) { return !field->create_only; });
    return fields;
}

}  // namespace

std::string object_schema(const std::vector<const FieldMeta*>& fields, SchemaOf use, FieldTest required,
                          const void* initial, FieldTest defaulted) {
    std::string schema;
    json::Writer out(schema);
    out.begin_object().member("type", "object").member("additionalProperties", false);
    out.key("properties").begin_object();
    for (const FieldMeta* field : fields)
        write_schema(*field, use, out.key(field->name), defaulted(*field) ? initial : nullptr);
    out.end_object().key("required").begin_array();
    for (const FieldMeta* field : fields)
        if (required(*field)) out.string(field->name);
    out.end_array().end_object();
    return schema;
}

std::vector<std::pair<std::string, std::string>> schemas(const Resource& resource) {
    const std::string name(resource.schema);
    const std::string_view truncated =
        resource.search ? R"(,"truncated":{"type":"boolean","const":true,"description":)"
                          R"("Present when a word of the search begins so many words that not all were looked at."})"
                        : "";
    const auto all = [](const FieldMeta&) { return true; };
    const auto none = [](const FieldMeta&) { return false; };
    const auto always_shown = [](const FieldMeta& field) { return field.visible_to.empty(); };
    const auto required = [](const FieldMeta& field) { return field.required; };
    const auto changeable_required = [](const FieldMeta& field) { return field.required && !field.create_only; };
    const auto changes = [](const FieldMeta& field) { return !field.create_only; };
    const Object object = resource.object_type.make();
    const void* const initial = object.get();
    std::vector<std::pair<std::string, std::string>> schemas{
        {name, object_schema(resource.answered, SchemaOf::answer, always_shown, nullptr, none)},
        {name + "Create", object_schema(resource.acceptable, SchemaOf::body, required, initial, all)},
        {name + "Update", object_schema(changeable(resource), SchemaOf::body, none, nullptr, none)},
        {name + "Replace", object_schema(resource.acceptable, SchemaOf::body, changeable_required, initial, changes)},
        {name + "Page",
         fmt::format(R"({{"type":"object","additionalProperties":false,"properties":{{)"
                     R"("results":{{"type":"array","items":{{"$ref":"#/components/schemas/{}"}}}},)"
                     R"("next":{{"type":["string","null"]}},"previous":{{"type":["string","null"]}}{}}},)"
                     R"("required":["results","next","previous"]}})",
                     name, truncated)},
    };
    if (resource.bulk) add_bulk_schemas(resource, *resource.bulk, schemas);
    add_action_schemas(resource, schemas);
    return schemas;
}

}  // namespace terrace::resource
