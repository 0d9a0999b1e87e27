#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/organization/organization.hpp"

#include <boost/asio/awaitable.hpp>

#include <string_view>

/// Internal to the folder.
namespace terrace::organization {

inline constexpr const char* tag = "Organisation";

/// The organisation's own domains.
void add_domain_endpoints(api::Api& api, const Parts& parts);
/// Its name, address, picture and zone.
void add_profile_endpoints(api::Api& api, const Parts& parts);
/// Its end, as its owner asks for it.
void add_deletion_endpoint(api::Api& api, const Parts& parts);
/// Whether a certificate may be got for a name: asked by the server that TLS ends at.
void add_tls_endpoint(api::Api& api, const Parts& parts);
/// The component schemas and problems that the endpoints name.
void add_schemas(api::Api& api);

/// What was done, in the organisation's audit.
struct Act {
    std::string_view action;       ///< "domains.create"
    std::string_view object_type;  ///< "domain"
    Uuid object;
    std::string changes = "{}";  ///< a JSON object
};

/// The entry as a statement for a unit in the organisation's place.
db::Statement entry(const api::Context& context, const Act& act);
/// The entry's unit, apart from that of the change, which is the catalog's: no transaction is of both. False, and
/// logged, when it could not be written.
boost::asio::awaitable<bool> record(const Parts& parts, const api::Context& context, Act act);

}  // namespace terrace::organization
