#include "platform/app/services.hpp"

#include "platform/api/openapi.hpp"
#include "platform/api/options.hpp"
#include "platform/app/health.hpp"
#include "platform/files/endpoints.hpp"
#include "platform/organization/logo.hpp"
#include "platform/organization/organization.hpp"

#include <vector>

namespace terrace::app {

namespace {

std::vector<tenancy::TenantSeed> seeds_of(const Process& process) {
    std::vector<tenancy::TenantSeed> seeds = {[&process](const Uuid& tenant, std::vector<db::Statement>& statements) {
        process.catalogue.seed(tenant, statements);
    }};
    seeds.insert(seeds.end(), process.product.seeds.begin(), process.product.seeds.end());
    return seeds;
}

}  // namespace

Services::Services(boost::asio::any_io_executor executor, Process& process)
    : process(process),
      database(executor, process.database),
      directory(executor, database, process.feed),
      memberships(executor, database, process.feed, process.catalogue),
      provisioner(database, directory, seeds_of(process)),
      identity({.executor = executor,
                .database = database,
                .directory = directory,
                .memberships = memberships,
                .provisioner = provisioner,
                .feed = process.feed,
                .shared = process.identity}) {}

api::Api make_api(Services& services) {
    api::Api api{.catalogue = &services.process.catalogue};
    add_health_endpoints(api, services.database, services.process.readiness, services.process.identity.keys);
    identity::add_to(api, services.identity);
    organization::add_to(
        api, {.database = services.database, .identity = services.identity, .resolver = *services.process.resolver});
    files::add_to(api, {.database = services.database,
                        .quota = services.process.config.file_quota,
                        .resources = services.process.product.resources,
                        .seen_by_members = {organization::logo_holder}});
    services.process.product.endpoints({.database = services.database,
                                        .root_secret = services.process.config.secret,
                                        .downloads = &services.process.downloads},
                                       api);
    api::add_options(api);
    api::add_document_endpoint(api);
    return api;
}

}  // namespace terrace::app
