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

/// `options` are settings of the session, which a pooler refuses; null: none. Throws std::runtime_error with libpq's
/// message, which holds no password.
ConnectionHandle connect_blocking(const std::string& url,
                                  const char* options = "-c timezone=UTC -c datestyle=ISO -c bytea_output=hex");

}  // namespace terrace::db
