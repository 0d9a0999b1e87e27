#include "clinic/product.hpp"
#include "platform/api/openapi.hpp"
#include "platform/app/offline_api.hpp"
#include "server/commands.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

namespace terrace::server {

void add_routes(CLI::App& app) {
    auto* command = app.add_subcommand("routes", "Print every route with who may call it");
    const auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "As JSON, for tests and tools");
    command->callback([json] {
        app::with_api(clinic::product(), [&](const api::Api& api) {
            fmt::print("{}\n", *json ? api::routes_json(api) : api::routes_text(api));
        });
    });
}

}  // namespace terrace::server
