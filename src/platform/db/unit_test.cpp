#include "platform/testing/database.hpp"
#include "platform/testing/notes.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <string>

namespace terrace::db {
namespace {

namespace notes = testing::notes;
using testing::run;
using testing::TestDatabase;

/// One lane for point reads and one for writes: every unit of a kind runs on the same connection.
DatabaseOptions one_lane_each() {
    DatabaseOptions options = TestDatabase::instance().options();
    options.write_lanes = 1;
    return options;
}

class UnitTest : public ::testing::TestWithParam<bool> {
  protected:
    UnitTest() { notes::make_table(); }

    static DatabaseOptions options_of_mode() {
        DatabaseOptions options = one_lane_each();
        options.unnamed_statements = GetParam();
        options.queue_limit_per_tenant = options.queue_limit;
        return options;
    }
    DbResult<Rows> note(const TenantScope& tenant, int id, std::string_view body) {
        return run(loop, database.run(tenant, UnitKind::write, notes::insert(), Params().add(id).add(body)));
    }
    DbResult<Rows> read(const TenantScope& tenant, const Shape& shape, Params params = {}) {
        return run(loop, database.run(tenant, UnitKind::point_read, shape, std::move(params)));
    }
    std::string tenant_left_on_the_platform() {
        return std::string(
            run(loop, database.run(PlatformScope("test"), UnitKind::point_read, notes::current_tenant(), {}))
                ->text(0, 0));
    }

    boost::asio::io_context loop;
    Database database{loop.get_executor(), options_of_mode()};
    TenantScope a = TestDatabase::instance().tenant();
    TenantScope b = TestDatabase::instance().tenant();
};

INSTANTIATE_TEST_SUITE_P(Statements, UnitTest, ::testing::Values(false, true),
                         [](const auto& info) { return info.param ? "unnamed" : "prepared"; });

TEST_P(UnitTest, ReadsBackWhatItWrote) {
    const auto written = note(a, 1, "hello");
    ASSERT_TRUE(written) << written.error().message;
    EXPECT_EQ(written->integer(0, 0), 1);
    const auto found = read(a, notes::select());
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->size(), 1u);
    EXPECT_EQ(found->text(0, 1), "hello");
}

TEST_P(UnitTest, ShowsEachTenantItsOwnRowsWithTheSameStatement) {
    ASSERT_TRUE(note(a, 1, "of a"));
    ASSERT_TRUE(note(b, 1, "of b"));
    EXPECT_EQ(read(a, notes::find(), Params().add(1))->text(0, 0), "of a");
    EXPECT_EQ(read(b, notes::find(), Params().add(1))->text(0, 0), "of b");
    EXPECT_EQ(read(a, notes::find(), Params().add(1))->text(0, 0), "of a");
}

TEST_P(UnitTest, SetsTheTenantForTheUnitAlone) {
    EXPECT_EQ(read(a, notes::current_tenant())->text(0, 0), a.tenant().to_string());
    EXPECT_FALSE(read(a, notes::divide(), Params().add(0)));
    EXPECT_EQ(read(b, notes::current_tenant())->text(0, 0), b.tenant().to_string());
    EXPECT_EQ(tenant_left_on_the_platform(), "");
}

TEST_P(UnitTest, AbortsOnlyTheUnitOfTheError) {
    Unit bad{UnitKind::write, {}, false};
    bad.statements.push_back({&notes::insert(), Params().add(1).add("kept by no one")});
    bad.statements.push_back({&notes::divide(), Params().add(0)});
    bad.statements.push_back({&notes::insert(), Params().add(2).add("never run")});
    std::optional<DbResult<UnitRows>> failed;
    boost::asio::co_spawn(loop, database.run(a, std::move(bad)),
                          [&](std::exception_ptr, DbResult<UnitRows> outcome) { failed = std::move(outcome); });
    ASSERT_TRUE(note(a, 3, "behind it"));
    ASSERT_TRUE(failed);
    ASSERT_FALSE(*failed);
    EXPECT_EQ(failed->error().sqlstate, "22012");
    EXPECT_EQ(failed->error().kind, DbError::Kind::rejected);
    const auto left = read(a, notes::select());
    ASSERT_EQ(left->size(), 1u);
    EXPECT_EQ(left->integer(0, 0), 3);
}

TEST_P(UnitTest, AnswersOneSetOfRowsAStatement) {
    Unit unit{UnitKind::write, {}, false};
    unit.statements.push_back({&notes::insert(), Params().add(1).add("one")});
    unit.statements.push_back({&notes::rename(), Params().add(1).add("two")});
    unit.statements.push_back({&notes::find(), Params().add(9)});
    unit.statements.push_back({&notes::find(), Params().add(1)});
    const auto rows = run(loop, database.run(a, std::move(unit)));
    ASSERT_TRUE(rows) << rows.error().message;
    ASSERT_EQ(rows->size(), 4u);
    EXPECT_EQ((*rows)[0].integer(0, 0), 1);
    EXPECT_EQ((*rows)[1].affected(), 1);
    EXPECT_TRUE((*rows)[2].empty());
    EXPECT_EQ((*rows)[3].text(0, 0), "two");
}

TEST_P(UnitTest, ReportsADeferredConstraintAsAFailure) {
    ASSERT_TRUE(note(a, 1, "same"));
    const auto second = note(a, 2, "same");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, DbError::Kind::constraint);
    EXPECT_EQ(second.error().constraint, "note_body_key");
    EXPECT_EQ(read(a, notes::select())->size(), 1u);
    EXPECT_TRUE(note(a, 3, "the lane goes on"));
}

TEST_P(UnitTest, NamesTheViolatedConstraint) {
    const auto refused = note(a, 1, "forbidden");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, DbError::Kind::constraint);
    EXPECT_EQ(refused.error().constraint, "note_body_check");
    EXPECT_EQ(refused.error().sqlstate, "23514");
}

TEST_P(UnitTest, CommitsWithoutWaitingForTheDiskWhenTold) {
    Unit unit{UnitKind::write, {}, true};
    unit.statements.push_back({&notes::insert(), Params().add(1).add("soon")});
    unit.statements.push_back({&shape("select current_setting('synchronous_commit')"), {}});
    const auto rows = run(loop, database.run(a, std::move(unit)));
    ASSERT_TRUE(rows) << rows.error().message;
    EXPECT_EQ((*rows)[1].text(0, 0), "off");
    const auto next =
        run(loop, database.run(a, UnitKind::write, shape("select current_setting('synchronous_commit')"), {}));
    EXPECT_EQ(next->text(0, 0), "on");
}

TEST_P(UnitTest, SurvivesARefusedStatementAtFirstUse) {
    const Shape& nonsense = shape("select no_such_column from {tenant}.note");
    EXPECT_EQ(read(a, nonsense).error().sqlstate, "42703");
    EXPECT_EQ(read(a, nonsense).error().sqlstate, "42703");
    EXPECT_TRUE(read(a, notes::select()));
}

TEST_P(UnitTest, RunsManyUnitsAtOnce) {
    constexpr int count = 500;
    int done = 0;
    for (int id = 0; id < count; ++id) {
        boost::asio::co_spawn(loop, database.run(a, UnitKind::point_read, notes::divide(), Params().add(id % 2)),
                              [&done, id](std::exception_ptr, DbResult<Rows> rows) {
                                  EXPECT_EQ(rows.has_value(), id % 2 == 1);
                                  ++done;
                              });
    }
    while (done < count) ASSERT_GT(loop.run_one_for(std::chrono::seconds(5)), 0u);
}

TEST_P(UnitTest, CarriesParametersBeyondTheSocketBuffer) {
    const std::string big(20'000'000, 'x');
    const auto length =
        run(loop, database.run(a, UnitKind::read, shape("select length($1::text), $1::text"), Params().add(big)));
    ASSERT_TRUE(length) << length.error().message;
    EXPECT_EQ(length->integer(0, 0), 20'000'000);
    EXPECT_EQ(length->text(0, 1), big);
}

TEST_P(UnitTest, LivesOnWithItsLaneWhenTheCallerGoesAway) {
    ASSERT_TRUE(note(a, 1, "the lane is connected"));
    Unit unit{UnitKind::write, {}, false};
    unit.statements.push_back({&notes::sleep(), Params().add("0.1")});
    unit.statements.push_back({&notes::insert(), Params().add(2).add("kept")});
    boost::asio::cancellation_signal caller;
    std::optional<DbError> told;
    boost::asio::co_spawn(
        loop, database.run(a, std::move(unit)),
        boost::asio::bind_cancellation_slot(caller.slot(),
                                            [&](std::exception_ptr, DbResult<UnitRows> rows) { told = rows.error(); }));
    loop.poll();
    ASSERT_FALSE(told);
    caller.emit(boost::asio::cancellation_type::terminal);
    loop.poll();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->kind, DbError::Kind::in_doubt);
    ASSERT_TRUE(note(a, 3, "behind it"));
    EXPECT_EQ(read(a, notes::select())->size(), 3u);
}

class TenantWallTest : public ::testing::Test {
  protected:
    TenantWallTest() { notes::make_table(); }
    boost::asio::io_context loop;
    Database database{loop.get_executor(), one_lane_each()};
    TenantScope a = TestDatabase::instance().tenant();
    AdminConnection as_app{TestDatabase::instance().app_url()};
};

TEST_F(TenantWallTest, ShowsNothingAndTakesNothingWithoutATenant) {
    run(loop, database.run(a, UnitKind::write, notes::insert(), Params().add(1).add("mine")));
    EXPECT_EQ(as_app.run("select 1 from shared.note").size(), 0u);
    EXPECT_EQ(as_app.run("update shared.note set body = 'x'").affected(), 0);
    EXPECT_EQ(as_app.run("delete from shared.note").affected(), 0);
    EXPECT_THROW(as_app.run("insert into shared.note values (gen_random_uuid(), 1, 'x')"), std::runtime_error);
}

TEST_F(TenantWallTest, TakesNoRowOfAnotherTenant) {
    const auto stolen = run(
        loop,
        database.run(a, UnitKind::write, shape("insert into {tenant}.note values (gen_random_uuid(), 1, 'x')"), {}));
    ASSERT_FALSE(stolen);
    EXPECT_EQ(stolen.error().sqlstate, "42501");
}

/// Reads share a transaction: what one wrote would be gone with an error of another.
TEST_F(TenantWallTest, LetsNoReadWrite) {
    const auto refused =
        run(loop, database.run(a, UnitKind::point_read, notes::insert(), Params().add(1).add("not kept")));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().sqlstate, "25006");
}

TEST_F(TenantWallTest, ReadsPlainlyWhileThePlacesAreFresh) {
    bool fresh = true;
    database.on_read([&fresh] { return fresh; });
    TestDatabase::instance().run("update shared.tenant_place set epoch = 2 where tenant_id = $1",
                                 Params().add(a.tenant()));
    EXPECT_TRUE(run(loop, database.run(a, UnitKind::point_read, notes::select(), {})));
    fresh = false;
    EXPECT_EQ(run(loop, database.run(a, UnitKind::point_read, notes::select(), {})).error().kind, DbError::Kind::moved);
}

}  // namespace
}  // namespace terrace::db
