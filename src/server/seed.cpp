#include "clinic/demo.hpp"
#include "platform/base/json.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"
#include "server/places.hpp"
#include "server/work.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

namespace terrace::server {

namespace asio = boost::asio;

namespace {

/// Everybody in the demo clinics signs in with it; the command refuses to run in production.
constexpr std::string_view demo_password = "quiet-ledger-2026";

struct DemoTenant {
    tenancy::TenantPtr tenant;
    clinic::DemoClinic clinic;
};

/// Whether there is a clinic that is none of the demo's: of those the owner has a certain e-mail, too.
asio::awaitable<bool> has_other_clinics(app::Services& services) {
    static const auto& shape = db::shape(
        "select exists (select from catalog.tenant t where not exists (select from catalog.membership m "
        "join catalog.user_account u on u.id = m.user_id where m.tenant_id = t.id and m.role_slug = 'owner' "
        "and (t.slug, u.email) in (select * from unnest($1::text[], $2::text[]))))");
    std::string slugs, owners;
    for (const auto& clinic : clinic::demo_clinics()) {
        const std::string_view comma = slugs.empty() ? "" : ",";
        slugs.append(comma).append(clinic.slug);
        owners.append(comma).append(clinic.people.front().email);
    }
    const auto rows = co_await services.database.run(
        db::PlatformScope("seed"), db::UnitKind::read, shape,
        db::Params().add(fmt::format("{{{}}}", slugs)).add(fmt::format("{{{}}}", owners)));
    if (!rows) throw_error(db::to_error(rows.error()));
    co_return rows->boolean(0, 0);
}

/// Whether the demo's password lets the person into the clinic, in the role of the demo.
asio::awaitable<bool> is_let_in(app::Services& services, const clinic::DemoClinic& clinic,
                                const clinic::DemoPerson& person) {
    auto& accounts = services.identity.accounts();
    const auto known = value_or_throw(co_await accounts.find_by_email(person.email));
    if (!known) co_return false;
    const auto profile = value_or_throw(co_await accounts.profile(known->account.id));
    if (!profile || std::ranges::none_of(profile->belongings, [&](const identity::Belonging& belonging) {
            return belonging.slug == clinic.slug && belonging.role_slug == person.role;
        }))
        co_return false;
    auto& passwords = services.process.identity.passwords;
    co_return value_or_throw(co_await passwords.verify(std::string(demo_password), known->password_hash));
}

/// nullptr when it is not there, or not the demo owner's any more.
asio::awaitable<tenancy::TenantPtr> find_tenant(app::Services& services, const clinic::DemoClinic& clinic) {
    auto tenant = value_or_throw(co_await services.directory.by_slug(clinic.slug));
    if (!tenant || !tenant->open()) co_return nullptr;
    if (!co_await is_let_in(services, clinic, clinic.people.front())) co_return nullptr;
    co_return tenant;
}

/// The clinic with those of its people who can sign in.
asio::awaitable<std::optional<DemoTenant>> find_clinic(app::Services& services, clinic::DemoClinic clinic) {
    auto tenant = co_await find_tenant(services, clinic);
    if (!tenant) co_return std::nullopt;
    std::vector<clinic::DemoPerson> people;
    for (const auto& person : clinic.people)
        if (co_await is_let_in(services, clinic, person)) people.push_back(person);
    clinic.people = std::move(people);
    co_return DemoTenant{std::move(tenant), std::move(clinic)};
}

/// Makes the clinic, or what is missing of it: another seed may have been cut off anywhere. Leaves one that somebody
/// has made his own, by its name or by another password of its owner.
asio::awaitable<void> make_clinic(app::Services& services, const clinic::DemoClinic& clinic) {
    auto& registration = services.identity.registration();
    const auto& owner = clinic.people.front();
    const auto registered = co_await registration.run({.organization_name = clinic.name,
                                                       .slug = clinic.slug,
                                                       .full_name = owner.full_name,
                                                       .email = owner.email,
                                                       .password = std::string(demo_password)},
                                                      {});
    if (!registered && registered.error().code != "slug_taken" && registered.error().code != "account_exists")
        throw_error(registered.error());
    const auto tenant = co_await find_tenant(services, clinic);
    if (!tenant || tenant->state != tenancy::TenantState::active) {
        fmt::print("{}: left as it is\n", clinic.name);
        co_return;
    }
    for (const auto& person : clinic.people)
        if (&person != &owner)
            value_or_throw(co_await registration.add_member(tenant->id, person.email, person.full_name,
                                                            std::string(demo_password), person.role));
    const auto patients = value_or_throw(
        co_await clinic::seed_demo({.database = services.database, .root_secret = services.process.config.secret},
                                   {.tenant = tenant,
                                    .scope = tenancy::Directory::scope(*tenant),
                                    .client_address = "127.0.0.1",
                                    .request_id = "seed"},
                                   clinic));
    fmt::print("{}: {} people, {} new patients\n", clinic.name, clinic.people.size(), patients);
}

/// `$TERRACE_HOME/demo.json`, which scripts and tests read.
void write_demo_file(const Config& config, const std::vector<DemoTenant>& clinics) {
    std::string text;
    json::Writer out(text);
    out.begin_object()
        .member("origin", config.origin.text())
        .member("api", fmt::format("http://{}:{}", config.bind_address, config.api_port))
        .key("gateway")
        .null();
    out.key("tenants").begin_array();
    for (const auto& [tenant, clinic] : clinics) {
        out.begin_object()
            .member("id", tenant->id.to_string())
            .member("slug", clinic.slug)
            .member("name", clinic.name)
            .member("isolation", to_string(tenant->place->isolation))
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
    if (co_await has_other_clinics(services))
        fmt::print("There are other clinics here: no demo clinic is made or changed\n");
    else
        for (const auto& clinic : clinic::demo_clinics()) co_await make_clinic(services, clinic);
    std::vector<DemoTenant> found;
    for (const auto& clinic : clinic::demo_clinics())
        if (auto tenant = co_await find_clinic(services, clinic)) found.push_back(*std::move(tenant));
    if (!found.empty()) write_demo_file(services.process.config, found);
}

}  // namespace

void add_seed(CLI::App& app) {
    auto* command = app.add_subcommand(
        "seed", "Make the demo clinics, or what is missing of them, where there are no others; writes demo.json");
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
