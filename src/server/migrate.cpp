#include "platform/db/migrate.hpp"

#include "server/commands.hpp"
#include "server/environment.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace terrace::server {

namespace {

void migrate() {
    const auto config = load_config();
    const auto applied = db::migrate({
        .admin_url = admin_url(config),
        .directory = migrations_directory(),
        .app_password = config.role_password("terrace_app"),
        .platform_password = config.role_password("terrace_platform"),
        .progress = [](const std::string& line) { fmt::print("{}\n", line); },
    });
    fmt::print("{}\n", applied.empty() ? "Nothing to apply: the database is up to date."
                                       : fmt::format("Applied {} migrations.", applied.size()));
}

}  // namespace

void add_migrate(CLI::App& app) {
    app.add_subcommand("migrate", "Make the roles and bring the database up to date (needs DATABASE_URL)")
        ->callback(migrate);
}

}  // namespace terrace::server
