#pragma once

#include "platform/access/permissions.hpp"
#include "platform/api/endpoint.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/tenancy/provisioning.hpp"

#include <functional>
#include <string>
#include <vector>

namespace terrace::app {

/// What a product puts on the platform: its permissions and roles, its endpoints, and the rows that a new tenant starts
/// with. The platform knows nothing else of it.
struct Product {
    std::string name;
    std::function<void(access::Catalogue& catalogue)> access;
    /// Called once per event loop; what the handlers keep must be that loop's.
    std::function<void(const resource::EngineParts& parts, api::Api& api)> endpoints;
    std::vector<tenancy::TenantSeed> seeds;
    /// Of static storage; `terrace doctor` checks that indexes serve what they declare.
    std::vector<const resource::Resource*> resources = {};
};

}  // namespace terrace::app
