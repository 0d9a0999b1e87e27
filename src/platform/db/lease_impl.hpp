#pragma once

#include "platform/db/lease_pool.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

/// Internal to the data layer.
namespace terrace::db {

struct Lease::Impl {
    LeasedLane lane;
    boost::asio::any_io_executor executor;
    std::optional<TenantScope> scope;  ///< empty: the platform's
    Database::Resolve resolve;
    std::function<std::shared_ptr<LeasePool>(const Place&)> leases_of;  ///< null: there is no room
    std::optional<std::chrono::milliseconds> statement_timeout;         ///< to be sent with BEGIN behind a pooler
    bool begun = false;
    bool committed = false;
    std::optional<DbError> failure;

    TaskPtr task(Statement statement) const;
    boost::asio::awaitable<DbResult<UnitRows>> send(TaskPtr task);
    boost::asio::awaitable<DbResult<UnitRows>> send_to_new_place(TaskPtr moved);
    boost::asio::awaitable<DbResult<void>> begin_anew(const Place& from, const Place& to);
};

}  // namespace terrace::db
