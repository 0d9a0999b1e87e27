#include "platform/tenancy/data/kept_export.hpp"
#include "platform/tenancy/life_cycle/certificate.hpp"
#include "platform/tenancy/life_cycle/change_state.hpp"
#include "platform/tenancy/life_cycle/erase.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <vector>

namespace terrace::server {

namespace {

using tenancy::TenantState;

struct ActArguments {
    std::string slug;
    std::string actor;
    std::string reason;
    bool now = false;
    bool yes = false;
};

/// Of the person at the terminal, not of the administrator they have become.
std::string operator_name() {
    if (const char* name = std::getenv("SUDO_USER"); name && *name) return name;
    if (const passwd* user = getpwuid(getuid())) return user->pw_name;
    return fmt::format("uid {}", getuid());
}

tenancy::TenantAct act_of(const ActArguments& arguments) {
    return {.admin_url = admin_url(load_config()),
            .migrations = migrations_directory(),
            .slug = arguments.slug,
            .actor = arguments.actor.empty() ? operator_name() : arguments.actor,
            .reason = arguments.reason,
            .progress = [](const std::string& step) { fmt::print("{}\n", step); }};
}

void change(const ActArguments& arguments, TenantState to) {
    const auto changed = tenancy::change_state(act_of(arguments), to);
    fmt::print("{} {} {}.\n", arguments.slug, changed.before == to ? "was already" : "is now", to_string(to));
}

/// Nobody's slip of the keyboard deletes an organisation.
void ask_for_slug(const ActArguments& arguments) {
    if (arguments.yes) return;
    if (!isatty(STDIN_FILENO))
        throw std::runtime_error("nobody is at a terminal to type the slug again: --yes says that you mean it");
    fmt::print("This deletes {}{}. Type its slug to go on: ", arguments.slug,
               arguments.now ? " at once and for good" : "; it can come back for 30 days");
    std::fflush(stdout);
    std::string typed;
    std::getline(std::cin, typed);
    if (typed != arguments.slug) throw std::runtime_error("that is not its slug: nothing was done");
}

void erase(const tenancy::TenantAct& act, tenancy::EraseWhen when) {
    const auto erased = tenancy::erase_tenant(act, when);
    fmt::print("Erased {}: {} rows, {} persons. `terrace tenant certificate {}` shows what.\n", act.slug, erased.rows,
               erased.persons, act.slug);
    if (erased.exports_elsewhere > 0)
        fmt::print("{} exports that moves had kept lie on other machines: `terrace tenant prune-exports` there.\n",
                   erased.exports_elsewhere);
}

void remove(const ActArguments& arguments) {
    ask_for_slug(arguments);
    const auto act = act_of(arguments);
    const auto changed = tenancy::change_state(act, TenantState::deleting);
    if (arguments.now) return erase(act, tenancy::EraseWhen::now);
    fmt::print("{} {} being deleted. Until {} `terrace tenant reactivate {}` brings it back.\n", act.slug,
               changed.before == TenantState::deleting ? "was already" : "is now", changed.delete_after, act.slug);
}

/// One that fails stops no other.
void erase_due(ActArguments arguments) {
    bool failed = false;
    for (auto& slug : tenancy::due_tenants(admin_url(load_config()))) {
        arguments.slug = std::move(slug);
        try {
            erase(act_of(arguments), tenancy::EraseWhen::when_due);
        } catch (const std::exception& fault) {
            fmt::print(stderr, "terrace: {}: {}\n", arguments.slug, fault.what());
            failed = true;
        }
    }
    const auto config = load_config();
    db::AdminConnection installation(admin_url(config));
    tenancy::prune_kept_exports(installation, config.move_exports);
    if (failed) throw CLI::RuntimeError(1);
}

void print_certificates(const std::string& slug_or_id) {
    db::AdminConnection installation(admin_url(load_config()));
    const auto certificates = tenancy::find_certificates(installation, slug_or_id);
    if (certificates.empty()) throw std::runtime_error(fmt::format("no certificate is of {}", slug_or_id));
    for (const auto& certificate : certificates) fmt::print("{}\n", certificate);
}

std::shared_ptr<ActArguments> add_act_options(CLI::App& command) {
    auto arguments = std::make_shared<ActArguments>();
    command.add_option("--by", arguments->actor, "Who does it, for the record (the user of this terminal)");
    command.add_option("--reason", arguments->reason, "For the record, which outlives the tenant: names of no persons")
        ->check([](const std::string& text) { return text.size() <= 500 ? "" : "at most 500 bytes"; }, "TEXT");
    return arguments;
}

void add_change(CLI::App& tenant, const char* name, const char* what, TenantState to) {
    auto* command = tenant.add_subcommand(name, what);
    auto arguments = add_act_options(*command);
    command->add_option("slug", arguments->slug)->required();
    command->callback([arguments = std::move(arguments), to] { change(*arguments, to); });
}

void add_delete(CLI::App& tenant) {
    auto* command = tenant.add_subcommand(
        "delete", "Shut a tenant and erase it after 30 days, in which it can come back (needs DATABASE_URL)");
    auto arguments = add_act_options(*command);
    command->add_option("slug", arguments->slug)->required();
    command->add_flag("--now", arguments->now, "Erase it at once: nothing brings it back");
    command->add_flag("--yes", arguments->yes, "Do not ask for its slug to be typed again");
    command->callback([arguments = std::move(arguments)] { remove(*arguments); });
}

}  // namespace

void add_tenant_life_cycle(CLI::App& tenant) {
    add_change(tenant, "suspend", "Keep everybody out of a tenant (needs DATABASE_URL)", TenantState::suspended);
    add_change(tenant, "read-only", "Let a tenant be read and not changed (needs DATABASE_URL)",
               TenantState::read_only);
    add_change(tenant, "reactivate", "Open a tenant that is shut, read-only or being deleted (needs DATABASE_URL)",
               TenantState::active);
    add_delete(tenant);

    auto* due = tenant.add_subcommand(
        "erase-due",
        "Erase tenants whose 30 days are over, or whose erasure was cut off, and exports that moves kept for 7 days; "
        "for a daily timer (needs DATABASE_URL)");
    auto arguments = add_act_options(*due);
    due->callback([arguments = std::move(arguments)] { erase_due(*arguments); });

    auto* certificate =
        tenant.add_subcommand("certificate", "What was erased of a tenant, as JSON (needs DATABASE_URL)");
    const auto slug_or_id = std::make_shared<std::string>();
    certificate->add_option("slug_or_id", *slug_or_id, "The slug that it had, or its id")->required();
    certificate->callback([slug_or_id] { print_certificates(*slug_or_id); });
}

}  // namespace terrace::server
