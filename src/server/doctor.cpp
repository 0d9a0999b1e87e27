#include "platform/app/database_urls.hpp"
#include "platform/db/self_check.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace terrace::server {

namespace {

void doctor() {
    const auto config = load_config();
    const auto options = app::database_options(config);
    const auto findings = db::self_check(options.app_url, options.platform_url);
    for (const auto& finding : findings) fmt::print("✗ {}\n  mend: {}\n", finding.problem, finding.mend);
    if (findings.empty()) {
        fmt::print(
            "✓ The wall between tenants stands: roles, tables, policies, keys and grants are as they must be.\n");
        return;
    }
    throw CLI::RuntimeError(1);
}

}  // namespace

void add_doctor(CLI::App& app) {
    app.add_subcommand("doctor", "Check the wall between tenants and print what mends it; exit code 1 on a finding")
        ->callback(doctor);
}

}  // namespace terrace::server
