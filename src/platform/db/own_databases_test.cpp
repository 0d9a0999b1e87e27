#include "platform/db/conninfo.hpp"
#include "platform/db/migrate.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/notes.hpp"
#include "platform/testing/run.hpp"
#include "platform/testing/source_dir.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace terrace::db {
namespace {

namespace notes = testing::notes;
using std::chrono::milliseconds;
using testing::run;
using testing::run_until;
using testing::ScopeMaker;
using testing::Started;
using testing::TestDatabase;

std::string url_of(const std::string& database) {
    return with_conninfo(TestDatabase::instance().app_url(), {{"dbname", database}});
}

/// Three tenants with a database each, and one that leaves its own.
class OwnDatabasesTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        AdminConnection cluster(TestDatabase::instance().cluster_url());
        for (const std::string suffix : {"_a", "_b", "_c", "_left"}) {
            const Place place{.tenant = Uuid::v7(),
                              .epoch = suffix == "_left" ? 2 : 1,
                              .isolation = Isolation::database,
                              .database = TestDatabase::instance().name() + suffix};
            const std::string url = with_conninfo(TestDatabase::instance().admin_url(), {{"dbname", place.database}});
            cluster.run("create database " + place.database);
            make_place_database(url, testing::migrations_dir());
            AdminConnection own(url);
            notes::make_table_in(own);
            own.run("insert into shared.tenant_place (tenant_id, epoch) values ($1, $2)",
                    Params().add(place.tenant).add(place.epoch));
            places.push_back(place);
        }
    }
    static void TearDownTestSuite() {
        AdminConnection cluster(TestDatabase::instance().cluster_url());
        for (const Place& place : places) cluster.run("drop database if exists " + place.database + " with (force)");
        places.clear();
    }

    OwnDatabasesTest() { notes::make_table(); }

    static DatabaseOptions options(std::size_t connections) {
        DatabaseOptions options = TestDatabase::instance().options();
        options.own_database_connections = connections;
        options.own_database_url = [](const Place& place) {
            if (place.cluster != "main") throw std::runtime_error("TERRACE_FAR_URL is not set");
            return url_of(place.database);
        };
        return options;
    }
    Database& open(std::size_t connections) { return open(options(connections)); }
    /// No unit waits longer for a connection.
    Database& open(std::size_t connections, milliseconds patience) {
        auto impatient = options(connections);
        impatient.queue_deadline = impatient.outage_patience = patience;
        return open(impatient);
    }
    Database& open(DatabaseOptions options) { return database.emplace(loop.get_executor(), std::move(options)); }

    static TenantScope scope(std::size_t tenant) { return ScopeMaker::make(places[tenant]); }
    boost::asio::awaitable<DbResult<Rows>> write(const TenantScope& tenant, int id) {
        return database->run(tenant, UnitKind::write, notes::insert(), Params().add(id).add(std::to_string(id)));
    }
    boost::asio::awaitable<DbResult<Rows>> read(const TenantScope& tenant) {
        return database->run(tenant, UnitKind::point_read, notes::select(), {});
    }
    boost::asio::awaitable<DbResult<Rows>> sleep(const TenantScope& tenant, const char* seconds) {
        return database->run(tenant, UnitKind::read, notes::sleep(), Params().add(seconds));
    }

    inline static std::vector<Place> places;
    boost::asio::io_context loop;
    std::optional<Database> database;
};

TEST_F(OwnDatabasesTest, KeepsEachTenantsRowsInItsOwn) {
    open(9);
    ASSERT_TRUE(run(loop, write(scope(0), 1)));
    ASSERT_TRUE(run(loop, write(scope(1), 2)));
    EXPECT_EQ(run(loop, read(scope(0)))->text(0, 1), "1");
    EXPECT_EQ(run(loop, read(scope(1)))->text(0, 1), "2");
    AdminConnection own(with_conninfo(TestDatabase::instance().admin_url(), {{"dbname", places[0].database}}));
    EXPECT_EQ(own.run("select count(*) from shared.note").integer(0, 0), 1);
}

TEST_F(OwnDatabasesTest, ServesMoreTenantsThanItHasConnections) {
    open(1);
    std::vector<Started<DbResult<Rows>>> units;
    for (int round = 0; round < 5; ++round) {
        for (std::size_t tenant = 0; tenant < 3; ++tenant) units.emplace_back(loop, read(scope(tenant)));
    }
    for (auto& unit : units) EXPECT_TRUE(unit.wait());
}

TEST_F(OwnDatabasesTest, ClosesNoConnectionThatIsInUse) {
    open(1);
    Started<DbResult<Rows>> slow(loop, sleep(scope(0), "0.3"));
    Started<DbResult<Rows>> other(loop, read(scope(1)));
    EXPECT_TRUE(other.wait());
    EXPECT_TRUE(slow.done()) << "the other had to wait for the one connection";
    EXPECT_TRUE(slow.wait());
}

TEST_F(OwnDatabasesTest, HoldsALeaseAgainstWhoWantsItsConnection) {
    auto options = OwnDatabasesTest::options(1);
    options.queue_deadline = milliseconds(2'000);
    open(options);
    {
        auto lease = run(loop, database->lease(scope(0)));
        ASSERT_TRUE(lease);
        ASSERT_TRUE(run(loop, lease->run(notes::insert(), Params().add(7).add("leased"))));
        const auto refused = run(loop, read(scope(1)));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, DbError::Kind::unavailable);
        ASSERT_TRUE(run(loop, lease->commit()));
    }
    EXPECT_TRUE(run(loop, read(scope(1))));
    EXPECT_GE(run(loop, read(scope(0)))->size(), 1U);
}

TEST_F(OwnDatabasesTest, ReadsNothingInADatabaseThatIsAnothers) {
    open(9);
    ASSERT_TRUE(run(loop, write(scope(2), 1)));
    Place wrong = places[0];
    wrong.database = places[2].database;
    const auto outcome = run(loop, read(ScopeMaker::make(wrong)));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, DbError::Kind::moved);
}

TEST_F(OwnDatabasesTest, OfADatabaseThatIsGoneSaysSoAndServesTheOthers) {
    open(2, milliseconds(2'000));
    Place gone = places[0];
    gone.database += "_gone";
    const auto outcome = run(loop, read(ScopeMaker::make(gone)));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, DbError::Kind::unavailable);
    EXPECT_TRUE(run(loop, read(scope(1))));
}

/// Whoever has not heard in time that the tenant has left, finds no database, or loses its connection to it.
TEST_F(OwnDatabasesTest, GoesOnWhereTheTenantIsNowWhenItsOldDatabaseIsDropped) {
    open(4, milliseconds(1'000));
    std::vector<DbError::Kind> asked;
    database->on_moved(
        [&](const TenantScope&, DbError::Kind why) -> boost::asio::awaitable<std::optional<TenantScope>> {
            asked.push_back(why);
            co_return scope(asked.size() == 1 ? 1 : 0);  // the slow one goes where it holds up nobody
        });
    AdminConnection cluster(TestDatabase::instance().cluster_url());
    const std::string& left = places[3].database;
    Started<DbResult<Rows>> slow(loop, sleep(scope(3), "9"));
    ASSERT_TRUE(run_until(loop, [&] {
        return !cluster
                    .run("select from pg_stat_activity where datname = $1 and wait_event = 'PgSleep'",
                         Params().add(left))
                    .empty();
    }));
    Started<DbResult<Rows>> behind(loop, write(scope(3), 5));
    cluster.run("drop database " + left + " with (force)");
    EXPECT_TRUE(behind.wait());
    auto lease = run(loop, database->lease(scope(3)));
    ASSERT_TRUE(lease);
    EXPECT_EQ(run(loop, lease->run(notes::current_tenant(), {}))->text(0, 0), places[0].tenant.to_string());
    EXPECT_EQ(asked, std::vector(3, DbError::Kind::unavailable));
}

TEST_F(OwnDatabasesTest, AsksOnceWhereATenantIsWhoseDatabaseIsAway) {
    open(4, milliseconds(1'000));
    Place away = places[0];
    away.database += "_away";
    int asked = 0;
    database->on_moved(
        [&](const TenantScope& known, DbError::Kind) -> boost::asio::awaitable<std::optional<TenantScope>> {
            ++asked;
            co_return known;
        });
    EXPECT_EQ(run(loop, read(ScopeMaker::make(away))).error().kind, DbError::Kind::unavailable);
    EXPECT_EQ(asked, 1);
}

TEST_F(OwnDatabasesTest, OfAClusterWithoutAnAddressSaysSo) {
    open(2);
    Place far = places[0];
    far.cluster = "far";
    EXPECT_EQ(run(loop, read(ScopeMaker::make(far))).error().kind, DbError::Kind::unavailable);
    EXPECT_FALSE(run(loop, database->lease(ScopeMaker::make(far))));
}

TEST_F(OwnDatabasesTest, AnswersWhoWaitsAlsoAfterAFaultOfOurs) {
    auto options = OwnDatabasesTest::options(1);
    options.own_database_url = [](const Place& place) {
        if (place.cluster == "odd") throw std::logic_error("a bug");
        return url_of(place.database);
    };
    open(options);
    Started<DbResult<Rows>> running(loop, sleep(scope(0), "0.3"));
    Place odd = places[2];
    odd.cluster = "odd";
    Started<DbResult<Rows>> faulty(loop, read(ScopeMaker::make(odd)));
    Started<DbResult<Rows>> behind(loop, read(scope(1)));
    EXPECT_EQ(faulty.wait().error().kind, DbError::Kind::unavailable);
    EXPECT_TRUE(behind.wait());
    EXPECT_TRUE(running.wait());
}

TEST_F(OwnDatabasesTest, OfAClusterThatIsAwayRefusesItsTenantsInTimeAndServesTheOthers) {
    auto options = OwnDatabasesTest::options(4);
    options.queue_deadline = milliseconds(3'000);
    options.own_database_url = [](const Place& place) {
        return place.cluster == "main" ? url_of(place.database) : with_conninfo(url_of("x"), {{"host", "/nowhere"}});
    };
    open(options);
    std::vector<Started<DbResult<Rows>>> lost;
    for (int tenant = 0; tenant < 20; ++tenant) {
        Place away{.tenant = Uuid::v7(), .epoch = 1, .isolation = Isolation::database, .cluster = "far"};
        away.database = "t" + std::to_string(tenant);
        lost.emplace_back(loop, read(ScopeMaker::make(away)));
    }
    for (std::size_t tenant = 0; tenant < 2; ++tenant) EXPECT_TRUE(run(loop, read(scope(tenant))));
    EXPECT_TRUE(std::ranges::none_of(lost, [](auto& unit) { return unit.done(); })) << "the others came too late";
    for (auto& unit : lost) {
        const auto outcome = unit.wait();
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().kind, DbError::Kind::unavailable);
    }
}

TEST_F(OwnDatabasesTest, GivesEachKindOfUnitItsOwnTime) {
    auto options = OwnDatabasesTest::options(2);
    options.point_read_timeout = milliseconds(100);
    open(options);
    EXPECT_TRUE(run(loop, sleep(scope(0), "0.2"))) << "a slow read has more";
    const auto late = run(loop, database->run(scope(0), UnitKind::point_read, notes::sleep(), Params().add("0.5")));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, DbError::Kind::timeout);
}

}  // namespace
}  // namespace terrace::db
