#include "platform/api/openapi.hpp"

#include "clinic/product.hpp"
#include "platform/app/offline_api.hpp"
#include "platform/base/json_indent.hpp"
#include "server/commands.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace terrace::server {

void add_openapi(CLI::App& app) {
    app.add_subcommand("openapi", "Print the OpenAPI 3.1 document")->callback([] {
        app::with_api(clinic::product(),
                      [](const api::Api& api) { fmt::print("{}\n", json::indented(api::openapi(api))); });
    });
}

}  // namespace terrace::server
