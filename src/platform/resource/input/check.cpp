#include "platform/resource/input/check.hpp"

#include "platform/resource/input/check_parts.hpp"
#include "platform/resource/input/json_schema.hpp"
#include "platform/resource/values/formats.hpp"
#include "platform/resource/values/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace terrace::resource {
namespace {

using checks::Checked, checks::fault;

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

Checked check_range(const FieldMeta& field, Value value) {
    const auto units = units_of_value(value);
    if (field.least && units < field.least)
        return fault("min_value",
                     fmt::format("Ensure this value is greater than or equal to {}.", range_end(field, *field.least)));
    if (field.most && units > field.most)
        return fault("max_value",
                     fmt::format("Ensure this value is less than or equal to {}.", range_end(field, *field.most)));
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
        case Type::file: {
            const auto id = read_uuid(text);
            return id ? Checked(File{*id}) : fault("invalid", "Must be the id of a file.");
        }
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
            return checks::check_integer(field, value);
        case Type::boolean:
            if (const auto flag = value.as_bool()) return *flag;
            return fault("invalid", "Must be a valid boolean.");
        case Type::decimal:
            return read_decimal(field, value);
        case Type::file:
            // As it is answered too, so that an object can be sent back as it was read.
            if (const auto id = value.find("id")) value = *id;
            [[fallthrough]];
        default:
            return read_typed(field, value.as_string().value_or(""));
    }
}

std::unexpected<FieldErrors> of_field(const FieldMeta& field, FieldError error) {
    return std::unexpected(FieldErrors{{std::string(field.name), std::move(error)}});
}

std::expected<Value, FieldErrors> check_json(const Resource& resource, const FieldMeta& field, json::Value value) {
    // First the size: the check names each value by its path, which may be as long as the whole.
    Json json = to_jsonb(value);
    if (json.text.size() > field.max_bytes)
        return of_field(field,
                        {"max_length", fmt::format("Ensure this field has no more than {} bytes.", field.max_bytes)});
    FieldErrors errors;
    resource.json_schema_of(field).check(value, std::string(field.name), errors);
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return Value(std::move(json));
}

}  // namespace

namespace checks {

Checked check_scalar(const Resource& resource, const FieldMeta& field, json::Value value) {
    if (field.type == Type::text) return check_text(resource, field, value);
    auto read = read_value(field, value);
    if (!read) return read;
    return check_range(field, std::move(*read));
}

Checked check_integer(const FieldMeta& field, json::Value value) {
    if (const auto number = value.as_integer()) return check_range(field, *number);
    return fault("invalid", "A valid integer is required.");
}

}  // namespace checks

std::expected<Value, FieldErrors> check_value(const Resource& resource, const FieldMeta& field, json::Value value) {
    if (value.is_null()) {
        if (field.nullable) return Value();
        return of_field(field, faults::null());
    }
    if (is_list(field.type)) return checks::check_list(resource, field, value);
    if (field.type == Type::json) return check_json(resource, field, value);
    auto checked = checks::check_scalar(resource, field, value);
    if (!checked) return of_field(field, std::move(checked.error()));
    return std::move(*checked);
}

Checked check_filter(const FieldMeta& field, std::string_view text) {
    switch (field.type) {
        case Type::text:
            if (field.choice_count != 0) return checks::check_choice(field, text);
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

std::string range_end(const FieldMeta& field, std::int64_t units) {
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
FieldError does_not_exist() {
    return {"does_not_exist", "This object does not exist."};
}
FieldError unchangeable() {
    return {"invalid", "This field cannot be changed."};
}

}  // namespace faults
}  // namespace terrace::resource
