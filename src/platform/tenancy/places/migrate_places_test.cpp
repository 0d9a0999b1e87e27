#include "platform/tenancy/places/migrate_places.hpp"

#include "platform/db/conninfo.hpp"
#include "platform/db/migrate.hpp"
#include "platform/tenancy/places/place_maker.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/source_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::TestDatabase;

/// An installation of its own, with one tenant table and two spare places; then a migration comes.
class MigratePlacesTest : public ::testing::Test {
  protected:
    MigratePlacesTest()
        : name(TestDatabase::instance().name() + "_places"),
          directory(fs::temp_directory_path() / name),
          url(db::with_conninfo(TestDatabase::instance().cluster_url(), {{"dbname", name}})) {
        cluster.run("create database " + name);
        fs::create_directories(directory / "catalog");
        fs::create_directories(directory / "tenant");
        for (const auto& file : fs::directory_iterator(testing::source_dir() / "migrations/catalog"))
            fs::copy_file(file.path(), directory / "catalog" / file.path().filename());
        write("0001_a",
              "create table shared.a (tenant_id uuid not null, id int, primary key (tenant_id, id));\n"
              "call catalog.protect_tenant_table('shared.a');");
        migrate_shared();
    }
    ~MigratePlacesTest() override {
        const auto places = admin().run("select name from catalog.place where isolation = 'database'");
        for (std::size_t row = 0; row < places.size(); ++row)
            cluster.run("drop database if exists " + std::string(places.text(row, 0)) + " with (force)");
        cluster.run("drop database " + name + " with (force)");
        fs::remove_all(directory);
    }

    void write(const std::string& file, const std::string& text) const {
        std::ofstream(directory / "tenant" / (file + ".sql")) << text;
    }
    void migrate_shared() const {
        db::migrate({.admin_url = url,
                     .directory = directory,
                     .app_password = "terrace-test-password",
                     .platform_password = "terrace-test-password",
                     .progress = {}});
    }
    void make(Isolation isolation, std::size_t count) const { PlaceMaker(url, directory).fill(isolation, count); }
    MigratePlacesOutcome migrate(MigratePlacesOptions options = {}) const {
        migrate_shared();
        options.admin_url = url;
        options.directory = directory;
        return migrate_places(options);
    }
    db::AdminConnection admin() const { return db::AdminConnection(url); }
    std::string text(const std::string& query) const { return std::string(admin().run(query).text(0, 0)); }
    std::int64_t alike() const {
        return admin().run("select count(distinct fingerprint) from catalog.place").integer(0, 0);
    }

    db::AdminConnection cluster{TestDatabase::instance().cluster_url()};
    std::string name;
    fs::path directory;
    std::string url;
};

TEST_F(MigratePlacesTest, HasNothingToDoWhereAllIsApplied) {
    make(Isolation::schema, 2);
    EXPECT_EQ(migrate().pending, 0U);
}

TEST_F(MigratePlacesTest, BringsSchemasAndDatabasesUpToDate) {
    make(Isolation::schema, 2);
    make(Isolation::database, 1);
    write("0002_b",
          "alter table shared.a add column b text; -- of shared.a\n"
          "create index a_b_idx on shared.a (tenant_id, b);");
    const auto outcome = migrate();
    EXPECT_EQ(outcome.migrated, 3U);
    EXPECT_THAT(outcome.failed, IsEmpty());
    EXPECT_EQ(alike(), 1);
    EXPECT_EQ(migrate().pending, 0U);
}

TEST_F(MigratePlacesTest, WorksWithSeveralJobs) {
    make(Isolation::schema, 6);
    write("0002_b", "alter table shared.a add column b text");
    EXPECT_EQ(migrate({.jobs = 3}).migrated, 6U);
    EXPECT_EQ(alike(), 1);
}

TEST_F(MigratePlacesTest, AFailureOfOneStopsNoOtherAndIsTriedAgain) {
    make(Isolation::schema, 3);
    const std::string second = text("select name from catalog.place order by name offset 1 limit 1");
    admin().run("alter table " + second + ".a add column b text");
    write("0002_b", "alter table shared.a add column b text");
    const auto outcome = migrate();
    EXPECT_EQ(outcome.migrated, 2U);
    ASSERT_THAT(outcome.failed, SizeIs(1));
    EXPECT_EQ(outcome.failed.front(), second);
    EXPECT_THAT(text("select error from catalog.place where state = 'failed'"), HasSubstr("tenant/0002_b.sql:1"));

    admin().run("alter table " + second + ".a drop column b");
    EXPECT_EQ(migrate().migrated, 1U);
    EXPECT_EQ(text("select count(*) from catalog.place where state = 'ready' and error is null"), "3");
}

TEST_F(MigratePlacesTest, AFailureOfACanaryLeavesTheOthersAlone) {
    make(Isolation::schema, 3);
    const std::string first = text("select name from catalog.place order by name limit 1");
    admin().run("alter table " + first + ".a add column b text");
    write("0002_b", "alter table shared.a add column b text");
    const auto outcome = migrate();
    EXPECT_TRUE(outcome.stopped);
    EXPECT_EQ(outcome.migrated, 0U);
    EXPECT_EQ(text("select count(*) from catalog.place where not 'tenant/0002_b.sql' = any(applied)"), "3");
}

TEST_F(MigratePlacesTest, DoesNotTrustTheRecord) {
    make(Isolation::schema, 1);
    const std::string place = text("select name from catalog.place");
    admin().run("alter table " + place + ".a disable row level security");
    write("0002_b", "alter table shared.a add column b text");
    const auto outcome = migrate();
    ASSERT_THAT(outcome.failed, SizeIs(1));
    EXPECT_THAT(text("select error from catalog.place"), HasSubstr("row level security"));
}

TEST_F(MigratePlacesTest, LeavesTheRestWhenPausedAndGoesOnLater) {
    make(Isolation::schema, 4);
    write("0002_b", "alter table shared.a add column b text");
    std::size_t asked = 0;
    const auto outcome = migrate({.paused = [&] { return ++asked > 2; }});
    EXPECT_TRUE(outcome.stopped);
    EXPECT_EQ(outcome.migrated, 2U);
    EXPECT_EQ(migrate().migrated, 2U);
    EXPECT_EQ(alike(), 1);
}

TEST_F(MigratePlacesTest, AsksAgainForALockThatIsNotGranted) {
    make(Isolation::schema, 1);
    const std::string place = text("select name from catalog.place");
    write("0002_b", "alter table shared.a add column b text");
    migrate_shared();
    db::AdminConnection busy = admin();
    busy.run("begin; lock table " + place + ".a");
    std::jthread lets_go([&] {
        // Longer than one wait for a lock: only a second try can have it.
        busy.run("select pg_sleep(6)");
        busy.run("rollback");
    });
    EXPECT_EQ(migrate().migrated, 1U);
}

TEST_F(MigratePlacesTest, TellsHowFarItIs) {
    make(Isolation::schema, 2);
    write("0002_b", "alter table shared.a add column b text");
    std::vector<std::string> told;
    migrate({.progress = [&](std::size_t done, std::size_t of, const std::string&, const std::string& fault) {
        told.push_back(std::to_string(done) + "/" + std::to_string(of) + fault);
    }});
    EXPECT_THAT(told, ::testing::ElementsAre("1/2", "2/2"));
}

}  // namespace
}  // namespace terrace::tenancy
