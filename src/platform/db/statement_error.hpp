#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace terrace::db {

/// A statement of an AdminConnection that PostgreSQL refused; what() is SQLSTATE and message, which may quote values of
/// rows.
class StatementError : public std::runtime_error {
  public:
    StatementError(const std::string& what, std::string sqlstate, std::string constraint, std::string column)
        : std::runtime_error(what),
          sqlstate_(std::move(sqlstate)),
          constraint_(std::move(constraint)),
          column_(std::move(column)) {}

    const std::string& sqlstate() const { return sqlstate_; }
    const std::string& constraint() const { return constraint_; }  ///< or index; empty: none was violated
    const std::string& column() const { return column_; }          ///< empty: PostgreSQL names none

  private:
    std::string sqlstate_, constraint_, column_;
};

}  // namespace terrace::db
