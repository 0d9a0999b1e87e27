#include "platform/resource/engine.hpp"
#include "platform/resource/field_schema.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::resource {
namespace {

template <class Take>
std::string object_schema(const std::vector<const FieldMeta*>& fields, bool answered, Take required) {
    std::string schema;
    json::Writer out(schema);
    out.begin_object().member("type", "object").member("additionalProperties", false);
    out.key("properties").begin_object();
    for (const FieldMeta* field : fields)
        write_schema(*field, answered ? SchemaOf::answer : SchemaOf::body, out.key(field->name));
    out.end_object().key("required").begin_array();
    for (const FieldMeta* field : fields)
        if (required(*field)) out.string(field->name);
    out.end_array().end_object();
    return schema;
}

std::vector<const FieldMeta*> changeable(const Resource& resource) {
    std::vector<const FieldMeta*> fields;
    std::ranges::copy_if(resource.acceptable, std::back_inserter(fields),
                         [](const FieldMeta* field) { return !field->create_only; });
    return fields;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> schemas(const Resource& resource) {
    const std::string name(resource.schema);
    const std::string_view truncated =
        resource.search ? R"(,"truncated":{"type":"boolean","const":true,"description":)"
                          R"("Present when a word of the search begins so many words that not all were looked at."})"
                        : "";
    return {
        {name, object_schema(resource.answered, true, [](const FieldMeta&) { return true; })},
        {name + "Create",
         object_schema(resource.acceptable, false, [](const FieldMeta& field) { return field.required; })},
        {name + "Update", object_schema(changeable(resource), false, [](const FieldMeta&) { return false; })},
        {name + "Replace", object_schema(resource.acceptable, false,
                                         [](const FieldMeta& field) { return field.required && !field.create_only; })},
        {name + "Page",
         fmt::format(R"({{"type":"object","additionalProperties":false,"properties":{{)"
                     R"("results":{{"type":"array","items":{{"$ref":"#/components/schemas/{}"}}}},)"
                     R"("next":{{"type":["string","null"]}},"previous":{{"type":["string","null"]}}{}}},)"
                     R"("required":["results","next","previous"]}})",
                     name, truncated)},
    };
}

}  // namespace terrace::resource
