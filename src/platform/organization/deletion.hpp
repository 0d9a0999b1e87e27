#pragma once

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"
#include "platform/tenancy/directory.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace terrace::organization {

/// Asks for the deletion of an organisation, as `terrace tenant delete` does (tenancy/life_cycle/), by what a server
/// may do: one transaction as terrace_platform shuts its place in the installation's database, sets the catalog's state
/// and notes the event. The turn that moves, exports, imports and operators take is tried and not waited for: 409
/// `tenant_busy`. Writes that are under way end first, within the statement timeout, else 503.
///
/// A database of its own is out of this role's reach: there the catalog alone is shut, so that nobody comes in, and the
/// next `tenant delete` or `erase-due` shuts the place.
///
/// `actor` is written into catalog.tenant_event, which outlives the organisation: no name of a person. Answers until
/// when an operator can bring it back (RFC 3339, UTC); asked again, the same.
boost::asio::awaitable<Result<std::string>> ask_deletion(db::Database& database, tenancy::Directory& directory,
                                                         Uuid tenant, std::string actor);

}  // namespace terrace::organization
