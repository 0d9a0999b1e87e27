#include "conformance/product.hpp"

#include "conformance/drawing.hpp"
#include "conformance/gadget.hpp"
#include "conformance/kit.hpp"
#include "conformance/maker.hpp"
#include "conformance/part.hpp"
#include "conformance/purchase.hpp"
#include "conformance/task.hpp"

#include <string_view>
#include <vector>

namespace terrace::conformance {
namespace {

/// Every resource of this product.
std::vector<const resource::Resource*> resources() {
    return {&makers(), &gadgets(), &tasks(), &purchases(), &kits(), &parts(), &drawings()};
}

void add_access(access::Catalogue& catalogue) {
    for (const auto* resource : resources())
        for (const std::string_view action : {"read", "create", "update", "archive"})
            catalogue.add_permission({resource->permission(action), "For the conformance suite"});
    for (const char* more : {"gadgets.restock", "gadgets.see_margin", "gadgets.set_cost", "kits.send",
                             "purchases.place", "purchases.deliver", "purchases.cancel"})
        catalogue.add_permission({more, "For the conformance suite"});
    catalogue.add_role(
        {"reader",
         "Reader",
         {"gadgets.read", "makers.read", "tasks.read", "purchases.read", "kits.read", "parts.read", "drawings.read"}});
    catalogue.add_role({"clerk",
                        "Clerk",
                        {"gadgets.read", "gadgets.create", "gadgets.update", "purchases.read", "purchases.create",
                         "purchases.update", "purchases.place"}});
}

void add_endpoints(const resource::EngineParts& parts, api::Api& api) {
    for (const auto* resource : resources()) resource::add(*resource, parts, api);
}

}  // namespace

app::Product product() {
    return {
        .name = "Conformance", .access = add_access, .endpoints = add_endpoints, .seeds = {}, .resources = resources()};
}

}  // namespace terrace::conformance
