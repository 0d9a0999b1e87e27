#include "platform/organization/organization.hpp"

#include "platform/audit/audit.hpp"
#include "platform/base/log.hpp"
#include "platform/organization/endpoints.hpp"

#include <utility>

namespace terrace::organization {

db::Statement entry(const api::Context& context, const Act& act) {
    const auto& who = *context.principal;
    return audit::insert({.tenant = who.tenant,
                          .actor = who.user,
                          .session = who.session,
                          .action = act.action,
                          .object_type = act.object_type,
                          .object = act.object,
                          .changes = act.changes,
                          .client_address = context.request.client_address,
                          .request_id = context.request.request_id});
}

boost::asio::awaitable<bool> record(const Parts& parts, const api::Context& context, Act act) {
    db::Unit unit{.kind = db::UnitKind::write};
    unit.statements.push_back(entry(context, act));
    const auto written = co_await parts.database.run(*context.scope, std::move(unit));
    if (!written) log::error("audit_not_written", {{"action", act.action}, {"tenant", context.tenant->id.to_string()}});
    co_return written.has_value();
}

void add_access(access::Catalogue& catalogue) {
    catalogue.add_permission({std::string(update_permission), "Change the organisation and its domains"});
}

void add_to(api::Api& api, const Parts& parts) {
    add_profile_endpoints(api, parts);
    add_deletion_endpoint(api, parts);
    add_domain_endpoints(api, parts);
    add_tls_endpoint(api, parts);
    add_schemas(api);
    api.tags.emplace_back(tag, "The organisation itself: its name, its address, its own domains.");
}

}  // namespace terrace::organization
