#include "platform/identity/password_policy.hpp"

#include "platform/base/text.hpp"
#include "platform/identity/password_blocklist.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace terrace::identity {
namespace {

/// Shorter names are parts of too many words to be refused.
constexpr std::size_t least_context_length = 5;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

/// Letters and digits (and whatever is beyond ASCII), so that "Sunrise Clinic" is found in "sunrise-clinic".
std::string letters_and_digits(std::string_view text) {
    std::string out;
    for (const char c : lowered(text)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<std::uint8_t>(c) >= 0x80;
        if (kept) out += c;
    }
    return out;
}

bool holds(const std::string& password, std::string_view part) {
    const std::string wanted = letters_and_digits(part);
    return wanted.size() >= least_context_length && password.contains(wanted);
}

bool holds_context(std::string_view password, const PasswordContext& context) {
    const std::string plain = letters_and_digits(password);
    const std::string_view mailbox = context.email.substr(0, context.email.find('@'));
    return holds(plain, "terrace") || holds(plain, mailbox) || holds(plain, context.organization) ||
           holds(plain, context.slug);
}

}  // namespace

std::optional<FieldError> check_password(std::string_view password, const PasswordContext& context) {
    if (characters(password) < least_password_characters)
        return FieldError{"min_length", "Use at least 12 characters."};
    if (password.size() > most_password_bytes) return FieldError{"max_length", "Use at most 1024 bytes."};
    const std::string plain = lowered(password);
    if (is_common_password(plain) || is_patterned_password(plain))
        return FieldError{"invalid", "This password is among the first that an attacker tries. Choose another."};
    if (holds_context(password, context))
        return FieldError{"invalid", "Leave your e-mail, your organisation and the name Terrace out of the password."};
    return {};
}

}  // namespace terrace::identity
