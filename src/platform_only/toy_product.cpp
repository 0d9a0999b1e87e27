#include "platform_only/toy_product.hpp"

namespace terrace::toy {

namespace {

boost::asio::awaitable<Result<http::Response>> greet(api::Context& context) {
    co_return http::Response::json(200, R"({"greeting":"Hello, )" + context.tenant->slug + R"("})");
}

void add_endpoints(const resource::EngineParts&, api::Api& api) {
    api.schemas.emplace_back("Greeting", R"({"type":"object","properties":{"greeting":{"type":"string"}}})");
    api.endpoints.push_back(
        {.method = http::Method::get,
         .path = "/api/v1/greeting",
         .access = api::Access::requires_permission("greeting.read"),
         .handler = greet,
         .documentation = {
             .operation_id = "greeting", .summary = "A greeting", .tag = "Toy", .response_schema = "Greeting"}});
}

}  // namespace

app::Product product() {
    return {.name = "Toy",
            .access = [](access::Catalogue& catalogue) { catalogue.add_permission({"greeting.read", "Be greeted"}); },
            .endpoints = add_endpoints,
            .seeds = {}};
}

}  // namespace terrace::toy
