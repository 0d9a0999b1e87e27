#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/db/database.hpp"
#include "platform/identity/key_ring.hpp"

namespace terrace::app {

/// `/healthz`: the process lives. `/readyz`: it reaches PostgreSQL and knows the keys of tokens, 503 otherwise. Both on
/// every host, for probes.
void add_health_endpoints(api::Api& api, const db::Database& database, const identity::KeyRing& keys);

}  // namespace terrace::app
