#include "platform/resource/engine.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::resource {
namespace {

std::string_view format_of(const FieldMeta& field, bool answered) {
    switch (field.type) {
        case Type::uuid:
            return "uuid";
        case Type::date:
            return "date";
        case Type::timestamp:
            return "date-time";
        default:
            break;
    }
    if (field.format == FieldMeta::Format::email) return "email";
    if (field.format == FieldMeta::Format::phone && !answered) return "phone";
    return "";
}

void write_type(const FieldMeta& field, bool nullable, json::Writer& out) {
    const std::string_view type = field.type == Type::integer   ? "integer"
                                  : field.type == Type::boolean ? "boolean"
                                                                : "string";
    out.key("type");
    if (!nullable) {
        out.string(type);
        return;
    }
    out.begin_array().string(type).string("null").end_array();
}

void write_choices(const FieldMeta& field, bool nullable, json::Writer& out) {
    if (field.choice_count == 0) return;
    out.key("enum").begin_array();
    for (const std::string_view choice : field.choices()) out.string(choice);
    if (nullable) out.null();
    out.end_array();
}

void write_text_rules(const FieldMeta& field, bool answered, json::Writer& out) {
    if (field.type != Type::text || field.choice_count != 0) return;
    const bool stored = field.source != FieldMeta::Source::computed && field.accepted;
    if (stored) out.member("minLength", static_cast<std::int64_t>(std::max<std::size_t>(field.min_length, 1)));
    if (field.max_length != 0) out.member("maxLength", static_cast<std::int64_t>(field.max_length));
    if (!field.pattern.empty()) out.member("pattern", field.pattern);
    if (field.format == FieldMeta::Format::phone && answered) out.member("pattern", R"(^\+[1-9][0-9]{6,14}$)");
}

/// One property; `answered`: as it stands in an answer, else in a body.
void write_property(const FieldMeta& field, bool answered, json::Writer& out) {
    out.key(field.name).begin_object();
    write_type(field, field.nullable, out);
    if (const auto format = format_of(field, answered); !format.empty()) out.member("format", format);
    write_choices(field, field.nullable, out);
    write_text_rules(field, answered, out);
    if (field.least) out.member("minimum", *field.least);
    if (field.most) out.member("maximum", *field.most);
    if (!field.description.empty()) out.member("description", field.description);
    if (answered && !field.accepted && field.source == FieldMeta::Source::column) out.member("readOnly", true);
    out.end_object();
}

template <class Take>
std::string object_schema(const std::vector<const FieldMeta*>& fields, bool answered, Take required) {
    std::string schema;
    json::Writer out(schema);
    out.begin_object().member("type", "object").member("additionalProperties", false);
    out.key("properties").begin_object();
    for (const FieldMeta* field : fields) write_property(*field, answered, out);
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
    return {
        {name, object_schema(resource.answered, true, [](const FieldMeta&) { return true; })},
        {name + "Create",
         object_schema(resource.acceptable, false, [](const FieldMeta& field) { return field.required; })},
        {name + "Update", object_schema(changeable(resource), false, [](const FieldMeta&) { return false; })},
        {name + "Replace", object_schema(resource.acceptable, false,
                                         [](const FieldMeta& field) { return field.required && !field.create_only; })},
        {name + "Page", fmt::format(R"({{"type":"object","additionalProperties":false,"properties":{{)"
                                    R"("results":{{"type":"array","items":{{"$ref":"#/components/schemas/{}"}}}},)"
                                    R"("next":{{"type":["string","null"]}},"previous":{{"type":["string","null"]}}}},)"
                                    R"("required":["results","next","previous"]}})",
                                    name)},
    };
}

}  // namespace terrace::resource
