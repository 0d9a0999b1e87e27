#pragma once

#include "platform/base/error.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace terrace::identity {

/// NIST SP 800-63B-4 §3.1.1.2: length and a block-list, no rules of composition.
constexpr std::size_t least_password_characters = 12;
constexpr std::size_t most_password_bytes = 1024;

/// What an attacker would try first for this account; empty parts are skipped.
struct PasswordContext {
    std::string_view email;
    std::string_view organization;
    std::string_view slug;
};

/// Why this password may not be chosen: `min_length`, `max_length`, or `invalid` when it is common, follows a pattern
/// or holds the e-mail, the organisation or the product's name. Nothing when it is good.
std::optional<FieldError> check_password(std::string_view password, const PasswordContext& context);

}  // namespace terrace::identity
