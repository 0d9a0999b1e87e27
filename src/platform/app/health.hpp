#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/db/database.hpp"

namespace terrace::app {

/// `/healthz`: the process lives. `/readyz`: it reaches PostgreSQL, 503 otherwise. Both on every host, for probes.
void add_health_endpoints(api::Api& api, db::Database& database);

}  // namespace terrace::app
