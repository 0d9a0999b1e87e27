#pragma once

#include "platform/api/endpoint.hpp"

namespace terrace::identity {

class Service;

/// token, login, refresh, logout, and the JWK Set.
void add_session_endpoints(api::Api& api, Service& service);
/// sessions, logout-all.
void add_own_session_endpoints(api::Api& api, Service& service);
/// register, slug-availability, me.
void add_account_endpoints(api::Api& api, Service& service);
/// enter and handoff.
void add_handoff_endpoints(api::Api& api, Service& service);
/// The component schemas that the endpoints name.
void add_schemas(api::Api& api);

}  // namespace terrace::identity
