#include "platform/identity/identity.hpp"

#include "platform/identity/endpoints.hpp"

namespace terrace::identity {
namespace {

PasswordPool::Options pool_options(const Config& config) {
    PasswordPool::Options options;
    if (config.cheap_password_hashes) options.cost = PasswordCost::cheapest();
    return options;
}

}  // namespace

Shared::Shared(const Config& config)
    : config(config),
      keys(config.secret),
      refresh_tokens(config.secret),
      passwords(pool_options(config)),
      throttle(config.throttle),
      refusals(config.throttle.refusal_pause) {}

Service::Service(const Parts& parts)
    : parts_(parts),
      accounts_(parts.database),
      access_tokens_(parts.shared.keys, parts.shared.config.origin.text()),
      authenticator_(parts.executor, access_tokens_, parts.database, parts.feed),
      trail_(parts.database, parts.directory, parts.feed),
      sessions_(parts.database, trail_, parts.shared.refresh_tokens, parts.shared.config.tenant_hosts),
      own_sessions_(parts.database, trail_),
      sign_in_(accounts_, parts.shared.passwords, parts.shared.throttle, parts.shared.refusals),
      registration_(parts.database, accounts_, parts.shared.passwords, parts.shared.throttle, parts.shared.refusals,
                    parts.provisioner, parts.shared.config.new_tenants) {}

void add_to(api::Api& api, Service& service) {
    add_session_endpoints(api, service);
    add_own_session_endpoints(api, service);
    add_account_endpoints(api, service);
    add_handoff_endpoints(api, service);
    add_schemas(api);
    api.tags.emplace_back("Accounts", "Signing up, signing in, sessions, and who one is.");
}

}  // namespace terrace::identity
