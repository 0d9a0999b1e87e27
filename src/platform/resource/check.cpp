#include "platform/resource/check.hpp"

#include "platform/resource/phone.hpp"
#include "platform/resource/text.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>

namespace terrace::resource {
namespace {

using Checked = std::expected<Value, FieldError>;

std::unexpected<FieldError> fault(std::string code, std::string message) {
    return std::unexpected(FieldError{std::move(code), std::move(message)});
}

/// A local part of printable characters without blanks, quotes or brackets; a domain of at least two labels.
bool is_email(std::string_view text) {
    static const re2::RE2 expression(
        R"re([^\s@<>()\[\]\\,;:"\x00-\x1f\x7f]+@[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)+)re");
    return text.size() <= 254 && !text.contains("..") && !text.starts_with('.') && !text.contains(".@") &&
           re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), expression);
}

Checked check_choice(const FieldMeta& field, std::string_view text) {
    if (std::ranges::find(field.choices(), text) != field.choices().end()) return std::string(text);
    return fault("invalid_choice", fmt::format("\"{}\" is not a valid choice.", text.substr(0, text.find('\n'))));
}

Checked check_format(const Resource& resource, const FieldMeta& field, std::string text) {
    if (field.format == FieldMeta::Format::email && !is_email(text))
        return fault("invalid", "Enter a valid email address.");
    if (field.format == FieldMeta::Format::phone) {
        auto phone = to_e164(text);
        if (!phone) return fault("invalid", "Enter a ten-digit mobile number, or one of another country with its +.");
        return std::move(*phone);
    }
    if (const re2::RE2* pattern = resource.pattern_of(field))
        if (!re2::RE2::FullMatch(text, *pattern)) return fault("invalid", std::string(field.pattern_message));
    return text;
}

Checked check_text(const Resource& resource, const FieldMeta& field, json::Value value) {
    const auto raw = value.as_string();
    if (field.choice_count != 0) {
        if (!raw) return fault("invalid_choice", "This is not a valid choice.");
        if (text::length(*raw) > 100) return fault("invalid_choice", "This is not a valid choice.");
        return check_choice(field, *raw);
    }
    if (!raw) return fault("invalid", "Not a valid string.");
    const std::string_view trimmed = text::trim(*raw);
    if (trimmed.empty()) return fault("blank", "This field may not be blank.");
    if (text::has_control(trimmed, field.multiline)) return fault("invalid", "Control characters are not allowed.");
    const std::size_t length = text::length(trimmed);
    if (field.max_length != 0 && length > field.max_length)
        return fault("max_length", fmt::format("Ensure this field has no more than {} characters.", field.max_length));
    if (length < field.min_length)
        return fault("min_length", fmt::format("Ensure this field has at least {} characters.", field.min_length));
    return check_format(resource, field, std::string(trimmed));
}

Checked check_range(const FieldMeta& field, std::int64_t number) {
    if (field.least && number < *field.least)
        return fault("min_value", fmt::format("Ensure this value is greater than or equal to {}.", *field.least));
    if (field.most && number > *field.most)
        return fault("max_value", fmt::format("Ensure this value is less than or equal to {}.", *field.most));
    return number;
}

Checked check_typed_text(Type type, std::string_view text) {
    if (type == Type::uuid) {
        if (const auto id = Uuid::parse(text)) return *id;
        return fault("invalid", "Must be a valid UUID.");
    }
    if (type == Type::date) {
        if (const auto date = parse_date(text)) return *date;
        return fault("invalid", "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.");
    }
    if (const auto timestamp = parse_timestamp(text)) return *timestamp;
    return fault("invalid", "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm:ss+HH:MM.");
}

}  // namespace

Checked check_value(const Resource& resource, const FieldMeta& field, json::Value value) {
    if (value.is_null()) {
        if (field.nullable) return Value();
        return std::unexpected(faults::null());
    }
    switch (field.type) {
        case Type::text:
            return check_text(resource, field, value);
        case Type::integer:
            if (const auto number = value.as_integer()) return check_range(field, *number);
            return fault("invalid", "A valid integer is required.");
        case Type::boolean:
            if (const auto flag = value.as_bool()) return *flag;
            return fault("invalid", "Must be a valid boolean.");
        case Type::uuid:
        case Type::date:
        case Type::timestamp:
            return check_typed_text(field.type, value.as_string().value_or(""));
    }
    std::unreachable();
}

Checked check_filter(const FieldMeta& field, std::string_view text) {
    switch (field.type) {
        case Type::text:
            if (field.choice_count != 0) return check_choice(field, text);
            return std::string(text);
        case Type::integer: {
            std::int64_t number = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error == std::errc() && end == text.data() + text.size()) return number;
            return fault("invalid", "A valid integer is required.");
        }
        case Type::boolean:
            if (text == "true") return true;
            if (text == "false") return false;
            return fault("invalid", "Must be a valid boolean.");
        case Type::uuid:
        case Type::date:
        case Type::timestamp:
            return check_typed_text(field.type, text);
    }
    std::unreachable();
}

namespace faults {

FieldError required() {
    return {"required", "This field is required."};
}
FieldError null() {
    return {"null", "This field may not be null."};
}
FieldError unknown() {
    return {"unknown_field", "This field is not known."};
}
FieldError unchangeable() {
    return {"invalid", "This field cannot be changed."};
}

}  // namespace faults
}  // namespace terrace::resource
