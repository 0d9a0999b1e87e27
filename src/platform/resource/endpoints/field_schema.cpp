#include "platform/resource/endpoints/field_schema.hpp"

#include "platform/resource/endpoints/form_hints.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace terrace::resource {
namespace {

std::string_view json_type(Type type) {
    switch (type) {
        case Type::integer:
            return "integer";
        case Type::boolean:
            return "boolean";
        case Type::texts:
        case Type::integers:
            return "array";
        default:
            return "string";
    }
}

void write_type(const FieldMeta& field, SchemaOf use, json::Writer& out) {
    const bool also_number = field.type == Type::decimal && use == SchemaOf::body;
    const bool also_null = field.nullable && use != SchemaOf::filter;
    out.key("type");
    if (!also_number && !also_null) {
        out.string(json_type(field.type));
        return;
    }
    out.begin_array().string(json_type(field.type));
    if (also_number) out.string("number");
    if (also_null) out.string("null");
    out.end_array();
}

std::string_view format_of_text(const FieldMeta& field, SchemaOf use) {
    switch (field.format) {
        case FieldMeta::Format::email:
            return "email";
        case FieldMeta::Format::phone:
            return use == SchemaOf::body ? "phone" : "";
        case FieldMeta::Format::url:
            return "uri";
        case FieldMeta::Format::plain:
        case FieldMeta::Format::slug:
        case FieldMeta::Format::ip:  // JSON Schema has a format for each of the two, none for either
            break;
    }
    return "";
}

std::string_view format_of(const FieldMeta& field, SchemaOf use) {
    switch (field.type) {
        case Type::uuid:
            return "uuid";
        case Type::date:
            return "date";
        case Type::timestamp:
            return "date-time";
        case Type::time:
            return "time-local";
        case Type::duration:
            return "duration";
        case Type::text:
            return format_of_text(field, use);
        default:
            return "";
    }
}

/// The type that lists them; one a program, however many fields have it.
void write_choices(const FieldMeta& field, SchemaOf use, json::Writer& out) {
    const std::string reference = fmt::format("#/components/schemas/{}", field.choices_name);
    if (!field.nullable || use == SchemaOf::filter) {
        out.member("$ref", reference);
        return;
    }
    out.key("anyOf").begin_array().begin_object().member("$ref", reference).end_object();
    out.raw(R"({"type":"null"})").end_array();
}

/// A decimal as a text: in an answer with all its decimals, in a body with as many as are written.
std::string decimal_pattern(const FieldMeta& field, SchemaOf use) {
    const int whole = field.max_digits - field.scale;
    if (use == SchemaOf::answer) return fmt::format("^-?[0-9]{{1,{}}}[.][0-9]{{{}}}$", whole, field.scale);
    return fmt::format("^[-+]?0*[0-9]{{0,{}}}([.][0-9]{{0,{}}})?$", whole, field.scale);
}

std::string pattern_of(const FieldMeta& field, SchemaOf use) {
    if (field.type == Type::decimal) return decimal_pattern(field, use);
    if (field.type == Type::time) return "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?$";
    if (field.format == FieldMeta::Format::slug) return "^[-a-zA-Z0-9_]+$";
    if (field.format == FieldMeta::Format::phone && use == SchemaOf::answer) return R"(^\+[1-9][0-9]{6,14}$)";
    return std::string(field.pattern);
}

void write_lengths(const FieldMeta& field, json::Writer& out) {
    if (field.type != Type::text) return;
    const bool stored = field.source != FieldMeta::Source::computed && field.accepted;
    if (stored) out.member("minLength", static_cast<std::int64_t>(std::max<std::size_t>(field.min_length, 1)));
    if (field.max_length != 0) out.member("maxLength", static_cast<std::int64_t>(field.max_length));
}

/// Of numbers; JSON Schema has no range of texts.
void write_range(const FieldMeta& field, json::Writer& out) {
    if (field.type != Type::integer && field.type != Type::decimal) return;
    const auto bound = [&](std::int64_t units) {
        return field.type == Type::decimal ? format_decimal({units, field.scale}) : std::to_string(units);
    };
    if (field.least) out.key("minimum").raw(bound(*field.least));
    if (field.most) out.key("maximum").raw(bound(*field.most));
}

void write_rules(const FieldMeta& field, SchemaOf use, json::Writer& out) {
    if (const auto format = format_of(field, use); !format.empty()) out.member("format", format);
    if (use == SchemaOf::filter) return;
    write_lengths(field, out);
    if (const auto pattern = pattern_of(field, use); !pattern.empty()) out.member("pattern", pattern);
    write_range(field, out);
}

/// A value that is no list and no JSON, or an element of a list.
void write_one(const FieldMeta& field, SchemaOf use, json::Writer& out) {
    if (field.choice_count != 0) return write_choices(field, use, out);
    write_type(field, use, out);
    write_rules(field, use, out);
}

void write_list(const FieldMeta& field, SchemaOf use, json::Writer& out) {
    FieldMeta element = field;
    element.type = field.type == Type::texts ? Type::text : Type::integer;
    element.nullable = false;
    out.key("items").begin_object();
    write_one(element, use, out);
    out.end_object();
    if (field.min_items != 0) out.member("minItems", static_cast<std::int64_t>(field.min_items));
    out.member("maxItems", static_cast<std::int64_t>(field.max_items));
    if (field.unique_items && use == SchemaOf::answer) out.member("uniqueItems", true);
}

void write_json(const FieldMeta& field, json::Writer& out) {
    out.key(field.nullable ? "anyOf" : "allOf").begin_array().raw(field.json_schema);
    if (field.nullable) out.raw(R"({"type":"null"})");
    out.end_array();
}

/// Written by its id, or as it was read.
void write_file(const FieldMeta& field, SchemaOf use, json::Writer& out) {
    out.key("anyOf").begin_array();
    if (use == SchemaOf::body) out.raw(R"({"type":"string","format":"uuid"})");
    out.raw(R"({"$ref":"#/components/schemas/File"})");
    if (field.nullable) out.raw(R"({"type":"null"})");
    out.end_array();
}

/// What a file may be.
std::string limits_of(const FieldMeta& field) {
    const auto types = field.file_types();
    return fmt::format("{}, at most {} bytes.",
                       types.empty() ? "Of any type" : fmt::format("{}", fmt::join(types, ", ")),
                       field.most_file_bytes);
}

/// What the declaration says, and who may see and change it.
std::string description_of(const FieldMeta& field) {
    std::string text(field.description);
    const auto add = [&](const std::string& sentence) {
        if (!text.empty()) text += ' ';
        text += sentence;
    };
    if (field.type == Type::file) add(limits_of(field));
    if (!field.visible_to.empty())
        add(fmt::format("Only for those who hold `{}`; to others it is unknown.", field.visible_to));
    if (!field.writable_by.empty() && field.accepted)
        add(fmt::format("Changed only by those who hold `{}`.", field.writable_by));
    return text;
}

/// Of what looks alike in every resource; empty for others.
std::string_view usual_example(const FieldMeta& field) {
    switch (field.type) {
        case Type::uuid:
            return "01930f6e-8d2a-7cc1-9f3b-2a6b8c1d4e5f";
        case Type::date:
            return "2026-11-28";
        case Type::timestamp:
            return "2026-11-28T09:30:00.000000Z";
        case Type::time:
            return "09:30:00";
        case Type::duration:
            return "PT30M0S";
        default:
            break;
    }
    switch (field.format) {
        case FieldMeta::Format::email:
            return "asha@example.org";
        case FieldMeta::Format::phone:
            return "+919812345678";
        case FieldMeta::Format::url:
            return "https://example.org/";
        case FieldMeta::Format::slug:
            return "asha-rao";
        case FieldMeta::Format::ip:
            return "192.0.2.1";
        case FieldMeta::Format::plain:
            return "";
    }
    return "";
}

/// As JSON: the declared one, or what is usual; empty where there is none.
std::string shown_example(const FieldMeta& field) {
    FieldMeta shown = field;
    if (shown.example.empty() && !is_list(field.type)) shown.example = usual_example(field);
    return shown.example.empty() ? std::string() : example_json(shown);
}

void write_annotations(const FieldMeta& field, SchemaOf use, json::Writer& out, const void* initial, bool locked) {
    if (!field.label.empty()) out.member("title", field.label);
    if (const auto text = description_of(field); !text.empty()) out.member("description", text);
    if (const auto example = shown_example(field); !example.empty())
        out.key("examples").begin_array().raw(example).end_array();
    const bool read_only = use == SchemaOf::answer && !field.accepted && field.source == FieldMeta::Source::column;
    if (read_only || locked) out.member("readOnly", true);
    if (use == SchemaOf::body && !field.shown && field.source == FieldMeta::Source::column)
        out.member("writeOnly", true);
    if (use == SchemaOf::body && field.create_only) out.member("x-create-only", true);
    if (use == SchemaOf::body) write_form_hints(field, out);
    if (!initial || field.required || field.source != FieldMeta::Source::column) return;
    const Value value = field.get(initial);
    // A text that is empty at first is one that a body cannot say.
    if (is_null(value) || value == Value(std::string())) return;
    detail::write_value(value, out.key("default"));
}

}  // namespace

void write_schema(const FieldMeta& field, SchemaOf use, json::Writer& out, const void* initial, bool locked) {
    out.begin_object();
    if (field.type == Type::json) {
        write_json(field, out);
    } else if (field.type == Type::file) {
        write_file(field, use, out);
    } else if (is_list(field.type)) {
        write_type(field, use, out);
        write_list(field, use, out);
    } else {
        write_one(field, use, out);
    }
    if (use != SchemaOf::filter) write_annotations(field, use, out, initial, locked);
    out.end_object();
}

std::string schema(const FieldMeta& field, SchemaOf use) {
    std::string text;
    json::Writer out(text);
    write_schema(field, use, out);
    return text;
}

std::string sample_json(const FieldMeta& field) {
    if (auto example = shown_example(field); !example.empty()) return example;
    if (field.type == Type::boolean) return "true";
    if (field.type == Type::integer) return std::to_string(field.least.value_or(1));
    std::string sample;
    if (field.choice_count != 0 && !is_list(field.type)) json::append_string(sample, field.choices().front());
    return sample;
}

std::string example_json(const FieldMeta& field) {
    if (field.type == Type::json || json_type(field.type) != "string") return std::string(field.example);
    std::string quoted;
    json::append_string(quoted, field.example);
    return quoted;
}

}  // namespace terrace::resource
