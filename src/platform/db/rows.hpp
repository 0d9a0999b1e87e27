#pragma once

#include "platform/base/uuid.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct pg_result;

namespace terrace::db {

/// The rows of one statement in text format, owned. Columns are read by position: the shape that asked for them stands
/// beside the code that reads them. Reading a NULL or a malformed value as a plain type throws std::logic_error (a
/// bug).
class Rows {
  public:
    Rows() = default;
    explicit Rows(pg_result* result) : result_(result) {}

    std::size_t size() const;
    bool empty() const { return size() == 0; }
    /// Rows that an INSERT, UPDATE or DELETE touched.
    std::int64_t affected() const;

    bool is_null(std::size_t row, std::size_t column) const;
    /// Empty for NULL; ask is_null where it matters. Good as long as the Rows.
    std::string_view text(std::size_t row, std::size_t column) const;
    std::int64_t integer(std::size_t row, std::size_t column) const;
    bool boolean(std::size_t row, std::size_t column) const;
    Uuid uuid(std::size_t row, std::size_t column) const;
    /// A bytea, decoded.
    std::string bytes(std::size_t row, std::size_t column) const;
    std::optional<std::string> optional_text(std::size_t row, std::size_t column) const;

  private:
    struct Clear {
        void operator()(pg_result* result) const noexcept;
    };
    std::unique_ptr<pg_result, Clear> result_;
};

}  // namespace terrace::db
