#include "platform/db/migrate.hpp"

#include "platform/db/conninfo.hpp"
#include "platform/db/database.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/source_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <thread>

namespace terrace::db {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TestDatabase;

/// An empty database and an empty folder of migrations.
class MigrateTest : public ::testing::Test {
  protected:
    MigrateTest()
        : name(TestDatabase::instance().name() + "_migrate"),
          directory(fs::temp_directory_path() / name),
          options{.admin_url = with_conninfo(TestDatabase::instance().cluster_url(), {{"dbname", name}}),
                  .directory = directory,
                  .app_password = "terrace-test-password",
                  .platform_password = "terrace-test-password",
                  .progress = {}} {
        cluster.run("create database " + name);
        fs::create_directories(directory / "catalog");
        fs::create_directories(directory / "tenant");
        fs::copy_file(testing::source_dir() / "migrations/catalog/0001_roles_and_places.sql",
                      directory / "catalog/0001_roles_and_places.sql");
    }
    ~MigrateTest() override {
        cluster.run("drop database " + name + " with (force)");
        fs::remove_all(directory);
    }

    void file(const std::string& path, const std::string& text) { std::ofstream(directory / path) << text; }
    std::string fault() {
        try {
            migrate(options);
        } catch (const std::exception& caught) {
            return caught.what();
        }
        return "";
    }
    AdminConnection database() const { return AdminConnection(options.admin_url); }
    std::int64_t count(const std::string& from) { return database().run("select count(*) from " + from).integer(0, 0); }

    AdminConnection cluster{TestDatabase::instance().cluster_url()};
    std::string name;
    fs::path directory;
    MigrateOptions options;
};

TEST_F(MigrateTest, AppliesEachFileOnceCatalogFirst) {
    file("catalog/0002_b.sql", "create table catalog.b (id int);");
    file("tenant/0001_a.sql",
         "create table shared.a (tenant_id uuid not null, id int, primary key (tenant_id, id));\n"
         "call catalog.protect_tenant_table('shared.a');");
    EXPECT_THAT(migrate(options),
                ElementsAre("catalog/0001_roles_and_places.sql", "catalog/0002_b.sql", "tenant/0001_a.sql"));
    EXPECT_THAT(migrate(options), IsEmpty());
    file("catalog/0003_c.sql", "create table catalog.c (id int);");
    EXPECT_THAT(migrate(options), ElementsAre("catalog/0003_c.sql"));
    EXPECT_EQ(count("catalog.migration"), 4);
}

TEST_F(MigrateTest, IsTheOwnersWork) {
    migrate(options);
    EXPECT_EQ(count("pg_tables where schemaname in ('catalog', 'shared') and tableowner <> 'terrace_owner'"), 0);
    EXPECT_EQ(count("pg_roles where rolname like 'terrace\\_%' and (rolsuper or rolbypassrls or rolcreaterole)"), 0);
    EXPECT_EQ(count("pg_roles where rolname = 'terrace_owner' and rolcanlogin"), 0);
}

TEST_F(MigrateTest, NamesFileAndLineOfAFaultAndKeepsNothingOfTheFile) {
    file("catalog/0002_b.sql",
         "-- first\ncreate table catalog.b (id int);\n\nselect é,\n  nonsense\nfrom catalog.b;\n");
    EXPECT_THAT(fault(), HasSubstr("catalog/0002_b.sql:4: column"));
    file("catalog/0002_b.sql", "create table catalog.b (id int);\n\nselect 'é',\n  nonsense\nfrom catalog.b;\n");
    EXPECT_THAT(fault(), HasSubstr("catalog/0002_b.sql:4: column \"nonsense\" does not exist"));
    EXPECT_EQ(count("pg_tables where tablename = 'b'"), 0);
    file("catalog/0002_b.sql", "create table catalog.b (id int);\n");
    EXPECT_THAT(migrate(options), ElementsAre("catalog/0002_b.sql"));
}

TEST_F(MigrateTest, RefusesAFileThatChangedAfterItWasApplied) {
    file("catalog/0002_b.sql", "create table catalog.b (id int);");
    migrate(options);
    file("catalog/0002_b.sql", "create table catalog.b (id bigint);");
    EXPECT_THAT(fault(), HasSubstr("catalog/0002_b.sql"));
    EXPECT_THAT(fault(), HasSubstr("has changed since"));
}

TEST_F(MigrateTest, RefusesWhatWouldLeaveTheTransactionOfTheFile) {
    for (const char* text : {"commit", "begin", "rollback", "set role postgres", "reset role", "copy t from stdin"}) {
        file("catalog/0002_b.sql", std::string("create table catalog.b (id int);\n") + text + ";");
        EXPECT_THAT(fault(), HasSubstr("catalog/0002_b.sql:2:")) << text;
    }
    EXPECT_EQ(count("pg_tables where tablename = 'b'"), 0);
}

TEST_F(MigrateTest, RefusesAStatementThatRowLevelSecurityWouldFilter) {
    file("tenant/0001_a.sql",
         "create table shared.a (tenant_id uuid not null, id int, primary key (tenant_id, id));\n"
         "call catalog.protect_tenant_table('shared.a');\n"
         "update shared.a set id = 1;");
    EXPECT_THAT(fault(), HasSubstr("tenant/0001_a.sql:3: query would be affected by row-level security"));
}

TEST_F(MigrateTest, RefusesToProtectATableWithoutTenantId) {
    file("tenant/0001_a.sql",
         "create table shared.a (id int primary key);\n"
         "call catalog.protect_tenant_table('shared.a');");
    EXPECT_THAT(fault(), HasSubstr("tenant/0001_a.sql:2:"));
    file("tenant/0001_a.sql",
         "create table shared.a (tenant_id uuid not null, id int primary key);\n"
         "call catalog.protect_tenant_table('shared.a');");
    EXPECT_THAT(fault(), HasSubstr("a primary key that starts with tenant_id"));
}

TEST_F(MigrateTest, AppliesEachFileOnceWhenRunTwiceAtOnce) {
    for (int number = 2; number < 10; ++number) {
        file("catalog/000" + std::to_string(number) + "_t.sql",
             "create table catalog.t" + std::to_string(number) + " (id int); select pg_sleep(0.02);");
    }
    auto first = std::async(std::launch::async, [this] { return migrate(options).size(); });
    auto second = std::async(std::launch::async, [this] { return migrate(options).size(); });
    const std::size_t by_first = first.get();
    EXPECT_EQ(by_first + second.get(), 9u);
}

TEST_F(MigrateTest, GoesOnWhereItWasKilled) {
    file("catalog/0002_b.sql", "create table catalog.b (id int);");
    file("catalog/0003_c.sql", "create table catalog.c (id int); select pg_sleep(30);");
    auto killed = std::async(std::launch::async, [this] { return fault(); });
    while (cluster
               .run("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1"
                    " and wait_event = 'PgSleep'",
                    Params().add(name))
               .empty()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_THAT(killed.get(), HasSubstr("catalog/0003_c.sql:1:"));
    EXPECT_EQ(count("pg_tables where tablename in ('b', 'c')"), 1);
    file("catalog/0003_c.sql", "create table catalog.c (id int);");
    EXPECT_THAT(migrate(options), ElementsAre("catalog/0003_c.sql"));
}

TEST_F(MigrateTest, TakesFromEveryoneWhatPostgreSqlGrantsByDefault) {
    migrate(options);
    AdminConnection app(
        with_conninfo(options.admin_url, {{"user", "terrace_app"}, {"password", options.app_password}}));
    EXPECT_THROW(app.run("create temporary table t (id int)"), std::runtime_error);
    EXPECT_THROW(app.run("create table public.t (id int)"), std::runtime_error);
    EXPECT_THROW(app.run("create schema mine"), std::runtime_error);
    EXPECT_THROW(app.run("select * from catalog.migration"), std::runtime_error);
    EXPECT_THROW(app.run("set role terrace_owner"), std::runtime_error);
    EXPECT_THROW(app.run("call catalog.protect_tenant_table('shared.tenant_place')"), std::runtime_error);
}

}  // namespace
}  // namespace terrace::db
