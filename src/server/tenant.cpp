#include "server/commands.hpp"
#include "server/environment.hpp"
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
        "select t.slug, t.state, t.isolation, t.name, (select count(*) from catalog.membership m "
        "where m.tenant_id = t.id) from catalog.tenant t order by t.slug");
    const auto rows =
        rows_or_throw(co_await services.database.run(db::PlatformScope("tenant list"), db::UnitKind::read, shape, {}));
    fmt::print("{:<24} {:<13} {:<9} {:>7}  {}\n", "SLUG", "STATE", "ISOLATION", "MEMBERS", "NAME");
    for (std::size_t row = 0; row < rows.size(); ++row)
        fmt::print("{:<24} {:<13} {:<9} {:>7}  {}\n", rows.text(row, 0), rows.text(row, 1), rows.text(row, 2),
                   rows.text(row, 4), rows.text(row, 3));
}

asio::awaitable<void> show_tenant(app::Services& services, std::string slug) {
    static const auto& shape = db::shape(
        "select t.id, t.slug, t.name, t.state, t.isolation, t.schema_name, t.epoch, t.time_zone, t.created_at "
        "from catalog.tenant t where t.slug = $1");
    db::Params params;
    params.add(slug);
    const auto rows = rows_or_throw(
        co_await services.database.run(db::PlatformScope("tenant show"), db::UnitKind::read, shape, std::move(params)));
    if (rows.empty()) throw std::runtime_error(fmt::format("no tenant has the slug {}", slug));
    constexpr const char* names[] = {"id",     "slug",  "name",      "state",     "isolation",
                                     "schema", "epoch", "time zone", "created at"};
    for (std::size_t column = 0; column < std::size(names); ++column)
        fmt::print("{:<11} {}\n", names[column], rows.text(0, column));
}

asio::awaitable<void> create(app::Services& services, identity::SignUp form) {
    auto made = value_or_throw(co_await services.identity.registration().run(std::move(form), {}));
    fmt::print("Created {} ({}): {}\n", made.slug, made.tenant.to_string(),
               services.process.config.origin.text(made.slug));
}

/// Passwords do not belong on a command line, where every user of the machine reads them.
std::string password_from_environment() {
    const char* password = std::getenv("TERRACE_PASSWORD");
    if (!password) throw std::runtime_error("TERRACE_PASSWORD is not set: it holds the password of the owner");
    return password;
}

}  // namespace

void add_tenant(CLI::App& app) {
    auto* tenant = app.add_subcommand("tenant", "Make, list and show tenants");
    tenant->require_subcommand(1);

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
    create_command->callback([form] {
        form->password = password_from_environment();
        run_work(load_config(), [&](app::Services& services) { return create(services, *form); });
    });
}

}  // namespace terrace::server
