#include "platform/harness/server.hpp"

#include "platform/base/clock.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/conninfo.hpp"
#include "platform/tenancy/places/move.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/source_dir.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

namespace terrace::harness {

namespace {

constexpr std::chrono::seconds ready_within{30};

/// What bin/test --isolation-mode asks for.
std::string wanted_mode() {
    const char* mode = std::getenv("TERRACE_TEST_ISOLATION");
    return mode ? mode : "shared";
}

Config test_config(const std::function<void(Config&)>& change) {
    Config config;
    config.origin = {.scheme = "http", .base_domain = "localhost", .port = 8000};
    config.secret = "a secret of the tests, forty characters long";
    config.trusted_proxies = {"127.0.0.0/8"};
    config.api_port = 0;
    config.threads = 2;
    config.new_tenants = isolation_from(wanted_mode()).value_or(Isolation::shared);
    config.cheap_password_hashes = true;
    config.throttle = {
        .failures_per_account_and_address = 1000, .failures_per_address = 1000, .sign_ups_per_address = 1000};
    if (change) change(config);
    return config;
}

db::DatabaseOptions test_options(const std::function<void(db::DatabaseOptions&)>& change) {
    db::DatabaseOptions options = testing::TestDatabase::instance().options();
    options.own_database_url = [](const db::Place& place) {
        return db::with_conninfo(testing::TestDatabase::instance().app_url(), {{"dbname", place.database}});
    };
    if (change) change(options);
    return options;
}

/// What moves keep of the rows that they take away: of nobody's interest here, so gone with the process.
const std::filesystem::path& move_exports() {
    struct Folder {
        std::filesystem::path path =
            std::filesystem::temp_directory_path() / ("terrace-moves-" + Uuid::v7().to_string());
        Folder() { std::filesystem::create_directory(path); }
        ~Folder() {
            std::error_code ignored;
            std::filesystem::remove_all(path, ignored);
        }
    };
    static const Folder folder;
    return folder.path;
}

void move(const std::string& slug, Isolation to) {
    tenancy::move_tenant({.admin_url = testing::TestDatabase::instance().admin_url(),
                          .migrations = testing::migrations_dir(),
                          .exports = move_exports(),
                          .slug = slug,
                          .to = to,
                          .progress = {},
                          .cancelled = {}});
}

/// Polls what a probe polls.
void wait_until_ready(Client client) {
    const auto end = Clock::now() + ready_within;
    while (client.get("/readyz").status != 200) {
        if (Clock::now() > end) throw std::runtime_error("the server did not become ready");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

}  // namespace

TestServer::TestServer(app::Product product, const std::function<void(Config&)>& change,
                       const std::function<void(db::DatabaseOptions&)>& change_database)
    : process_(test_config(change), std::move(product), test_options(change_database)),
      server_(app::make_server(process_)) {
    server_.start();
    wait_until_ready(client());
    exchanges_ = testing::Exchanges::of([&] { return client().get("/api/v1/openapi.json").body; });
}

TestServer::~TestServer() {
    server_.stop();
}

Client TestServer::client() const {
    Client client(port());
    client.set("Host", "localhost:8000").record(exchanges_);
    return client;
}

Client TestServer::client(const std::string& slug) const {
    Client client(port());
    client.set("Host", slug + ".localhost:8000").record(exchanges_);
    return client;
}

TestServer::Organization TestServer::sign_up() {
    // The end of a version 7 id is random, so names do not meet.
    const auto unique = Uuid::v7().to_string().substr(24);
    Organization made{.slug = "t" + unique,
                      .owner_email = fmt::format("owner@{}.example", unique),
                      .password = "correct horse battery"};
    made.id = register_organization(made);
    constexpr Isolation in_turn[] = {Isolation::shared, Isolation::schema, Isolation::database};
    if (wanted_mode() == "mixed") move(made.slug, in_turn[organizations_++ % std::size(in_turn)]);
    made.access_token =
        client()
            .post("/api/v1/auth/token",
                  fmt::format(R"({{"grant_type":"password","email":"{}","password":"{}","tenant":"{}"}})",
                              made.owner_email, made.password, made.slug))
            .text("access_token");
    return made;
}

std::string TestServer::register_organization(const Organization& wanted) {
    const Isolation mode = process_.config.new_tenants;
    if (mode != Isolation::shared) tenancy::TestPlaces::maker().fill(mode, 1);
    const auto registered = client().post(
        "/api/v1/auth/register",
        fmt::format(
            R"({{"organization_name":"Test {0}","slug":"{0}","full_name":"Tara Owner","email":"{1}","password":"{2}"}})",
            wanted.slug, wanted.owner_email, wanted.password));
    if (registered.status != 201) throw std::runtime_error("sign-up failed: " + registered.body);
    return registered.text("tenant.id");
}

Client TestServer::owner(const Organization& organization) const {
    auto client = this->client(organization.slug);
    client.set("Authorization", "Bearer " + organization.access_token);
    return client;
}

}  // namespace terrace::harness
