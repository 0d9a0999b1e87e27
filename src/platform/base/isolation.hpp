#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace terrace {

/// Where the rows of a tenant live (docs/tenancy.md): in tables that it shares, in a schema or in a database of its
/// own.
enum class Isolation : std::uint8_t { shared, schema, database };

/// The word of the catalog, of commands and of variables.
std::string_view to_string(Isolation isolation);
std::optional<Isolation> isolation_from(std::string_view text);

}  // namespace terrace
