#include "platform/resource/check.hpp"

#include "platform/resource/formats.hpp"
#include "platform/resource/phone.hpp"
#include "platform/resource/text.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace terrace::resource {
namespace {

using Checked = std::expected<Value, FieldError>;

std::unexpected<FieldError> fault(std::string code, std::string message) {
    return std::unexpected(FieldError{std::move(code), std::move(message)});
}

Checked check_choice(const FieldMeta& field, std::string_view text) {
    if (std::ranges::find(field.choices(), text) != field.choices().end()) return std::string(text);
    return fault("invalid_choice", fmt::format("\"{}\" is not a valid choice.", text.substr(0, text.find('\n'))));
}

Checked check_format(const Resource& resource, const FieldMeta& field, std::string text) {
    switch (field.format) {
        case FieldMeta::Format::plain:
            break;
        case FieldMeta::Format::email:
            if (!is_email(text)) return fault("invalid", "Enter a valid email address.");
            break;
        case FieldMeta::Format::phone:
            if (auto phone = to_e164(text)) return std::move(*phone);
            return fault("invalid", "Enter a ten-digit mobile number, or one of another country with its +.");
        case FieldMeta::Format::url:
            if (!is_url(text)) return fault("invalid", "Enter a valid URL.");
            break;
        case FieldMeta::Format::slug:
            if (!is_slug(text))
                return fault("invalid",
                             "Enter a valid \"slug\" consisting of letters, numbers, underscores or hyphens.");
            break;
        case FieldMeta::Format::ip:
            if (auto address = to_ip(text)) return std::move(*address);
            return fault("invalid", "Enter a valid IPv4 or IPv6 address.");
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

/// What the range of a field is kept in; nothing of a value that has no range.
std::optional<std::int64_t> units_of_value(const Value& value) {
    return std::visit(
        []<class T>(const T& alternative) -> std::optional<std::int64_t> {
            if constexpr (std::is_same_v<T, Scaled>)
                return alternative.units;
            else if constexpr (!std::is_same_v<T, bool> && requires { detail::units_of(alternative); })
                return detail::units_of(alternative);
            else
                return {};
        },
        value);
}

/// An end of a range as a client would write it.
std::string in_words(const FieldMeta& field, std::int64_t units) {
    switch (field.type) {
        case Type::decimal:
            return format_decimal({units, field.scale});
        case Type::duration:
            return format_duration({units});
        case Type::time:
            return format_time({units});
        case Type::date:
            return format_date(Date(std::chrono::sys_days(std::chrono::days(units))));
        default:
            return std::to_string(units);
    }
}

Checked check_range(const FieldMeta& field, Value value) {
    const auto units = units_of_value(value);
    if (field.least && units < field.least)
        return fault("min_value",
                     fmt::format("Ensure this value is greater than or equal to {}.", in_words(field, *field.least)));
    if (field.most && units > field.most)
        return fault("max_value",
                     fmt::format("Ensure this value is less than or equal to {}.", in_words(field, *field.most)));
    return value;
}

Checked read_timestamp(std::string_view text) {
    if (const auto timestamp = parse_timestamp(text)) return *timestamp;
    const bool lacks_zone = parse_timestamp(fmt::format("{}Z", text)).has_value();
    return fault("invalid", fmt::format("{} Use one of these formats instead: "
                                        "YYYY-MM-DDThh:mm[:ss[.uuuuuu]](+HH:MM|-HH:MM|Z).",
                                        lacks_zone ? "Datetime has no time zone." : "Datetime has wrong format."));
}

template <class T>
Checked or_fault(const std::optional<T>& value, std::string_view message) {
    if (value) return *value;
    return fault("invalid", std::string(message));
}

/// A value that is a text in JSON and in a query.
Checked read_typed(const FieldMeta& field, std::string_view text) {
    switch (field.type) {
        case Type::uuid:
            return or_fault(read_uuid(text), "Must be a valid UUID.");
        case Type::date:
            return or_fault(parse_date(text), "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.");
        case Type::timestamp:
            return read_timestamp(text);
        case Type::time:
            return or_fault(parse_time(text),
                            "Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].");
        case Type::duration:
            return or_fault(parse_duration(text),
                            "Duration has wrong format. Use one of these formats instead: PnDTnHnMnS, PnW.");
        case Type::decimal: {
            const auto units = parse_decimal(text, field.scale, field.max_digits);
            if (!units) return std::unexpected(units.error());
            return Scaled{*units, field.scale};
        }
        default:
            std::unreachable();
    }
}

/// A decimal may also come as a number of JSON: the shortest decimal that names the double which was read.
Checked read_decimal(const FieldMeta& field, json::Value value) {
    if (const auto text = value.as_string()) return read_typed(field, text::trim(*text));
    if (const auto number = value.as_integer()) return read_typed(field, std::to_string(*number));
    const auto number = value.as_number();
    if (!number) return fault("invalid", "A valid number is required.");
    std::array<char, 400> digits;
    const auto [end, error] =
        std::to_chars(digits.data(), digits.data() + digits.size(), *number, std::chars_format::fixed);
    if (error != std::errc()) return fault("invalid", "A valid number is required.");
    return read_typed(field, {digits.data(), end});
}

Checked read_value(const FieldMeta& field, json::Value value) {
    switch (field.type) {
        case Type::integer:
            if (const auto number = value.as_integer()) return *number;
            return fault("invalid", "A valid integer is required.");
        case Type::boolean:
            if (const auto flag = value.as_bool()) return *flag;
            return fault("invalid", "Must be a valid boolean.");
        case Type::decimal:
            return read_decimal(field, value);
        default:
            return read_typed(field, value.as_string().value_or(""));
    }
}

}  // namespace

Checked check_value(const Resource& resource, const FieldMeta& field, json::Value value) {
    if (value.is_null()) {
        if (field.nullable) return Value();
        return std::unexpected(faults::null());
    }
    if (field.type == Type::text) return check_text(resource, field, value);
    auto read = read_value(field, value);
    if (!read) return read;
    return check_range(field, std::move(*read));
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
        default:
            return read_typed(field, text);
    }
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
