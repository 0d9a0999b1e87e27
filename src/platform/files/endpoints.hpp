#pragma once

#include "platform/access/permissions.hpp"
#include "platform/api/endpoint.hpp"
#include "platform/db/database.hpp"
#include "platform/resource/resource.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

/// Files of a tenant: uploaded in chunks, taken up by an object through a field of the type resource::File, downloaded
/// by who may read that object, removed a day after nothing holds them.
namespace terrace::files {

struct FileParts {
    db::Database& database;
    std::int64_t quota;                                       ///< bytes a tenant
    const std::vector<const resource::Resource*>& resources;  ///< the product's; outlive the endpoints
    /// Holders that are no resources, by their object's type: what they hold is for every member to see.
    std::vector<std::string_view> seen_by_members = {};
};

/// The permission to upload: `files.upload`.
void add_access(access::Catalogue& catalogue);
/// The endpoints with their schemas, for one event loop.
void add_to(api::Api& api, FileParts parts);

}  // namespace terrace::files
