#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/app/readiness.hpp"
#include "platform/db/database.hpp"
#include "platform/identity/key_ring.hpp"

namespace terrace::app {

/// `/healthz`: the process lives. `/readyz`: each of its loops reaches PostgreSQL, and it knows the keys of tokens; 503
/// otherwise. Both on every host, for probes. `database` is of the loop that answers.
void add_health_endpoints(api::Api& api, const db::Database& database, const Readiness& loops,
                          const identity::KeyRing& keys);

}  // namespace terrace::app
