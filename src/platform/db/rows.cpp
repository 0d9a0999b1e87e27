#include "platform/db/rows.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <stdexcept>

namespace terrace::db {
namespace {

int checked_index(std::size_t index) {
    return static_cast<int>(index);
}

[[noreturn]] void malformed(std::size_t column, const char* type) {
    throw std::logic_error("column " + std::to_string(column) + " is no " + type);
}

void require(const pg_result* result, std::size_t row, std::size_t column) {
    if (!result || checked_index(row) >= PQntuples(result) || checked_index(column) >= PQnfields(result))
        throw std::logic_error("row " + std::to_string(row) + ", column " + std::to_string(column) + " is not there");
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

void Rows::Clear::operator()(pg_result* result) const noexcept {
    PQclear(result);
}

std::size_t Rows::size() const {
    return result_ ? static_cast<std::size_t>(PQntuples(result_.get())) : 0;
}

std::int64_t Rows::affected() const {
    const std::string_view text = result_ ? PQcmdTuples(result_.get()) : "";
    std::int64_t count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
}

bool Rows::is_null(std::size_t row, std::size_t column) const {
    require(result_.get(), row, column);
    return PQgetisnull(result_.get(), checked_index(row), checked_index(column)) != 0;
}

std::string_view Rows::text(std::size_t row, std::size_t column) const {
    require(result_.get(), row, column);
    const int r = checked_index(row);
    const int c = checked_index(column);
    return {PQgetvalue(result_.get(), r, c), static_cast<std::size_t>(PQgetlength(result_.get(), r, c))};
}

std::int64_t Rows::integer(std::size_t row, std::size_t column) const {
    const std::string_view value = text(row, column);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size()) malformed(column, "integer");
    return number;
}

bool Rows::boolean(std::size_t row, std::size_t column) const {
    const std::string_view value = text(row, column);
    if (value != "t" && value != "f") malformed(column, "boolean");
    return value == "t";
}

Uuid Rows::uuid(std::size_t row, std::size_t column) const {
    const auto id = Uuid::parse(text(row, column));
    if (!id) malformed(column, "uuid");
    return *id;
}

std::string Rows::bytes(std::size_t row, std::size_t column) const {
    const std::string_view value = text(row, column);
    if (!value.starts_with("\\x") || value.size() % 2 != 0) malformed(column, "bytea");
    std::string out;
    out.reserve(value.size() / 2 - 1);
    for (std::size_t at = 2; at < value.size(); at += 2) {
        const int high = hex_digit(value[at]);
        const int low = hex_digit(value[at + 1]);
        if (high < 0 || low < 0) malformed(column, "bytea");
        out.push_back(static_cast<char>(high * 16 + low));
    }
    return out;
}

std::optional<std::string> Rows::optional_text(std::size_t row, std::size_t column) const {
    if (is_null(row, column)) return std::nullopt;
    return std::string(text(row, column));
}

}  // namespace terrace::db
