#pragma once

#include "platform/access/permissions.hpp"
#include "platform/api/endpoint.hpp"
#include "platform/dns/resolver.hpp"
#include "platform/identity/identity.hpp"

#include <string_view>

/// An organisation as its owner keeps it: its name, address and picture, its own domains, and its end.
namespace terrace::organization {

/// To change the organisation and see its domains; the owner and the admins hold it.
inline constexpr std::string_view update_permission = "organization.update";

/// Of one event loop; all must outlive the endpoints.
struct Parts {
    db::Database& database;
    identity::Service& identity;
    dns::Resolver& resolver;
};

void add_access(access::Catalogue& catalogue);
/// The endpoints with their schemas and problems, for one event loop.
void add_to(api::Api& api, const Parts& parts);

}  // namespace terrace::organization
