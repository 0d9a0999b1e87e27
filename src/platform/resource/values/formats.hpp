#pragma once

#include "platform/base/uuid.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What texts of a declared form look like. All take trimmed UTF-8.
namespace terrace::resource {

/// A local part of printable characters without blanks, quotes or brackets; a domain of at least two labels; at most
/// 254.
bool is_email(std::string_view text);

/// An absolute http or https URL: a domain of two labels or more, `localhost` or an address; perhaps a port, path,
/// query and fragment. All of it ASCII, as a URI is (domains as punycode, the rest percent-encoded), and no user
/// information, which is for misleading people or a password in the clear.
bool is_url(std::string_view text);

/// ASCII letters, digits, hyphens and underscores.
bool is_slug(std::string_view text);

/// The one spelling of an IPv4 or IPv6 address, from any.
std::optional<std::string> to_ip(std::string_view text);

/// The canonical form, 32 digits, or either after `urn:uuid:`; what Django REST Framework takes but its integers.
std::optional<Uuid> read_uuid(std::string_view text);

}  // namespace terrace::resource
