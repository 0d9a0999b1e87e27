#include "platform/tenancy/places/cluster_list.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

namespace terrace::server {

namespace {

void add(tenancy::NewCluster cluster) {
    const auto config = load_config();
    cluster.admin_url = admin_url(config);
    cluster.app_password = config.role_password("terrace_app");
    cluster.platform_password = config.role_password("terrace_platform");
    tenancy::add_cluster(cluster);
    fmt::print("Added {}: `terrace tenant move SLUG --to database --cluster {}` moves a tenant there.\n", cluster.name,
               cluster.name);
}

/// Exit code 1 when one cannot be reached.
void list() {
    bool away = false;
    fmt::print("{:<16} {:<28} {:<28} {:>9} {:>6} {:>7}  {}\n", "NAME", "SERVERS", "COMMANDS", "DATABASES", "SPARE",
               "TENANTS", "REACHED");
    for (const auto& cluster : tenancy::list_clusters(admin_url(load_config()))) {
        fmt::print("{:<16} {:<28} {:<28} {:>9} {:>6} {:>7}  {}\n", cluster.name, cluster.url_reference,
                   cluster.admin_reference.empty() ? "the same" : cluster.admin_reference, cluster.databases,
                   cluster.spare, cluster.tenants, cluster.fault.empty() ? "yes" : "no: " + cluster.fault);
        away |= !cluster.fault.empty();
    }
    if (away) throw CLI::RuntimeError(1);
}

}  // namespace

void add_cluster(CLI::App& app) {
    auto* cluster = app.add_subcommand("cluster", "More PostgreSQL clusters for databases of one tenant each");
    cluster->require_subcommand(1);

    auto* add_command = cluster->add_subcommand(
        "add", "Reach a cluster, make the roles there and record where it is found (needs DATABASE_URL)");
    const auto made = std::make_shared<tenancy::NewCluster>();
    add_command->add_option("name", made->name)->required();
    add_command
        ->add_option("--url-reference", made->url_reference,
                     "Where servers find its URL: env:NAME or file:/path. They sign in as terrace_app")
        ->required();
    add_command->add_option("--admin-reference", made->admin_reference,
                            "Where commands find an administrator's URL of it (the same reference)");
    add_command->callback([made] { add(*made); });

    cluster->add_subcommand("list", "All of them, whether each can be reached and what is on it (needs DATABASE_URL)")
        ->callback(list);

    auto* remove_command = cluster->add_subcommand(
        "remove", "Forget a cluster on which no tenant is, and drop its spare databases (needs DATABASE_URL)");
    const auto name = std::make_shared<std::string>();
    remove_command->add_option("name", *name)->required();
    remove_command->callback([name] {
        tenancy::remove_cluster(admin_url(load_config()), *name);
        fmt::print("Removed {}.\n", *name);
    });
}

}  // namespace terrace::server
