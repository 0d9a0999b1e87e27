#include "platform/testing/database.hpp"

#include "platform/base/crypto.hpp"
#include "platform/db/conninfo.hpp"
#include "platform/db/migrate.hpp"
#include "platform/testing/source_dir.hpp"

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <utility>

namespace terrace::testing {
namespace {

// Roles belong to the cluster, which several test programs share at once: all must set the same passwords.
constexpr const char* role_password = "terrace-test-password";

std::string cluster_url_from_environment() {
    const char* url = std::getenv("TERRACE_TEST_DATABASE_URL");
    if (!url || !*url) {
        throw std::runtime_error(
            "TERRACE_TEST_DATABASE_URL is not set: name a PostgreSQL cluster for tests by an administrator's URL, or "
            "run bin/test, which makes one");
    }
    return url;
}

/// The port of a pooler in transaction mode beside the cluster's own; empty: there is none (bin/test --pooler).
std::string pooler_port() {
    const char* port = std::getenv("TERRACE_TEST_POOLER");
    return port ? port : "";
}

std::string url_as(const std::string& admin_url, const std::string& role) {
    const std::string url = db::with_conninfo(admin_url, {{"user", role}, {"password", role_password}});
    return pooler_port().empty() ? url : db::with_conninfo(url, {{"port", pooler_port()}});
}

}  // namespace

db::TenantScope ScopeMaker::make(db::Place place) {
    return db::TenantScope(std::make_shared<const db::Place>(std::move(place)));
}

TestDatabase& TestDatabase::instance() {
    static TestDatabase database;
    return database;
}

TestDatabase::TestDatabase()
    : name_("terrace_test_" + crypto::hex(crypto::sha256(Uuid::v7().to_string())).substr(0, 16)),
      cluster_url_(cluster_url_from_environment()),
      admin_url_(db::with_conninfo(cluster_url_, {{"dbname", name_}})),
      app_url_(url_as(admin_url_, "terrace_app")),
      platform_url_(url_as(admin_url_, "terrace_platform")) {
    db::AdminConnection(cluster_url_).run("create database " + name_);
    try {
        db::migrate({.admin_url = admin_url_,
                     .directory = testing::migrations_dir(),
                     .app_password = role_password,
                     .platform_password = role_password,
                     .progress = {}});
    } catch (...) {
        db::AdminConnection(cluster_url_).run("drop database " + name_ + " with (force)");
        throw;
    }
}

TestDatabase::~TestDatabase() {
    try {
        db::AdminConnection(cluster_url_).run("drop database " + name_ + " with (force)");
    } catch (const std::exception& fault) {
        std::cerr << "the test database " << name_ << " was left behind: " << fault.what() << '\n';
    }
}

db::DatabaseOptions TestDatabase::options() const {
    db::DatabaseOptions options;
    options.app_url = app_url_;
    options.platform_url = platform_url_;
    options.unnamed_statements = !pooler_port().empty();
    options.point_read_lanes = options.read_lanes = options.platform_lanes = options.leases = 1;
    options.write_lanes = 2;
    // A machine with much else to do is no fault. Tests of deadlines set their own.
    options.queue_deadline = options.connect_timeout = options.outage_patience = std::chrono::seconds(20);
    options.point_read_timeout = options.write_timeout = options.statement_timeout;
    return options;
}

db::AdminConnection& TestDatabase::kept() {
    if (!kept_) kept_.emplace(admin_url_);
    return *kept_;
}

db::Rows TestDatabase::run(const std::string& sql, const db::Params& params) {
    try {
        return kept().run(sql, params);
    } catch (const std::runtime_error&) {  // one that was refused is refused again
        kept_.emplace(admin_url_);
        return kept_->run(sql, params);
    }
}

db::TenantScope TestDatabase::tenant() {
    db::Place place;
    place.tenant = Uuid::v7();
    place.epoch = 1;
    run("insert into shared.tenant_place (tenant_id, epoch) values ($1, 1)", db::Params().add(place.tenant));
    return ScopeMaker::make(std::move(place));
}

}  // namespace terrace::testing
