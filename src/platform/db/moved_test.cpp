#include "platform/db/advisory_lock.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/notes.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace terrace::db {
namespace {

namespace notes = testing::notes;
using testing::run;
using testing::run_until;
using testing::ScopeMaker;
using testing::Started;
using testing::TestDatabase;

/// A tenant whose place changes while units are on their way. Its new place is the same schema under a new epoch.
class MovedTest : public ::testing::Test {
  protected:
    MovedTest() { notes::make_table(); }

    void set_place(std::int64_t epoch, const char* state = "active") {
        admin.run("update shared.tenant_place set epoch = $2, state = $3 where tenant_id = $1",
                  Params().add(a.tenant()).add(epoch).add(state));
    }
    TenantScope scope(std::int64_t epoch) const {
        Place place = a.place();
        place.epoch = epoch;
        return ScopeMaker::make(std::move(place));
    }
    void resolve_to(std::optional<TenantScope> place) {
        database.on_moved([this, place](const TenantScope&, DbError::Kind) { return answer(place); });
    }
    boost::asio::awaitable<std::optional<TenantScope>> answer(std::optional<TenantScope> place) {
        ++asked;
        co_return place;
    }
    DbResult<Rows> write(int id) {
        return run(loop, database.run(a, UnitKind::write, notes::insert(), Params().add(id).add(std::to_string(id))));
    }
    DbResult<Rows> read() { return run(loop, database.run(a, UnitKind::point_read, notes::select(), {})); }
    std::int64_t count() {
        return admin.run("select count(*) from shared.note where tenant_id = $1", Params().add(a.tenant()))
            .integer(0, 0);
    }

    boost::asio::io_context loop;
    Database database{loop.get_executor(), TestDatabase::instance().options()};
    AdminConnection admin = TestDatabase::instance().admin();
    TenantScope a = TestDatabase::instance().tenant();
    int asked = 0;
};

TEST_F(MovedTest, ResolvesAnewAndSendsOnceMore) {
    set_place(2);
    resolve_to(scope(2));
    EXPECT_TRUE(write(1));
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(read());
    EXPECT_EQ(asked, 2);
    EXPECT_EQ(count(), 1);
}

TEST_F(MovedTest, WritesNothingInTheOldPlace) {
    set_place(2);
    EXPECT_EQ(write(1).error().kind, DbError::Kind::moved);
    resolve_to(std::nullopt);
    EXPECT_EQ(write(1).error().kind, DbError::Kind::moved);
    EXPECT_EQ(read().error().kind, DbError::Kind::moved);
    EXPECT_EQ(count(), 0);
}

TEST_F(MovedTest, GivesUpOnATenantThatMovedTwice) {
    set_place(3);
    resolve_to(scope(2));
    EXPECT_EQ(write(1).error().kind, DbError::Kind::moved);
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(count(), 0);
}

TEST_F(MovedTest, ReadsButDoesNotWriteWhileTheTenantMoves) {
    ASSERT_TRUE(write(1));
    for (const char* state : {"moving", "read_only"}) {
        set_place(1, state);
        EXPECT_EQ(read()->size(), 1u) << state;
        EXPECT_EQ(write(2).error().kind, DbError::Kind::moved) << state;
    }
    set_place(1, "suspended");
    EXPECT_EQ(read().error().kind, DbError::Kind::moved);
    EXPECT_EQ(write(2).error().kind, DbError::Kind::moved);
    EXPECT_EQ(count(), 1);
}

/// Measured before the check was there: the late write was committed in the old place.
TEST_F(MovedTest, StopsAWriteThatWaitedBehindTheMover) {
    ASSERT_TRUE(write(1));
    resolve_to(scope(2));
    admin.run("begin; select pg_advisory_xact_lock(" + std::to_string(place_lock_key(a.tenant())) + ")");
    Started late(loop, database.run(a, UnitKind::write, notes::rename(), Params().add(1).add("late")));
    AdminConnection observer = TestDatabase::instance().admin();
    ASSERT_TRUE(run_until(loop, [&] {
        return !observer
                    .run("select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'")
                    .empty();
    }));
    set_place(2);
    admin.run("commit");
    EXPECT_TRUE(late.wait());
    EXPECT_EQ(asked, 1) << "it found the new place and was sent there";
}

TEST_F(MovedTest, BeginsALeaseAnewInTheNewPlace) {
    set_place(2);
    resolve_to(scope(2));
    auto lease = run(loop, database.lease(a));
    ASSERT_TRUE(lease);
    EXPECT_TRUE(run(loop, lease->run(notes::insert(), Params().add(1).add("one"))));
    EXPECT_EQ(run(loop, lease->run(notes::current_tenant(), {}))->text(0, 0), a.tenant().to_string());
    EXPECT_TRUE(run(loop, lease->commit()));
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(count(), 1);
}

TEST_F(MovedTest, RefusesALeaseOnATenantWithoutAPlace) {
    set_place(2);
    auto lease = run(loop, database.lease(a));
    ASSERT_TRUE(lease);
    EXPECT_EQ(run(loop, lease->run(notes::insert(), Params().add(1).add("one"))).error().kind, DbError::Kind::moved);
    EXPECT_EQ(run(loop, lease->run(notes::insert(), Params().add(2).add("two"))).error().kind, DbError::Kind::rejected);
    EXPECT_EQ(run(loop, lease->commit()).error().kind, DbError::Kind::moved);
    EXPECT_EQ(count(), 0);
}

}  // namespace
}  // namespace terrace::db
