#pragma once

#include "platform/db/database.hpp"

#include <cstdint>
#include <string>

namespace terrace::db {

/// Streams rows from one connection to another, in the binary form of COPY: `from_statement` is a `copy … to stdout
/// (format binary)`, `to_statement` a `copy … from stdin (format binary)`. Holds one piece of a row at a time. Returns
/// how many rows. Blocking. Throws std::runtime_error; the transactions of both sides are then over.
std::int64_t copy_rows(AdminConnection& from, const std::string& from_statement, AdminConnection& to,
                       const std::string& to_statement);

}  // namespace terrace::db
