#include "platform/testing/database.hpp"
#include "platform/testing/notes.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <vector>

namespace terrace::db {
namespace {

namespace notes = testing::notes;
using testing::run;
using testing::run_until;
using testing::Started;
using testing::TestDatabase;

/// Connections come when they are needed, and stay.
class GrowthTest : public ::testing::Test {
  protected:
    GrowthTest() : GrowthTest(many_lanes()) {}

    explicit GrowthTest(const DatabaseOptions& options) : database(loop.get_executor(), options) {
        notes::make_table();
        EXPECT_TRUE(run_until(loop, [this] { return database.ready(); }));
    }

    static DatabaseOptions many_lanes() {
        DatabaseOptions options = TestDatabase::instance().options();
        options.write_lanes = options.write_depth = 3;
        options.point_read_lanes = options.read_lanes = options.platform_lanes = options.leases = 3;
        return options;
    }
    Started<DbResult<Rows>> write(int id) {
        return {loop, database.run(a, UnitKind::write, notes::insert(), Params().add(id).add(std::to_string(id)))};
    }
    std::int64_t backend_of_a_write() {
        return run(loop, database.run(a, UnitKind::write, notes::backend(), {}))->integer(0, 0);
    }
    /// Connections of the data layer to the database of these tests.
    std::int64_t connections() {
        return watch
            .run(
                "select count(*) from pg_stat_activity where datname = current_database() and "
                "application_name = 'terrace'")
            .integer(0, 0);
    }

    boost::asio::io_context loop;
    Database database;
    TenantScope a = TestDatabase::instance().tenant();
    AdminConnection watch = TestDatabase::instance().admin();
};

class StuckLaneTest : public GrowthTest {
  protected:
    StuckLaneTest() : GrowthTest(one_write_lane()) {}

    static DatabaseOptions one_write_lane() {
        DatabaseOptions options = many_lanes();
        options.write_lanes = 1;
        options.queue_deadline = std::chrono::milliseconds(300);
        return options;
    }
};

TEST_F(GrowthTest, HoldsOneConnectionOfEachKindWhileOneIsEnough) {
    const auto before = connections();
    const auto backend = backend_of_a_write();
    for (int id = 1; id <= 5; ++id) ASSERT_TRUE(write(id).wait());
    EXPECT_EQ(backend_of_a_write(), backend);
    EXPECT_EQ(connections(), before);
}

TEST_F(GrowthTest, NobodyWaitsBehindAUnitThatIsHeldUp) {
    ASSERT_TRUE(write(1).wait());
    AdminConnection admin = TestDatabase::instance().admin();
    admin.run("begin; lock table shared.note in access exclusive mode");
    auto held_up = write(2);
    for (int others = 0; others < 3; ++others)
        EXPECT_TRUE(run(loop, database.run(a, UnitKind::write, notes::current_tenant(), {})));
    EXPECT_FALSE(held_up.done());
    admin.run("commit");
    EXPECT_TRUE(held_up.wait());
}

TEST_F(GrowthTest, HasAsManyConnectionsAsItMayWhenAllAreNeeded) {
    const auto before = connections();
    std::vector<Started<DbResult<Rows>>> sleeping;
    for (int each = 0; each < 12; ++each)
        sleeping.emplace_back(loop, database.run(a, UnitKind::write, notes::sleep(), Params().add("0.2")));
    for (auto& each : sleeping) EXPECT_TRUE(each.wait());
    EXPECT_EQ(connections(), before + 2);
}

TEST_F(StuckLaneTest, IsLeftAlone) {
    ASSERT_TRUE(write(1).wait());
    AdminConnection admin = TestDatabase::instance().admin();
    admin.run("begin; lock table shared.note in access exclusive mode");
    auto stuck = write(2);
    // How long it stands; for its first moments one more would be sent behind it.
    ASSERT_FALSE(run_until(loop, [&] { return stuck.done(); }, std::chrono::seconds(1)));
    EXPECT_EQ(write(3).wait().error().kind, DbError::Kind::unavailable) << "it does not wait for the lock";
    EXPECT_FALSE(stuck.done());
    admin.run("commit");
    EXPECT_TRUE(stuck.wait());
    EXPECT_TRUE(write(4).wait());
}

TEST_F(GrowthTest, ConnectsForALeaseWhenSomebodyWantsOne) {
    const auto before = connections();
    {
        auto one = run(loop, database.lease(a));
        ASSERT_TRUE(one);
        EXPECT_EQ(connections(), before + 1);
        auto another = run(loop, database.lease(a));
        ASSERT_TRUE(another);
        EXPECT_EQ(connections(), before + 2);
    }
    ASSERT_TRUE(run(loop, database.lease(a)));
    EXPECT_EQ(connections(), before + 2);
}

}  // namespace
}  // namespace terrace::db
