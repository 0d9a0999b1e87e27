#include "platform/testing/database.hpp"
#include "platform/testing/notes.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

namespace terrace::db {
namespace {

namespace notes = testing::notes;
using std::chrono::milliseconds;
using testing::run;
using testing::run_until;
using testing::Started;
using testing::TestDatabase;

class LeaseTest : public ::testing::TestWithParam<bool> {
  protected:
    LeaseTest() {
        notes::make_table();
        EXPECT_TRUE(
            run_until(loop, [this] { return database.ready(); }));  // the deadlines below are of what comes then
    }

    /// One connection to lease, so that each lease follows another on it.
    static DatabaseOptions options_of_mode() {
        DatabaseOptions options = TestDatabase::instance().options();
        options.unnamed_statements = GetParam();
        options.lease_timeout = milliseconds(1'000);
        options.queue_deadline = milliseconds(500);
        return options;
    }
    Lease lease(const TenantScope& tenant) { return run(loop, database.lease(tenant)).value(); }
    DbResult<Rows> on(Lease& lease, const Shape& shape, Params params = {}) {
        return run(loop, lease.run(shape, std::move(params)));
    }
    std::size_t count() { return run(loop, database.run(a, UnitKind::point_read, notes::select(), {}))->size(); }

    boost::asio::io_context loop;
    Database database{loop.get_executor(), options_of_mode()};
    TenantScope a = TestDatabase::instance().tenant();
    TenantScope b = TestDatabase::instance().tenant();
};

INSTANTIATE_TEST_SUITE_P(Statements, LeaseTest, ::testing::Values(false, true),
                         [](const auto& info) { return info.param ? "unnamed" : "prepared"; });

TEST_P(LeaseTest, KeepsWhatIsCommitted) {
    {
        Lease held = lease(a);
        ASSERT_TRUE(on(held, notes::insert(), Params().add(1).add("one")));
        EXPECT_EQ(on(held, notes::find(), Params().add(1))->text(0, 0), "one");
        EXPECT_EQ(count(), 0u) << "others see nothing before the commit";
        ASSERT_TRUE(run(loop, held.commit()));
    }
    EXPECT_EQ(count(), 1u);
}

TEST_P(LeaseTest, RollsBackWhenDestroyed) {
    {
        Lease held = lease(a);
        ASSERT_TRUE(on(held, notes::insert(), Params().add(1).add("one")));
    }
    Lease next = lease(a);
    EXPECT_TRUE(on(next, notes::select())->empty());
    EXPECT_EQ(count(), 0u);
}

TEST_P(LeaseTest, LeavesNoTenantBehind) {
    {
        Lease of_a = lease(a);
        EXPECT_EQ(on(of_a, notes::current_tenant())->text(0, 0), a.tenant().to_string());
        ASSERT_TRUE(run(loop, of_a.commit()));
    }
    {
        Lease of_b = lease(b);
        EXPECT_EQ(on(of_b, notes::current_tenant())->text(0, 0), b.tenant().to_string());
        EXPECT_FALSE(on(of_b, notes::divide(), Params().add(0)));
    }
    Lease again = lease(a);
    EXPECT_EQ(on(again, notes::current_tenant())->text(0, 0), a.tenant().to_string());
}

TEST_P(LeaseTest, CommitsNothingAfterAnError) {
    {
        Lease held = lease(a);
        ASSERT_TRUE(on(held, notes::insert(), Params().add(1).add("one")));
        EXPECT_EQ(on(held, notes::insert(), Params().add(2).add("forbidden")).error().constraint, "note_body_check");
        EXPECT_EQ(on(held, notes::select()).error().kind, DbError::Kind::rejected);
        EXPECT_EQ(run(loop, held.commit()).error().kind, DbError::Kind::constraint);
    }
    EXPECT_EQ(count(), 0u);
}

TEST_P(LeaseTest, ReportsADeferredConstraintAtTheCommit) {
    {
        Lease held = lease(a);
        ASSERT_TRUE(on(held, notes::insert(), Params().add(1).add("same")));
        ASSERT_TRUE(on(held, notes::insert(), Params().add(2).add("same")));
        EXPECT_EQ(run(loop, held.commit()).error().constraint, "note_body_key");
    }
    EXPECT_EQ(count(), 0u);
}

TEST_P(LeaseTest, GoesToTheNextInLineWhenGivenBack) {
    std::optional<Lease> held = lease(a);
    ASSERT_TRUE(on(*held, notes::insert(), Params().add(1).add("one")));
    Started next(loop, database.lease(a));
    loop.poll();
    EXPECT_FALSE(next.done());
    held.reset();
    Lease got = next.wait().value();
    EXPECT_TRUE(on(got, notes::select())->empty());
}

TEST_P(LeaseTest, IsUnavailableWhenNoneComesFreeInTime) {
    Lease held = lease(a);
    const auto second = run(loop, database.lease(a));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, DbError::Kind::unavailable);
    EXPECT_TRUE(run(loop, database.lease(PlatformScope("test")))) << "the platform's leases are others";
}

TEST_P(LeaseTest, EndsWithItsTimeAndKeepsNothing) {
    Lease held = lease(a);
    const auto backend = on(held, notes::backend())->integer(0, 0);
    ASSERT_TRUE(on(held, notes::insert(), Params().add(1).add("one")));
    EXPECT_EQ(on(held, notes::sleep(), Params().add("5")).error().kind, DbError::Kind::unavailable);
    EXPECT_FALSE(run(loop, held.commit()));
    Started next(loop, database.lease(a));
    held = next.wait().value_or(std::move(held));
    EXPECT_NE(on(held, notes::backend())->integer(0, 0), backend);
    EXPECT_EQ(count(), 0u);
}

TEST_P(LeaseTest, FailsWithItsConnection) {
    Lease held = lease(a);
    const auto backend = on(held, notes::backend())->integer(0, 0);
    ASSERT_TRUE(on(held, notes::insert(), Params().add(1).add("one")));
    TestDatabase::instance().run("select pg_terminate_backend($1)", Params().add(backend));
    EXPECT_EQ(on(held, notes::select()).error().kind, DbError::Kind::unavailable);
    EXPECT_EQ(run(loop, held.commit()).error().kind, DbError::Kind::unavailable);
    EXPECT_EQ(count(), 0u);
}

TEST_P(LeaseTest, DoesNotSpeakOnAConnectionThatCameBack) {
    Lease held = lease(a);
    ASSERT_TRUE(on(held, notes::insert(), Params().add(1).add("one")));
    const auto backend = on(held, notes::backend())->integer(0, 0);
    TestDatabase::instance().run("select pg_terminate_backend($1)", Params().add(backend));
    ASSERT_TRUE(run_until(loop, [&] { return run(loop, database.lease(b)).has_value(); })) << "on the only lane";
    EXPECT_EQ(on(held, notes::select()).error().kind, DbError::Kind::unavailable);
    EXPECT_FALSE(run(loop, held.commit()));
}

TEST_P(LeaseTest, OfThePlatformSeesTheCatalog) {
    auto held = run(loop, database.lease(PlatformScope("test")));
    ASSERT_TRUE(held);
    EXPECT_TRUE(on(*held, shape("select tenant_id from shared.tenant_place limit 1")));
    EXPECT_EQ(on(*held, shape("select 1 from shared.note")).error().sqlstate, "42501");
}

}  // namespace
}  // namespace terrace::db
