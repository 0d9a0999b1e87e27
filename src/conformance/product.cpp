#include "conformance/product.hpp"

#include "conformance/gadget.hpp"

#include <algorithm>
#include <iterator>

namespace terrace::conformance {
namespace {

void add_access(access::Catalogue& catalogue) {
    catalogue.add_permission({"gadgets.read", "See gadgets"});
    catalogue.add_permission({"gadgets.create", "Add gadgets"});
    catalogue.add_permission({"gadgets.update", "Change gadgets"});
    catalogue.add_permission({"gadgets.archive", "Archive gadgets and bring them back"});
    catalogue.add_role({"reader", "Reader", {"gadgets.read"}});
}

void add_endpoints(const resource::EngineParts& parts, api::Api& api) {
    std::ranges::move(resource::endpoints(gadgets(), parts), std::back_inserter(api.endpoints));
    std::ranges::move(resource::schemas(gadgets()), std::back_inserter(api.schemas));
}

}  // namespace

app::Product product() {
    return {.name = "Conformance", .access = add_access, .endpoints = add_endpoints, .seeds = {}};
}

}  // namespace terrace::conformance
