#include "platform/identity/test_sessions.hpp"
#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/source_dir.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include <cstddef>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

namespace terrace::identity {
namespace {

using test::add_sessions;
using test::is_live;
using test::open_session;
using test::waiting_for_locks;
using test::World;
using testing::TestDatabase;

/// A person has a hundred sessions at most.
class SessionBoundTest : public ::testing::Test {
  protected:
    explicit SessionBoundTest(testing::DataLayer& layer = testing::DataLayer::shared())
        : world(test::test_config(), layer) {}

    Session open() { return open_session(world, house); }
    std::int64_t live() { return test::live_sessions(admin, house.account); }

    World world;
    db::AdminConnection admin = TestDatabase::instance().admin();
    Registered house = world.organization(World::fresh_slug());
};

TEST_F(SessionBoundTest, AHundredAndFirstEndsTheFirst) {
    const Session first = open();
    const Session second = open();
    add_sessions(admin, house, 98);
    ASSERT_EQ(live(), 100);
    const Session newest = open();
    EXPECT_EQ(live(), 100);
    EXPECT_FALSE(is_live(admin, first.id));
    EXPECT_TRUE(is_live(admin, second.id));
    EXPECT_TRUE(is_live(admin, newest.id));
    EXPECT_EQ(admin
                  .run("select session_id from shared.audit_entry where action = 'session.displaced' "
                       "and tenant_id = $1 and object_id = $2",
                       db::Params().add(house.tenant).add(first.id))
                  .uuid(0, 0),
              newest.id);
}

TEST_F(SessionBoundTest, OneTooManyEndsTheOneThatWasUsedLongestAgo) {
    const Session first = open();
    const Session second = open();
    add_sessions(admin, house, 98);
    ASSERT_TRUE(world.wait(world.service.sessions().refresh(first.refresh_token, {}, {})));
    open();
    EXPECT_TRUE(is_live(admin, first.id));
    EXPECT_FALSE(is_live(admin, second.id));
}

TEST_F(SessionBoundTest, ASessionThatIsHandedOverCountsAsWell) {
    const Session first = open();
    add_sessions(admin, house, 98);
    const Session root = open();
    const auto code = world.wait(world.service.sessions().make_handoff(root, house.slug, "challenge")).value();
    ASSERT_TRUE(world.wait(world.service.sessions().take_handoff(*code, "challenge", {}, {})).value());
    EXPECT_EQ(live(), 100);
    EXPECT_FALSE(is_live(admin, first.id));
}

TEST_F(SessionBoundTest, NobodyElsesAreEndedByOneTooMany) {
    const Registered stranger = world.organization(World::fresh_slug());
    const auto theirs = open_session(world, stranger);
    add_sessions(admin, house, 100);
    open();
    EXPECT_EQ(live(), 100);
    EXPECT_TRUE(is_live(admin, theirs.id));
}

TEST_F(SessionBoundTest, WhoHasFarTooManyLosesThemBitByBit) {
    add_sessions(admin, house, 1'500);
    open();
    EXPECT_EQ(live(), 501);
    open();
    EXPECT_EQ(live(), 100);
}

TEST_F(SessionBoundTest, TheMigrationLeavesTheHundredThatWereUsedLast) {
    add_sessions(admin, house, 150);
    const Session last = open();
    add_sessions(admin, house, 150);
    std::ifstream file(testing::migrations_dir() + "/catalog/0016_sessions_bounded.sql");
    admin.run(std::string(std::istreambuf_iterator<char>(file), {}));
    EXPECT_EQ(live(), 100);
    EXPECT_FALSE(is_live(admin, last.id));
}

/// Several are opened at once.
class ManySessionsTest : public SessionBoundTest {
  protected:
    static constexpr std::size_t lane_count = 6;

    ManySessionsTest() : SessionBoundTest(test::layer_for(lane_count)) {}
};

TEST_F(ManySessionsTest, OpenedAtOnceStayWithinTheBound) {
    add_sessions(admin, house, 100);
    // The first who ends the oldest is held up, and the others come meanwhile.
    admin.run("begin");
    admin.run("select 1 from catalog.session where user_id = $1 order by last_seen_at, id limit 1 for update",
              db::Params().add(house.account.id));
    std::size_t opened = 0;
    for (std::size_t i = 0; i < lane_count; ++i)
        boost::asio::co_spawn(world.loop, world.service.sessions().open(house.account.id, house.tenant, {}),
                              [&](const std::exception_ptr& fault, const Result<Session>& session) {
                                  EXPECT_FALSE(fault);
                                  EXPECT_TRUE(session);
                                  ++opened;
                              });
    auto watch = TestDatabase::instance().admin();
    world.wait_until([&] { return waiting_for_locks(watch) == lane_count; });
    admin.run("commit");
    world.wait_until([&] { return opened == lane_count; });
    EXPECT_EQ(live(), 100);
}

}  // namespace
}  // namespace terrace::identity
