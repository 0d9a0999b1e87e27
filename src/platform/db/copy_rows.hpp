#pragma once

#include "platform/db/database.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace terrace::db {

/// Streams rows from one connection to another, in the binary form of COPY: `from_statement` is a `copy … to stdout
/// (format binary)`, `to_statement` a `copy … from stdin (format binary)`. Holds one piece of a row at a time. Returns
/// how many rows. Blocking. Throws std::runtime_error; the transaction of the target is then over, and so may that of
/// the source be.
std::int64_t copy_rows(AdminConnection& from, const std::string& from_statement, AdminConnection& to,
                       const std::string& to_statement);

/// Streams what a `copy … to stdout` of a text form says: `take` gets a row at a time, with its end of line. When it
/// returns false or throws, PostgreSQL is told to stop. Returns how many rows; nothing when `take` wanted no more, and
/// the transaction is then over. Blocking. Throws std::runtime_error.
std::optional<std::int64_t> copy_out(AdminConnection& from, const std::string& statement,
                                     const std::function<bool(std::string_view row)>& take);

/// Gives `data` to a `copy … from stdin` of a text form; returns how many rows that were. Blocking. Throws
/// std::runtime_error.
std::int64_t copy_in(AdminConnection& to, const std::string& statement, std::string_view data);

}  // namespace terrace::db
