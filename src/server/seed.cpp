#include "clinic/demo.hpp"
#include "platform/base/json.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"
#include "server/places.hpp"
#include "server/work.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <vector>

namespace terrace::server {

namespace asio = boost::asio;

namespace {

/// Everybody in the demo clinics signs in with it; the command refuses to run in production.
constexpr std::string_view demo_password = "quiet-ledger-2026";

struct SeededClinic {
    Uuid tenant;
    Isolation isolation;
    clinic::DemoClinic clinic;
};

asio::awaitable<SeededClinic> seed_clinic(app::Services& services, clinic::DemoClinic clinic) {
    auto& registration = services.identity.registration();
    const auto& owner = clinic.people.front();
    const auto registered = value_or_throw(co_await registration.run({.organization_name = clinic.name,
                                                                      .slug = clinic.slug,
                                                                      .full_name = owner.full_name,
                                                                      .email = owner.email,
                                                                      .password = std::string(demo_password)},
                                                                     {}));
    for (const auto& person : clinic.people)
        if (&person != &owner)
            value_or_throw(co_await registration.add_member(registered.tenant, person.email, person.full_name,
                                                            std::string(demo_password), person.role));

    const auto tenant = value_or_throw(co_await services.directory.by_id(registered.tenant));
    if (!tenant) throw std::runtime_error(fmt::format("{} is not active after its sign-up", clinic.slug));
    const auto patients = value_or_throw(
        co_await clinic::seed_demo({.database = services.database, .root_secret = services.process.config.secret},
                                   {.tenant = tenant,
                                    .scope = tenancy::Directory::scope(*tenant),
                                    .client_address = "127.0.0.1",
                                    .request_id = "seed"},
                                   clinic));
    fmt::print("{}: {} people, {} patients\n", clinic.name, clinic.people.size(), patients);
    co_return SeededClinic{registered.tenant, tenant->place->isolation, std::move(clinic)};
}

/// `$TERRACE_HOME/demo.json`, which scripts and tests read.
void write_demo_file(const Config& config, const std::vector<SeededClinic>& clinics) {
    std::string text;
    json::Writer out(text);
    out.begin_object()
        .member("origin", config.origin.text())
        .member("api", fmt::format("http://{}:{}", config.bind_address, config.api_port))
        .key("gateway")
        .null();
    out.key("tenants").begin_array();
    for (const auto& [tenant, isolation, clinic] : clinics) {
        out.begin_object()
            .member("id", tenant.to_string())
            .member("slug", clinic.slug)
            .member("name", clinic.name)
            .member("isolation", to_string(isolation))
            .key("plan")
            .null();
        out.key("users").begin_array();
        for (const auto& person : clinic.people)
            out.begin_object()
                .member("email", person.email)
                .member("password", demo_password)
                .member("role", person.role)
                .end_object();
        out.end_array().end_object();
    }
    out.end_array().end_object();

    const std::filesystem::path home = config.home;
    const auto partial = home / "demo.json.partial";
    std::ofstream(partial) << text << '\n';
    std::filesystem::rename(partial, home / "demo.json");
}

asio::awaitable<void> seed(app::Services& services) {
    std::vector<SeededClinic> clinics;
    for (const auto& clinic : clinic::demo_clinics()) clinics.push_back(co_await seed_clinic(services, clinic));
    write_demo_file(services.process.config, clinics);
}

}  // namespace

void add_seed(CLI::App& app) {
    auto* command = app.add_subcommand("seed", "Fill an empty installation with demo clinics; writes demo.json");
    const auto size = std::make_shared<std::string>("S");
    command->add_option("--demo", *size, "none, or S: three clinics")->check(CLI::IsMember({"none", "S"}));
    command->callback([size] {
        if (*size == "none") return;
        auto config = load_config();
        if (config.production()) throw std::runtime_error("demo clinics have a known password: not in production");
        if (config.home.empty()) throw std::runtime_error("TERRACE_HOME is not set: where does demo.json go?");
        make_spare_places(config, config.new_tenants, clinic::demo_clinics().size());
        run_work(std::move(config), seed);
    });
}

}  // namespace terrace::server
