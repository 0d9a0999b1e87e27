#include "platform/app/process.hpp"

#include "platform/files/endpoints.hpp"
#include "platform/organization/organization.hpp"

#include <utility>

namespace terrace::app {

namespace {

access::Catalogue catalogue_of(const Product& product) {
    access::Catalogue catalogue;
    files::add_access(catalogue);
    organization::add_access(catalogue);
    product.access(catalogue);
    return catalogue;
}

}  // namespace

Process::Process(Config configuration, Product product_on_it, db::DatabaseOptions database_options)
    : config(std::move(configuration)),
      product(std::move(product_on_it)),
      database(std::move(database_options)),
      catalogue(catalogue_of(product)),
      readiness(config.loops()),
      downloads(config.downloads),
      identity(config),
      resolver(dns::make_resolver({.server = config.dns_server})) {}

}  // namespace terrace::app
