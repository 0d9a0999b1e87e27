#pragma once

#include "platform/base/config.hpp"
#include "platform/base/error.hpp"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace terrace::tenancy {

/// With `_terrace.` before it, a name still fits into the 253 characters of DNS (RFC 1035 §2.3.4).
inline constexpr std::size_t longest_domain = 244;

/// Whether `text` is a domain as the catalog keeps it and as a browser names it in Host: lower case, at least two
/// labels of letters, digits and hyphens (A-labels of RFC 5890 for other scripts), the last one beginning with a
/// letter, no dot at the end. Pure.
bool is_domain_name(std::string_view text);

/// The domain that a person typed, in that form: other scripts become A-labels (UTS #46), capitals small, one dot at
/// the end goes. Refused with a sentence that says why: what is no domain, an IP address, a single label, a public
/// suffix under which others register names (`co.in`), a name that no public DNS answers for (`.local`), one at or
/// below the installation's own base domain. Pure.
std::expected<std::string, FieldError> read_domain(std::string_view typed, const Origin& origin);

}  // namespace terrace::tenancy
