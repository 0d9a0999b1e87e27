#include "platform/resource/input/check_parts.hpp"
#include "platform/resource/values/formats.hpp"
#include "platform/resource/values/phone.hpp"
#include "platform/resource/values/text.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

namespace terrace::resource::checks {
namespace {

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

}  // namespace

Checked check_choice(const FieldMeta& field, std::string_view text) {
    if (std::ranges::find(field.choices(), text) != field.choices().end()) return std::string(text);
    return fault("invalid_choice", fmt::format("\"{}\" is not a valid choice.", text.substr(0, text.find('\n'))));
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

}  // namespace terrace::resource::checks
