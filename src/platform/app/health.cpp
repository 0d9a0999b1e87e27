#include "platform/app/health.hpp"

namespace terrace::app {

namespace {

http::Response status(std::string_view text) {
    return http::Response::json(200, std::string(R"({"status":")").append(text).append(R"("})"));
}

boost::asio::awaitable<Result<http::Response>> live(api::Context&) {
    co_return status("ok");
}

boost::asio::awaitable<Result<http::Response>> ready(const db::Database& database, const Readiness& loops,
                                                     const identity::KeyRing& keys) {
    if (!database.ready() || !loops.all() || keys.snapshot()->keys.empty())
        co_return std::unexpected(errors::unavailable());
    co_return status("ready");
}

}  // namespace

void add_health_endpoints(api::Api& api, const db::Database& database, const Readiness& loops,
                          const identity::KeyRing& keys) {
    api.tags.emplace_back("Health", "Whether this process lives and can serve, for those who run it.");
    api.schemas.emplace_back("Health", R"({"type":"object","additionalProperties":false,"required":["status"],)"
                                       R"("properties":{"status":{"type":"string"}}})");
    api.endpoints.push_back({.method = http::Method::get,
                             .path = "/healthz",
                             .access = api::Access::open(),
                             .handler = live,
                             .documentation = {.operation_id = "healthz",
                                               .summary = "Whether the process lives",
                                               .description = "Answers on every host, without a look at anything "
                                                              "else. For a supervisor that restarts what hangs.",
                                               .tag = "Health",
                                               .response_schema = "Health"},
                             .any_host = true});
    api.endpoints.push_back(
        {.method = http::Method::get,
         .path = "/readyz",
         .access = api::Access::open(),
         .handler = [&database, &loops, &keys](api::Context&) { return ready(database, loops, keys); },
         .documentation = {.operation_id = "readyz",
                           .summary = "Whether it can serve: it reaches PostgreSQL",
                           .description = "Answers on every host; 503 until every loop reaches "
                                          "PostgreSQL and the signing keys are read. For a load balancer.",
                           .tag = "Health",
                           .response_schema = "Health",
                           .problems = {503}},
         .any_host = true});
}

}  // namespace terrace::app
