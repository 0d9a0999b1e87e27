#include "platform/base/clock.hpp"
#include "platform/db/conninfo.hpp"
#include "platform/db/shape_registry.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/notes.hpp"
#include "platform/testing/relay.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace terrace::db {
namespace {

namespace notes = testing::notes;
using std::chrono::milliseconds;
using testing::run;
using testing::run_until;
using testing::Started;
using testing::TestDatabase;

DatabaseOptions few_lanes() {
    DatabaseOptions options = TestDatabase::instance().options();
    options.write_lanes = 1;
    options.point_read_timeout = milliseconds(2'000);
    const DatabaseOptions usual;
    options.queue_deadline = usual.queue_deadline;
    options.connect_timeout = usual.connect_timeout;
    options.outage_patience = usual.outage_patience;
    options.write_timeout = usual.write_timeout;
    return options;
}

/// What happens when a connection, a statement or the server goes wrong.
class LossTest : public ::testing::Test {
  protected:
    LossTest() {
        notes::make_table();
        connect(database);
    }

    /// The deadlines below are of what comes then.
    void connect(const Database& one) {
        EXPECT_TRUE(run_until(loop, [&] { return one.ready(); }));
    }

    DbResult<Rows> write(int id, std::string_view body) {
        return run(loop, database.run(a, UnitKind::write, notes::insert(), Params().add(id).add(body)));
    }
    DbResult<Rows> read(const Shape& shape, Params params = {}) {
        return run(loop, database.run(a, UnitKind::point_read, shape, std::move(params)));
    }
    /// Sleeps on the server and then writes.
    Unit slow_write(const char* seconds, int id) {
        Unit unit{UnitKind::write, {}, false};
        unit.statements.push_back({&notes::sleep(), Params().add(seconds)});
        unit.statements.push_back({&notes::insert(), Params().add(id).add("slow")});
        return unit;
    }
    /// Waits until the server runs a sleep in this database, and kills its backend.
    void kill_sleeper() {
        const std::string sleepers =
            "select pid from pg_stat_activity where datname = current_database() and usename = 'terrace_app'"
            " and wait_event = 'PgSleep'";
        ASSERT_TRUE(run_until(loop, [&] { return !admin.run(sleepers).empty(); }));
        admin.run("select pg_terminate_backend(pid, 5000) from (" + sleepers + ") as sleeper");
    }

    boost::asio::io_context loop;
    Database database{loop.get_executor(), few_lanes()};
    AdminConnection admin = TestDatabase::instance().admin();
    TenantScope a = TestDatabase::instance().tenant();
    TenantScope b = TestDatabase::instance().tenant();
};

TEST_F(LossTest, LeavesAWriteInDoubtWhenItsConnectionIsKilledAndTheLaneReturns) {
    Started write_in_flight(loop, database.run(a, slow_write("30", 1)));
    Started behind_it(loop, database.run(a, UnitKind::write, notes::insert(), Params().add(2).add("behind")));
    kill_sleeper();
    EXPECT_EQ(write_in_flight.wait().error().kind, DbError::Kind::in_doubt);
    EXPECT_EQ(behind_it.wait().error().kind, DbError::Kind::in_doubt);
    EXPECT_TRUE(write(3, "the lane is back"));
    EXPECT_EQ(read(notes::select())->size(), 1u) << "a write in doubt is never sent again";
}

TEST_F(LossTest, SendsAPointReadOnceMoreWhenItsConnectionIsKilled) {
    ASSERT_TRUE(read(notes::select()));
    Started sleeping(loop, database.run(a, UnitKind::point_read, notes::sleep(), Params().add("1")));
    kill_sleeper();
    const auto rows = sleeping.wait();
    EXPECT_TRUE(rows) << rows.error().message;
}

TEST_F(LossTest, GivesUpAPointReadThatIsKilledTwice) {
    ASSERT_TRUE(read(notes::select()));
    Started sleeping(loop, database.run(a, UnitKind::point_read, notes::sleep(), Params().add("1")));
    kill_sleeper();
    kill_sleeper();
    EXPECT_EQ(sleeping.wait().error().kind, DbError::Kind::unavailable);
}

TEST_F(LossTest, AnswersUnavailableWithinTwoSecondsWhileTheServerRefusesAndServesWhenItIsBack) {
    ASSERT_TRUE(write(1, "before"));
    const std::string name = TestDatabase::instance().name();
    AdminConnection cluster(TestDatabase::instance().cluster_url());
    cluster.run("alter database " + name + " allow_connections false");
    cluster.run("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", Params().add(name));
    ASSERT_TRUE(run_until(loop, [&] { return !database.ready(); }));

    for (const UnitKind kind : {UnitKind::point_read, UnitKind::read, UnitKind::write}) {
        const auto start = Clock::now();
        EXPECT_EQ(run(loop, database.run(a, kind, notes::select(), {})).error().kind, DbError::Kind::unavailable);
        EXPECT_LT(Clock::now() - start, milliseconds(2'000));
    }
    const auto start = Clock::now();
    EXPECT_EQ(run(loop, database.lease(a)).error().kind, DbError::Kind::unavailable);
    EXPECT_LT(Clock::now() - start, milliseconds(2'000));

    cluster.run("alter database " + name + " allow_connections true");
    ASSERT_TRUE(run_until(loop, [&] { return database.ready(); }));
    EXPECT_TRUE(write(2, "after"));
    EXPECT_EQ(read(notes::select())->size(), 2u);
}

TEST_F(LossTest, AnswersUnavailableAtOnceWhenTheServerIsAwayForLonger) {
    ASSERT_TRUE(write(1, "before"));
    const std::string name = TestDatabase::instance().name();
    AdminConnection cluster(TestDatabase::instance().cluster_url());
    cluster.run("alter database " + name + " allow_connections false");
    cluster.run("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", Params().add(name));
    ASSERT_TRUE(run_until(loop, [&] { return !database.ready(); }));
    EXPECT_EQ(read(notes::select()).error().kind, DbError::Kind::unavailable) << "the one that waits it out";

    const auto start = Clock::now();
    for (const UnitKind kind : {UnitKind::point_read, UnitKind::read, UnitKind::write}) {
        EXPECT_EQ(run(loop, database.run(a, kind, notes::select(), {})).error().kind, DbError::Kind::unavailable);
    }
    EXPECT_EQ(run(loop, database.lease(a)).error().kind, DbError::Kind::unavailable);
    EXPECT_LT(Clock::now() - start, milliseconds(300)) << "none waits for the queue deadline";

    cluster.run("alter database " + name + " allow_connections true");
    EXPECT_TRUE(run_until(loop, [&] { return read(notes::select()).has_value(); })) << "the outage ends by itself";
}

TEST_F(LossTest, EndsAStatementAtItsTimeout) {
    const auto start = Clock::now();
    const auto rows = read(notes::sleep(), Params().add("10"));
    EXPECT_EQ(rows.error().kind, DbError::Kind::timeout);
    EXPECT_EQ(rows.error().sqlstate, "57014");
    EXPECT_LT(Clock::now() - start, milliseconds(4'000));
    EXPECT_TRUE(read(notes::select()));
}

TEST_F(LossTest, DoesNotWaitLongForALock) {
    ASSERT_TRUE(write(1, "locked"));
    admin.run("begin; update shared.note set body = 'x' where body = 'locked'");
    const auto renamed = run(loop, database.run(a, UnitKind::write, notes::rename(), Params().add(1).add("mine")));
    admin.run("rollback");
    EXPECT_EQ(renamed.error().kind, DbError::Kind::timeout);
    EXPECT_EQ(renamed.error().sqlstate, "55P03");
    EXPECT_EQ(read(notes::find(), Params().add(1))->text(0, 0), "locked");
}

TEST_F(LossTest, ClosesALaneThatWasLeftInATransaction) {
    const auto before = run(loop, database.run(a, UnitKind::write, notes::backend(), {}))->integer(0, 0);
    Unit unit{UnitKind::write, {}, false};
    unit.statements.push_back({&lane_shape("begin"), {}});
    run(loop, database.run(a, std::move(unit)));
    const auto after = run(loop, database.run(a, UnitKind::write, notes::backend(), {}))->integer(0, 0);
    EXPECT_NE(after, before);
}

TEST_F(LossTest, ClosesALaneOnACopy) {
    ASSERT_TRUE(write(1, "before"));
    Unit unit{UnitKind::write, {}, false};
    unit.statements.push_back({&lane_shape("copy (select 1) to stdout"), {}});
    EXPECT_EQ(run(loop, database.run(a, std::move(unit))).error().kind, DbError::Kind::in_doubt);
    EXPECT_TRUE(write(2, "after"));
}

TEST_F(LossTest, PreparesAnewWhatTheServerForgot) {
    ASSERT_TRUE(write(1, "one"));
    Unit unit{UnitKind::write, {}, false};
    unit.statements.push_back({&lane_shape("deallocate all"), {}});
    run(loop, database.run(a, std::move(unit)));
    EXPECT_TRUE(write(2, "two"));
    EXPECT_TRUE(write(3, "three"));
    EXPECT_EQ(read(notes::select())->size(), 3u);
}

TEST_F(LossTest, PreparesAnewAfterAMigrationChangedTheColumns) {
    admin.run(
        "set role terrace_owner;"
        "create table shared.changing (tenant_id uuid not null, id bigint, primary key (tenant_id, id));"
        "call catalog.protect_tenant_table('shared.changing')");
    const Shape& all = shape("select * from {tenant}.changing");
    ASSERT_TRUE(read(all));
    admin.run("alter table shared.changing add column added text");
    Started first(loop, database.run(a, UnitKind::point_read, all, {}));
    Started second(loop, database.run(a, UnitKind::point_read, all, {}));
    EXPECT_TRUE(first.wait());
    EXPECT_TRUE(second.wait());
    admin.run("drop table shared.changing");
}

TEST_F(LossTest, FindsTheServerByName) {
    testing::Relay relay(loop, TestDatabase::instance().app_url());
    DatabaseOptions options = few_lanes();
    options.app_url = with_conninfo(relay.through(options.app_url), {{"host", "localhost"}});
    Database by_name(loop.get_executor(), options);
    connect(by_name);
    EXPECT_TRUE(run(loop, by_name.run(a, UnitKind::write, notes::insert(), Params().add(1).add("by name"))));
}

TEST_F(LossTest, IsUnavailableWhileTheServersNameIsUnknown) {
    DatabaseOptions options = few_lanes();
    options.app_url = with_conninfo(options.app_url, {{"host", "no-such-host.invalid"}});
    Database by_name(loop.get_executor(), options);
    EXPECT_EQ(run(loop, by_name.run(a, UnitKind::write, notes::select(), {})).error().kind, DbError::Kind::unavailable);
}

TEST_F(LossTest, SeesADeadLineByItsSilence) {
    testing::Relay relay(loop, TestDatabase::instance().app_url());
    DatabaseOptions options = few_lanes();
    options.app_url = relay.through(options.app_url);
    options.write_timeout = milliseconds(300);
    options.point_read_timeout = milliseconds(200);
    Database far(loop.get_executor(), options);
    connect(far);
    ASSERT_TRUE(run(loop, far.run(a, UnitKind::write, notes::insert(), Params().add(1).add("before"))));
    ASSERT_TRUE(run(loop, far.run(a, UnitKind::point_read, notes::select(), {})));
    relay.swallow();
    Started write(loop, far.run(a, UnitKind::write, notes::insert(), Params().add(2).add("lost on the way")));
    Started read(loop, far.run(a, UnitKind::point_read, notes::select(), {}));
    EXPECT_EQ(write.wait(std::chrono::seconds(3)).error().kind, DbError::Kind::in_doubt);
    EXPECT_TRUE(read.wait(std::chrono::seconds(3))) << "sent once more on a new connection";
    EXPECT_TRUE(run(loop, far.run(a, UnitKind::write, notes::insert(), Params().add(3).add("after"))));
}

TEST_F(LossTest, SeesADeadLineOfThePlatformAsSoonAsATenants) {
    testing::Relay relay(loop, TestDatabase::instance().platform_url());
    DatabaseOptions options = few_lanes();
    options.platform_url = relay.through(options.platform_url);
    options.point_read_timeout = milliseconds(200);
    Database far(loop.get_executor(), options);
    connect(far);
    const PlatformScope scope("who asks");
    ASSERT_TRUE(run(loop, far.run(scope, UnitKind::point_read, notes::backend(), {})));
    relay.swallow();
    Started read(loop, far.run(scope, UnitKind::point_read, notes::backend(), {}));
    EXPECT_TRUE(read.wait(std::chrono::seconds(3))) << "sent once more on a new connection";
}

TEST_F(LossTest, GivesEachKindOfUnitOfThePlatformItsOwnTime) {
    DatabaseOptions options = few_lanes();
    options.point_read_timeout = milliseconds(100);
    Database quick(loop.get_executor(), options);
    connect(quick);
    const PlatformScope scope("who sleeps");
    EXPECT_TRUE(run(loop, quick.run(scope, UnitKind::read, notes::sleep(), Params().add("0.2"))));
    const auto late = run(loop, quick.run(scope, UnitKind::point_read, notes::sleep(), Params().add("0.5")));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, DbError::Kind::timeout);
}

TEST_F(LossTest, TakesIdleLinesForDeadWhenOneFellSilent) {
    testing::Relay relay(loop, TestDatabase::instance().app_url());
    DatabaseOptions options = few_lanes();
    options.app_url = relay.through(options.app_url);
    options.point_read_timeout = milliseconds(200);
    Database far(loop.get_executor(), options);
    connect(far);
    ASSERT_TRUE(run(loop, far.run(a, UnitKind::write, notes::insert(), Params().add(1).add("before"))));
    ASSERT_TRUE(run(loop, far.run(a, UnitKind::point_read, notes::select(), {})));
    relay.swallow();
    EXPECT_TRUE(run(loop, far.run(a, UnitKind::point_read, notes::select(), {})));
    EXPECT_TRUE(run(loop, far.run(a, UnitKind::write, notes::insert(), Params().add(2).add("after"))))
        << "the lane of writes was not found out by a write that is in doubt now";
}

}  // namespace
}  // namespace terrace::db
