#include "platform/resource/endpoints/form_hints.hpp"

#include "platform/resource/input/check.hpp"

namespace terrace::resource {
namespace {

std::string_view kind_of(const FieldMeta& field) {
    if (field.money) return "money";
    if (field.type == Type::decimal) return "decimal";
    if (field.type != Type::text) return "";
    if (field.multiline) return "multiline";
    if (field.format == FieldMeta::Format::slug) return "slug";
    return field.format == FieldMeta::Format::ip ? "ip" : "";
}

/// JSON Schema says those of numbers itself.
bool has_written_range(const FieldMeta& field) {
    return (field.least || field.most) &&
           (field.type == Type::date || field.type == Type::time || field.type == Type::duration);
}

}  // namespace

void write_form_hints(const FieldMeta& field, json::Writer& out) {
    const auto kind = kind_of(field);
    const bool range = has_written_range(field);
    if (kind.empty() && !range && field.pattern_message.empty()) return;
    out.key("x-form").begin_object();
    if (!kind.empty()) out.member("kind", kind);
    if (range && field.least) out.member("minimum", range_end(field, *field.least));
    if (range && field.most) out.member("maximum", range_end(field, *field.most));
    if (field.type == Type::decimal) {
        out.member("max_digits", std::int64_t{field.max_digits});
        out.member("decimal_places", std::int64_t{field.scale});
    }
    if (!field.pattern_message.empty()) out.member("message", field.pattern_message);
    out.end_object();
}

}  // namespace terrace::resource
