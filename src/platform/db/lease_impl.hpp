#pragma once

#include "platform/db/lease_pool.hpp"

#include <optional>
#include <utility>

/// Internal to the data layer.
namespace terrace::db {

struct Lease::Impl {
    LeasedLane lane;
    boost::asio::any_io_executor executor;
    std::optional<TenantScope> scope;  ///< empty: the platform's
    Database::Resolve resolve;
    std::optional<std::chrono::milliseconds> statement_timeout;  ///< to be sent with BEGIN behind a pooler
    bool begun = false;
    bool committed = false;
    std::optional<DbError> failure;

    TaskPtr task(Statement statement) const;
    boost::asio::awaitable<DbResult<UnitRows>> send(TaskPtr task);
    boost::asio::awaitable<DbResult<UnitRows>> send_to_new_place(TaskPtr moved);
};

}  // namespace terrace::db
