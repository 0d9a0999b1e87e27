#include "platform/identity/input.hpp"

#include "platform/api/body.hpp"
#include "platform/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace terrace::identity {
namespace {

constexpr std::size_t most_email_characters = 254;
constexpr std::size_t most_local_characters = 64;
constexpr std::string_view local_characters = "abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_`{|}~-";
constexpr std::string_view label_characters = "abcdefghijklmnopqrstuvwxyz0123456789-";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool has_control_character(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7F; });
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.find_first_not_of(label_characters) == label.npos &&
           !label.starts_with('-') && !label.ends_with('-');
}

bool is_domain(std::string_view domain) {
    if (!domain.contains('.')) return false;
    for (;;) {
        const auto dot = domain.find('.');
        if (!is_label(domain.substr(0, dot))) return false;
        if (dot == domain.npos) return true;
        domain.remove_prefix(dot + 1);
    }
}

bool is_local_part(std::string_view local) {
    return !local.empty() && local.size() <= most_local_characters &&
           local.find_first_not_of(local_characters) == local.npos && !local.starts_with('.') &&
           !local.ends_with('.') && !local.contains("..");
}

}  // namespace

Result<void> read_empty_object(const api::Context& context) {
    TERRACE_TRY(input, Input::read(context));
    return input.finish();
}

std::optional<std::string> normalize_email(std::string_view text) {
    std::string email(trimmed(text));
    std::ranges::transform(email, email.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto at = email.find('@');
    if (email.size() > most_email_characters || at == email.npos) return {};
    const std::string_view view = email;
    if (!is_local_part(view.substr(0, at)) || !is_domain(view.substr(at + 1))) return {};
    return email;
}

Result<Input> Input::read(const api::Context& context) {
    TERRACE_TRY(document, api::parse_object(context));
    return Input(std::move(document));
}

std::string Input::required(std::string_view name, TextRule rule) {
    read_.emplace_back(name);
    const auto value = document_.root().find(name);
    if (!value) {
        fail(name, {"required", "This field is required."});
        return {};
    }
    return text(name, *value, rule).value_or("");
}

std::optional<std::string> Input::optional(std::string_view name, TextRule rule) {
    read_.emplace_back(name);
    const auto value = document_.root().find(name);
    return value ? text(name, *value, rule) : std::nullopt;
}

std::optional<std::optional<std::string>> Input::nullable(std::string_view name, TextRule rule) {
    read_.emplace_back(name);
    const auto value = document_.root().find(name);
    if (!value) return {};
    if (value->is_null()) return std::optional<std::string>();
    auto found = text(name, *value, rule);
    return found ? std::optional(std::move(found)) : std::nullopt;
}

std::string Input::required_email(std::string_view name) {
    const std::string typed = required(name, {.most_characters = most_email_characters});
    if (failed(name)) return {};
    auto email = normalize_email(typed);
    if (!email) fail(name, {"invalid", "Enter a valid email address."});
    return std::move(email).value_or("");
}

std::optional<std::string> Input::text(std::string_view name, json::Value value, TextRule rule) {
    const auto found = value.as_string();
    if (value.is_null()) {
        fail(name, {"null", "This field may not be null."});
    } else if (!found) {
        fail(name, {"invalid", "Not a valid string."});
    } else {
        const std::string_view kept = rule.trim ? trimmed(*found) : *found;
        if (kept.empty())
            fail(name, {"blank", "This field may not be blank."});
        else if (characters(kept) > rule.most_characters)
            fail(name, {"max_length",
                        fmt::format("Ensure this field has no more than {} characters.", rule.most_characters)});
        else if (rule.trim && has_control_character(kept))
            fail(name, {"invalid", "Control characters are not allowed."});
        else
            return std::string(kept);
    }
    return {};
}

void Input::fail(std::string_view name, FieldError error) {
    errors_.emplace_back(name, std::move(error));
}

bool Input::failed(std::string_view name) const {
    return std::ranges::any_of(errors_, [name](const auto& error) { return error.first == name; });
}

Result<void> Input::finish() {
    document_.root().each_member([this](std::string_view name, json::Value) {
        if (std::ranges::find(read_, name) == read_.end()) fail(name, {"unknown_field", "This field is not known."});
    });
    if (errors_.empty()) return {};
    return std::unexpected(errors::validation_failed(std::move(errors_)));
}

}  // namespace terrace::identity
