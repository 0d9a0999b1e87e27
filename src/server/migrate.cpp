#include "platform/db/migrate.hpp"

#include "platform/tenancy/places/migrate_places.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"
#include "server/interruption.hpp"
#include "server/progress.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <ranges>

namespace terrace::server {

namespace {

struct Arguments {
    unsigned jobs = 2;
    std::size_t canaries = 1;
};

void migrate_shared(const Config& config) {
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

void tell_unreachable(const tenancy::MigratePlacesOutcome& outcome) {
    for (const auto& fault : outcome.unreachable | std::views::values) fmt::print("{}\n", fault);
    if (outcome.out_of_reach > 0) fmt::print("{} places there are left for the next run.\n", outcome.out_of_reach);
}

/// Ctrl-C ends it after the places that are under way; what is left is the next run's.
void migrate_places(const Config& config, const Arguments& arguments) {
    listen_for_interruption();
    Progress progress("places");
    const auto outcome = tenancy::migrate_places({
        .admin_url = admin_url(config),
        .directory = migrations_directory(),
        .app_password = config.role_password("terrace_app"),
        .platform_password = config.role_password("terrace_platform"),
        .jobs = arguments.jobs,
        .canaries = arguments.canaries,
        .paused = interrupted,
        .progress =
            [&](std::size_t done, std::size_t of, const std::string& place, const std::string& fault) {
                if (!fault.empty()) progress.say(fmt::format("{} failed: {}", place, fault));
                progress.show(done, of);
            },
    });
    tell_unreachable(outcome);
    if (outcome.pending == 0 && outcome.unreachable.empty()) return;
    const std::size_t left = outcome.pending - outcome.migrated - outcome.failed.size();
    if (outcome.pending > 0)
        fmt::print("Migrated {} of {} places of one tenant each, {} failed, {} are left.\n", outcome.migrated,
                   outcome.pending, outcome.failed.size(), left);
    if (outcome.stopped && interrupted()) fmt::print("Paused: `terrace migrate` goes on from here.\n");
    if (outcome.stopped && !interrupted())
        fmt::print("Stopped, since one of the first failed: the others are untouched.\n");
    if (!outcome.failed.empty() || left > 0 || outcome.out_of_reach > 0) throw CLI::RuntimeError(1);
}

}  // namespace

void add_migrate(CLI::App& app) {
    auto* command =
        app.add_subcommand("migrate", "Make the roles and bring the database up to date (needs DATABASE_URL)");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("--jobs", arguments->jobs, "Places of one tenant each that are migrated at a time")
        ->check(CLI::Range(1U, 64U))
        ->capture_default_str();
    command->add_option("--canary", arguments->canaries, "So many of them go first; a failure stops before the others")
        ->capture_default_str();
    command->callback([arguments] {
        const auto config = load_config();
        migrate_shared(config);
        migrate_places(config, *arguments);
    });
}

}  // namespace terrace::server
