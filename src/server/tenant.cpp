#include "platform/tenancy/data/kept_export.hpp"
#include "platform/tenancy/places/clusters.hpp"
#include "platform/tenancy/places/move.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"
#include "server/interruption.hpp"
#include "server/places.hpp"
#include "server/work.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace terrace::server {

namespace asio = boost::asio;

namespace {

db::Rows rows_or_throw(db::DbResult<db::Rows> rows) {
    if (!rows) throw_error(db::to_error(rows.error()));
    return std::move(*rows);
}

asio::awaitable<void> list_tenants(app::Services& services) {
    static const auto& shape = db::shape(
        "select t.slug, t.state, t.isolation, t.name, t.cluster, (select count(*) from catalog.membership m "
        "where m.tenant_id = t.id) from catalog.tenant t order by t.slug");
    const auto rows =
        rows_or_throw(co_await services.database.run(db::PlatformScope("tenant list"), db::UnitKind::read, shape, {}));
    fmt::print("{:<24} {:<13} {:<9} {:<12} {:>7}  {}\n", "SLUG", "STATE", "ISOLATION", "CLUSTER", "MEMBERS", "NAME");
    for (std::size_t row = 0; row < rows.size(); ++row)
        fmt::print("{:<24} {:<13} {:<9} {:<12} {:>7}  {}\n", rows.text(row, 0), rows.text(row, 1), rows.text(row, 2),
                   rows.text(row, 4), rows.text(row, 5), rows.text(row, 3));
}

/// What moves keep of its rows, the newest first.
asio::awaitable<void> show_kept_exports(app::Services& services, Uuid tenant) {
    static const auto& shape = db::shape(
        "select folder, host, source, taken_at, kept_until, row_count, is_of_switch from catalog.tenant_export"
        " where tenant_id = $1 order by taken_at desc");
    const auto rows = rows_or_throw(co_await services.database.run(db::PlatformScope("tenant show"), db::UnitKind::read,
                                                                   shape, db::Params().add(tenant)));
    for (std::size_t row = 0; row < rows.size(); ++row)
        fmt::print("{:<12} {} on {}: {}, of {}, {}; until {}\n", "kept export", rows.text(row, 0), rows.text(row, 1),
                   rows.is_null(row, 5) ? "not whole" : fmt::format("{} rows", rows.integer(row, 5)), rows.text(row, 2),
                   rows.boolean(row, 6) ? "as it moved" : "from before the switch", rows.text(row, 4));
}

asio::awaitable<void> show_tenant(app::Services& services, std::string slug) {
    static const auto& shape = db::shape(
        "select t.id, t.slug, t.name, t.state, t.isolation, t.cluster, coalesce(t.database_name, ''), t.schema_name, "
        "t.epoch, t.time_zone, t.created_at, t.delete_after "
        "from catalog.tenant t where t.slug = $1");
    db::Params params;
    params.add(slug);
    const auto rows = rows_or_throw(
        co_await services.database.run(db::PlatformScope("tenant show"), db::UnitKind::read, shape, std::move(params)));
    if (rows.empty()) throw std::runtime_error(fmt::format("no tenant has the slug {}", slug));
    constexpr const char* names[] = {"id",       "slug",   "name",  "state",     "isolation",  "cluster",
                                     "database", "schema", "epoch", "time zone", "created at", "erased after"};
    for (std::size_t column = 0; column < std::size(names); ++column)
        if (!rows.is_null(0, column)) fmt::print("{:<12} {}\n", names[column], rows.text(0, column));
    co_await show_kept_exports(services, rows.uuid(0, 0));
}

asio::awaitable<void> create(app::Services& services, identity::SignUp form) {
    auto made = value_or_throw(co_await services.identity.registration().run(std::move(form), {}));
    fmt::print("Created {} ({}): {}\n", made.slug, made.tenant.to_string(),
               services.process.config.origin.text(made.slug));
}

void make_spare(Isolation isolation, std::size_t count, const std::string& cluster) {
    const std::size_t made = make_spare_places(load_config(), isolation, count, cluster);
    fmt::print("Made {}: {} of mode {} are spare on {} now.\n", made, count, to_string(isolation), cluster);
}

/// Passwords do not belong on a command line, where every user of the machine reads them.
std::string password_from_environment() {
    const char* password = std::getenv("TERRACE_PASSWORD");
    if (!password) throw std::runtime_error("TERRACE_PASSWORD is not set: it holds the password of the owner");
    return password;
}

}  // namespace

namespace {

void add_spare(CLI::App& tenant) {
    auto* command = tenant.add_subcommand(
        "spare", "Make schemas or databases ahead, for tenants that get one of their own (needs DATABASE_URL)");
    const auto isolation = std::make_shared<std::string>("schema");
    const auto count = std::make_shared<std::size_t>(10);
    command->add_option("--isolation", *isolation, "schema or database")
        ->check(CLI::IsMember({"schema", "database"}))
        ->capture_default_str();
    command->add_option("--count", *count, "How many are to be spare")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
    const auto cluster = std::make_shared<std::string>(tenancy::main_cluster);
    command->add_option("--cluster", *cluster, "Where the databases are made")->capture_default_str();
    command->callback(
        [isolation, count, cluster] { make_spare(isolation_from(*isolation).value(), *count, *cluster); });
}

void move(const std::string& slug, Isolation to, const std::string& cluster) {
    const auto config = load_config();
    listen_for_interruption();
    const auto outcome = tenancy::move_tenant({
        .admin_url = admin_url(config),
        .migrations = migrations_directory(),
        .exports = config.move_exports,
        .slug = slug,
        .to = to,
        .cluster = cluster,
        .progress = [](const std::string& step) { fmt::print("{}\n", step); },
        .cancelled = interrupted,
    });
    const std::string where = cluster.empty() ? "" : " on " + cluster;
    switch (outcome.end) {
        case tenancy::MoveOutcome::End::moved:
            fmt::print("Moved {} to {}{}: {} rows, writes waited {} ms.\n", slug, to_string(to), where, outcome.rows,
                       outcome.writes_waited.count());
            fmt::print("Its rows as they were {} are kept for 7 days in {}.\n",
                       outcome.kept_fault.empty() ? "at the switch" : "before the switch", outcome.kept.string());
            if (!outcome.kept_fault.empty()) fmt::print("They are not of the switch itself: {}\n", outcome.kept_fault);
            return;
        case tenancy::MoveOutcome::End::was_there:
            fmt::print("{} is in mode {}{} already.\n", slug, to_string(to), where);
            return;
        case tenancy::MoveOutcome::End::cancelled:
            fmt::print("Cancelled: {} is where it was.\n", slug);
            throw CLI::RuntimeError(1);
    }
}

void settle(const std::string& slug) {
    tenancy::settle_move({
        .admin_url = admin_url(load_config()),
        .migrations = migrations_directory(),
        .slug = slug,
        .progress = [](const std::string& step) { fmt::print("{}\n", step); },
        .cancelled = {},
    });
    fmt::print("Nothing of {} is cut off now.\n", slug);
}

void add_settle(CLI::App& tenant) {
    auto* command = tenant.add_subcommand(
        "settle", "Finish or undo a move or an import of a tenant that was cut off (needs DATABASE_URL)");
    const auto slug = std::make_shared<std::string>();
    command->add_option("slug", *slug)->required();
    command->callback([slug] { settle(*slug); });
}

void add_prune(CLI::App& tenant) {
    tenant
        .add_subcommand("prune-exports",
                        "Remove what moves kept on this machine more than 7 days ago, as every move and erase-due do "
                        "(needs DATABASE_URL)")
        ->callback([] {
            const auto config = load_config();
            db::AdminConnection installation(admin_url(config));
            fmt::print("Removed {} kept exports.\n", tenancy::prune_kept_exports(installation, config.move_exports));
        });
}

void add_move(CLI::App& tenant) {
    auto* command = tenant.add_subcommand(
        "move",
        "Move a tenant's rows to another mode or cluster while it works; Ctrl-C undoes it (needs DATABASE_URL)");
    const auto slug = std::make_shared<std::string>();
    const auto to = std::make_shared<std::string>();
    command->add_option("slug", *slug)->required();
    command->add_option("--to", *to, "shared, schema or database")
        ->check(CLI::IsMember({"shared", "schema", "database"}))
        ->required();
    const auto cluster = std::make_shared<std::string>();
    command->add_option("--cluster", *cluster, "For a database: where (the one where its database is, else main)");
    command->callback([slug, to, cluster] { move(*slug, isolation_from(*to).value(), *cluster); });
}

}  // namespace

void add_tenant(CLI::App& app) {
    auto* tenant = app.add_subcommand("tenant", "Make, list, show, move, export, import, shut and delete tenants");
    tenant->require_subcommand(1);
    add_spare(*tenant);
    add_move(*tenant);
    add_settle(*tenant);
    add_prune(*tenant);
    add_tenant_data(*tenant);
    add_tenant_life_cycle(*tenant);

    tenant->add_subcommand("list", "All tenants")->callback([] { run_work(load_config(), list_tenants); });

    auto* show_command = tenant->add_subcommand("show", "One tenant");
    const auto slug = std::make_shared<std::string>();
    show_command->add_option("slug", *slug)->required();
    show_command->callback(
        [slug] { run_work(load_config(), [&](app::Services& services) { return show_tenant(services, *slug); }); });

    auto* create_command = tenant->add_subcommand("create", "A new tenant and its owner (password: TERRACE_PASSWORD)");
    const auto form = std::make_shared<identity::SignUp>();
    create_command->add_option("--slug", form->slug, "Its sub-domain")->required();
    create_command->add_option("--name", form->organization_name, "The organisation's name")->required();
    create_command->add_option("--owner-name", form->full_name)->required();
    create_command->add_option("--owner-email", form->email)->required();
    const auto isolation = std::make_shared<std::string>();
    create_command
        ->add_option("--isolation", *isolation, "Where its rows live: shared, schema or database (TERRACE_NEW_TENANTS)")
        ->check(CLI::IsMember({"shared", "schema", "database"}));
    create_command->add_option("--cluster", form->cluster, "Where its database is made")->capture_default_str();
    create_command->callback([form, isolation] {
        form->password = password_from_environment();
        form->isolation = isolation_from(*isolation);
        auto config = load_config();
        make_spare_places(config, form->isolation.value_or(config.new_tenants), 1, form->cluster);
        run_work(std::move(config), [&](app::Services& services) { return create(services, *form); });
    });
}

}  // namespace terrace::server
