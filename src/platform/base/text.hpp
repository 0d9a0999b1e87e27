#pragma once

#include <cstddef>
#include <string_view>

namespace terrace {

/// True when `text` is valid UTF-8 without a NUL: what PostgreSQL's `text` can hold.
bool is_storable_text(std::string_view text);

/// How many code points valid UTF-8 holds: what PostgreSQL's char_length counts.
std::size_t characters(std::string_view utf8);

/// Without the SP and HTAB at both ends: the optional white space of HTTP (RFC 9110 §5.6.3).
std::string_view trim(std::string_view text);

/// Compares ASCII, as names and tokens of HTTP are compared.
bool equal_in_any_case(std::string_view a, std::string_view b);

}  // namespace terrace
