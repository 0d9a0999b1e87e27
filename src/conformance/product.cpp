#include "conformance/product.hpp"

#include "conformance/gadget.hpp"
#include "conformance/maker.hpp"
#include "conformance/task.hpp"

#include <array>
#include <string_view>

namespace terrace::conformance {
namespace {

/// Every resource of this product.
std::array<const resource::Resource*, 3> resources() {
    return {&makers(), &gadgets(), &tasks()};
}

void add_access(access::Catalogue& catalogue) {
    for (const auto* resource : resources())
        for (const std::string_view action : {"read", "create", "update", "archive"})
            catalogue.add_permission({resource->permission(action), "For the conformance suite"});
    catalogue.add_permission({"gadgets.restock", "For the conformance suite"});
    catalogue.add_permission({"gadgets.see_margin", "For the conformance suite"});
    catalogue.add_permission({"gadgets.set_cost", "For the conformance suite"});
    catalogue.add_role({"reader", "Reader", {"gadgets.read", "makers.read", "tasks.read"}});
    catalogue.add_role({"clerk", "Clerk", {"gadgets.read", "gadgets.create", "gadgets.update"}});
}

void add_endpoints(const resource::EngineParts& parts, api::Api& api) {
    for (const auto* resource : resources()) resource::add(*resource, parts, api);
}

}  // namespace

app::Product product() {
    return {.name = "Conformance", .access = add_access, .endpoints = add_endpoints, .seeds = {}};
}

}  // namespace terrace::conformance
