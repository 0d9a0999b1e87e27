#include "platform/db/process_share.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/notes.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace terrace::db {
namespace {

namespace notes = testing::notes;
using std::chrono::milliseconds;
using testing::run;
using testing::run_until;
using testing::Started;
using testing::TestDatabase;

/// The queue before the lanes, as callers see it.
class WaitingTest : public ::testing::Test {
  protected:
    /// As long as a connection to PostgreSQL may take on a machine that has much else to do.
    explicit WaitingTest(milliseconds queue_deadline = std::chrono::seconds(20))
        : WaitingTest(one_unit_at_a_time(queue_deadline)) {}
    explicit WaitingTest(const DatabaseOptions& options) : database(loop.get_executor(), options) {
        notes::make_table();
    }

    static DatabaseOptions one_unit_at_a_time(milliseconds queue_deadline) {
        DatabaseOptions options = TestDatabase::instance().options();
        options.write_lanes = options.write_depth = 1;
        options.point_read_lanes = options.read_lanes = 2;
        options.queue_limit = 5;
        options.queue_limit_per_tenant = 3;
        options.queue_deadline = queue_deadline;
        return options;
    }
    Started<DbResult<Rows>> sleep(const TenantScope& tenant, const char* seconds) {
        return {loop, database.run(tenant, UnitKind::write, notes::sleep(), Params().add(seconds))};
    }
    Started<DbResult<Rows>> write(const TenantScope& tenant, int id) {
        return {loop, database.run(tenant, UnitKind::write, notes::insert(), Params().add(id).add(std::to_string(id)))};
    }
    boost::asio::io_context loop;
    Database database;
    TenantScope a = TestDatabase::instance().tenant();
    TenantScope b = TestDatabase::instance().tenant();
    TenantScope c = TestDatabase::instance().tenant();
};

class ImpatientWaitingTest : public WaitingTest {
  protected:
    ImpatientWaitingTest() : WaitingTest(milliseconds(700)) {}

    /// The first connection may take longer than that.
    void connect() {
        for (int tries = 0; tries < 20; ++tries)
            if (write(a, 1).wait()) return;
        FAIL() << "PostgreSQL does not let us in";
    }
};

TEST_F(WaitingTest, RefusesAtOnceWhatFindsNoRoom) {
    ASSERT_TRUE(write(a, 1).wait());
    auto running = sleep(a, "0.3");
    std::vector<Started<DbResult<Rows>>> waiting;
    for (int id = 2; id <= 4; ++id) waiting.push_back(write(a, id));
    auto beyond_the_tenant = write(a, 5);
    for (int id = 1; id <= 2; ++id) waiting.push_back(write(b, id));
    auto beyond_all = write(c, 1);

    EXPECT_EQ(beyond_the_tenant.wait().error().kind, DbError::Kind::unavailable);
    EXPECT_EQ(beyond_all.wait().error().kind, DbError::Kind::unavailable);
    EXPECT_FALSE(running.done());
    for (auto& each : waiting) EXPECT_TRUE(each.wait());
}

TEST_F(WaitingTest, TellsBeforehandWhatWouldFindNoRoom) {
    ASSERT_TRUE(write(a, 1).wait());
    auto running = sleep(a, "0.3");
    std::vector<Started<DbResult<Rows>>> waiting;
    for (int id = 2; id <= 4; ++id) waiting.push_back(write(a, id));
    loop.poll();
    EXPECT_TRUE(database.is_hopeless(a, UnitKind::write));
    EXPECT_FALSE(database.is_hopeless(a, UnitKind::point_read));
    EXPECT_FALSE(database.is_hopeless(b, UnitKind::write));
    for (auto& each : waiting) EXPECT_TRUE(each.wait());
    EXPECT_FALSE(database.is_hopeless(a, UnitKind::write));
}

TEST_F(WaitingTest, IsCrowdedWhileMoreTenantsWaitThanThereAreLanes) {
    ASSERT_TRUE(write(a, 1).wait());
    auto running = sleep(a, "0.3");
    auto of_b = write(b, 1);
    loop.poll();
    EXPECT_FALSE(database.is_crowded(a, UnitKind::write));
    auto of_c = write(c, 1);
    loop.poll();
    EXPECT_TRUE(database.is_crowded(a, UnitKind::write));
    EXPECT_TRUE(of_b.wait());
    EXPECT_TRUE(of_c.wait());
    EXPECT_FALSE(database.is_crowded(a, UnitKind::write));
}

TEST_F(WaitingTest, LetsTenantsTakeTurns) {
    ASSERT_TRUE(write(a, 1).wait());
    auto running = sleep(a, "0.1");
    auto second_of_a = sleep(a, "0.1");
    auto third_of_a = sleep(a, "0.1");
    auto fourth_of_a = sleep(a, "0.1");
    auto first_of_b = write(b, 1);
    ASSERT_TRUE(first_of_b.wait());
    EXPECT_TRUE(second_of_a.done());
    EXPECT_FALSE(third_of_a.done());
    EXPECT_TRUE(fourth_of_a.wait());
}

TEST_F(ImpatientWaitingTest, DropsUnsentWhatWaitsPastItsDeadline) {
    ASSERT_NO_FATAL_FAILURE(connect());
    auto running = sleep(a, "1");
    auto late = write(a, 2);
    EXPECT_EQ(late.wait().error().kind, DbError::Kind::unavailable);
    EXPECT_FALSE(running.done());
    ASSERT_TRUE(running.wait());
    EXPECT_EQ(run(loop, database.run(a, UnitKind::point_read, notes::select(), {}))->size(), 1u);
}

TEST_F(WaitingTest, LeavesALaneForSlowReadsToOtherTenants) {
    ASSERT_TRUE(write(a, 1).wait());
    std::vector<Started<DbResult<Rows>>> of_a;
    for (int count = 0; count < 3; ++count)
        of_a.emplace_back(loop, database.run(a, UnitKind::read, notes::sleep(), Params().add("0.2")));
    Started of_b(loop, database.run(b, UnitKind::read, notes::select(), {}));
    EXPECT_TRUE(of_b.wait());
    EXPECT_FALSE(of_a.front().done());
    for (auto& each : of_a) EXPECT_TRUE(each.wait());
}

TEST_F(WaitingTest, KeepsASlowReadFromHoldingUpPointReads) {
    Started slow(loop, database.run(a, UnitKind::read, notes::sleep(), Params().add("1")));
    ASSERT_TRUE(write(a, 1).wait());
    EXPECT_TRUE(run(loop, database.run(a, UnitKind::point_read, notes::select(), {})));
    EXPECT_FALSE(slow.done());
}

TEST_F(WaitingTest, FailsWhatWaitsWhenItIsClosed) {
    ASSERT_TRUE(write(a, 1).wait());
    auto running = sleep(a, "0.5");
    auto waiting = write(a, 2);
    loop.poll();
    database.close();
    EXPECT_EQ(running.wait().error().kind, DbError::Kind::in_doubt);
    EXPECT_EQ(waiting.wait().error().kind, DbError::Kind::unavailable);
    EXPECT_EQ(write(a, 3).wait().error().kind, DbError::Kind::unavailable);
    EXPECT_FALSE(database.ready());
}

/// A tenant that has moved; whoever asks where it is waits for `found`.
class MovedWaitingTest : public WaitingTest {
  protected:
    MovedWaitingTest() {
        Place place = a.place();
        place.epoch = 2;
        moved.emplace(testing::ScopeMaker::make(std::move(place)));
        TestDatabase::instance().run("update shared.tenant_place set epoch = 2 where tenant_id = $1",
                                     Params().add(a.tenant()));
        database.on_moved([this](const TenantScope&, DbError::Kind) { return find(); });
    }

    boost::asio::awaitable<std::optional<TenantScope>> find() {
        asked = true;
        co_await found.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        co_return moved;
    }

    std::optional<TenantScope> moved;
    boost::asio::steady_timer found{loop, boost::asio::steady_timer::time_point::max()};
    bool asked = false;
};

TEST_F(MovedWaitingTest, StillPutsAUnitAheadThatIsSentAgain) {
    Unit unit{.kind = UnitKind::write, .ahead = true};
    unit.statements.push_back({&notes::insert(), Params().add(1).add("ahead")});
    Started ahead(loop, database.run(a, std::move(unit)));
    ASSERT_TRUE(run_until(loop, [&] { return asked; }));
    auto running = sleep(*moved, "1");
    std::vector<Started<DbResult<Rows>>> waiting;
    for (int id = 2; id <= 4; ++id) waiting.push_back(write(*moved, id));
    auto beyond_the_tenant = write(*moved, 5);
    ASSERT_EQ(beyond_the_tenant.wait().error().kind, DbError::Kind::unavailable);
    found.cancel();
    EXPECT_TRUE(ahead.wait()) << "it has a place in a line that is full";
    EXPECT_FALSE(waiting.front().done());
    for (auto& each : waiting) EXPECT_TRUE(each.wait());
}

/// Lanes that take several units, all of them connected.
class SharedLanesTest : public WaitingTest {
  protected:
    SharedLanesTest() : WaitingTest(room_for_all()) {
        for (bool both = false; !both;) {
            auto slow = under_way(slow_point_read(c));
            auto quick = point_read(c);
            EXPECT_TRUE(quick.wait());
            both = !slow.done();
            EXPECT_TRUE(slow.wait());
        }
    }

    static DatabaseOptions room_for_all() {
        DatabaseOptions options = one_unit_at_a_time(std::chrono::seconds(20));
        options.queue_limit = options.queue_limit_per_tenant = 20;
        return options;
    }
    /// Once it was sent, what follows comes too late to go with it.
    template <class Work>
    Work under_way(Work work) {
        loop.poll();
        return work;
    }

    Started<DbResult<Rows>> point_read(const TenantScope& tenant) {
        return {loop, database.run(tenant, UnitKind::point_read, notes::backend(), {})};
    }
    Started<DbResult<Rows>> slow_point_read(const TenantScope& tenant) {
        return {loop, database.run(tenant, UnitKind::point_read, notes::sleep(), Params().add("0.2"))};
    }
    std::vector<Started<DbResult<Rows>>> flood(const TenantScope& tenant) {
        std::vector<Started<DbResult<Rows>>> units;
        for (int count = 0; count < 4; ++count) units.push_back(slow_point_read(tenant));
        return units;
    }
};

TEST_F(SharedLanesTest, KeepAPointReadOfAnotherFromStandingBehindAFlood) {
    ASSERT_TRUE(point_read(b).wait());
    auto of_a = under_way(flood(a));
    auto of_b = point_read(b);
    EXPECT_TRUE(of_b.wait());
    EXPECT_FALSE(of_a.front().done());
    for (auto& each : of_a) EXPECT_TRUE(each.wait());
}

TEST_F(SharedLanesTest, AreAllForATenantThatIsAlone) {
    auto first = under_way(slow_point_read(c));
    auto second = point_read(c);
    EXPECT_TRUE(second.wait());
    EXPECT_FALSE(first.done()) << "each ran on a lane of its own";
    EXPECT_TRUE(first.wait());
}

/// One transaction has one now().
TEST_F(SharedLanesTest, TakeReadsTogetherThatComeTogether) {
    const Shape& whose_and_when = shape("select current_setting('app.tenant_id'), now()");
    std::vector<Started<DbResult<Rows>>> reads;
    for (int count = 0; count < 3; ++count)
        for (const TenantScope* tenant : {&a, &b, &c})
            reads.emplace_back(loop, database.run(*tenant, UnitKind::point_read, whose_and_when, {}));
    std::set<std::string> transactions;
    for (std::size_t each = 0; each < reads.size(); ++each) {
        const auto rows = reads[each].wait();
        ASSERT_TRUE(rows) << rows.error().message;
        const TenantScope& whose = each % 3 == 0 ? a : each % 3 == 1 ? b : c;
        EXPECT_EQ(rows->text(0, 0), whose.tenant().to_string());
        transactions.emplace(rows->text(0, 1));
    }
    EXPECT_LT(transactions.size(), reads.size());
}

TEST_F(SharedLanesTest, LetAReadFailAloneAmongThoseThatItGoesWith) {
    std::vector<Started<DbResult<Rows>>> reads;
    for (const int divisor : {1, 0, 1, 0, 1})
        reads.emplace_back(loop, database.run(a, UnitKind::point_read, notes::divide(), Params().add(divisor)));
    for (std::size_t each = 0; each < reads.size(); ++each) EXPECT_EQ(reads[each].wait().has_value(), each % 2 == 0);
}

TEST_F(SharedLanesTest, WaitForTheScansOfATenantOnOtherLoops) {
    ProcessShare& share = ProcessShare::of_slow_reads();
    std::vector<ProcessShare::Place> elsewhere;
    while (share.has_room(a.tenant(), this, [] {})) elsewhere.push_back(share.take(a.tenant()));
    share.forget(this);
    ASSERT_TRUE(point_read(b).wait());
    Started of_a(loop, database.run(a, UnitKind::read, notes::backend(), {}));
    Started of_b(loop, database.run(b, UnitKind::read, notes::backend(), {}));
    EXPECT_TRUE(of_b.wait());
    EXPECT_FALSE(of_a.done());
    elsewhere.clear();
    EXPECT_TRUE(of_a.wait());
}

TEST(StatementLimitTest, KeepsAConnectionsStatementsBounded) {
    notes::make_table();
    boost::asio::io_context loop;
    DatabaseOptions options = TestDatabase::instance().options();
    options.statements_per_connection = 4;
    Database database(loop.get_executor(), options);
    const TenantScope tenant = TestDatabase::instance().tenant();
    const Shape& count = shape("select count(*) from pg_prepared_statements");
    const Shape* shapes[] = {&notes::select(), &notes::find(),    &notes::current_tenant(),
                             &notes::divide(), &notes::backend(), &count};
    for (int round = 0; round < 3; ++round) {
        for (const Shape* each : shapes) {
            Params params;
            if (each == &notes::find() || each == &notes::divide()) params.add(1);
            const auto rows = run(loop, database.run(tenant, UnitKind::point_read, *each, std::move(params)));
            ASSERT_TRUE(rows) << rows.error().message;
            if (each == &count) EXPECT_LE(rows->integer(0, 0), 5) << "the limit and what one unit adds";
        }
    }
}

}  // namespace
}  // namespace terrace::db
