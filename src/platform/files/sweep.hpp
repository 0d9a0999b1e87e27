#pragma once

#include "platform/base/error.hpp"
#include "platform/db/database.hpp"

#include <boost/asio/awaitable.hpp>

namespace terrace::files {

/// Removes a tenant's files whose time has come, a few a unit, with their bytes: uploads that no object took within
/// their lifetime, and what objects have let go of. A file that is attached at the same moment stays. Several processes
/// may do it at once.
boost::asio::awaitable<Result<void>> sweep(db::Database& database, db::TenantScope scope);

}  // namespace terrace::files
