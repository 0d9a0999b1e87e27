#pragma once

#include <memory>
#include <string>

struct pg_conn;

/// Internal to the data layer: blocking connections of commands.
namespace terrace::db {

struct FinishConnection {
    void operator()(pg_conn* connection) const noexcept;
};
using ConnectionHandle = std::unique_ptr<pg_conn, FinishConnection>;

/// Throws std::runtime_error with libpq's message, which holds no password.
ConnectionHandle connect_blocking(const std::string& url);

}  // namespace terrace::db
