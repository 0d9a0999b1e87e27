#pragma once

#include "platform/access/memberships.hpp"
#include "platform/api/endpoint.hpp"
#include "platform/app/process.hpp"
#include "platform/db/database.hpp"
#include "platform/identity/identity.hpp"
#include "platform/tenancy/directory.hpp"
#include "platform/tenancy/provisioning.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace terrace::app {

/// The parts of one event loop, wired: its connections, its caches, its view of people and tenants. `serve` makes one a
/// loop; a command makes one and runs its work on it. Used on the loop's thread only; `process` outlives it.
struct Services {
    Services(boost::asio::any_io_executor executor, Process& process);

    Process& process;
    db::Database database;
    tenancy::Directory directory;
    access::Memberships memberships;
    tenancy::Provisioner provisioner;
    identity::Service identity;
};

/// Everything that the server answers: health, identity, the product, and the documentation of them all.
api::Api make_api(Services& services);

}  // namespace terrace::app
