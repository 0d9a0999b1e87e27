#include "platform/tenancy/change_feed.hpp"

#include "platform/testing/database.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <thread>
#include <vector>

namespace terrace::tenancy {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::run_until;
using testing::TestDatabase;

class ChangeFeedTest : public ::testing::Test {
  public:
    ~ChangeFeedTest() override {
        stop.emit(asio::cancellation_type::terminal);
        database.close();
        loop.restart();
        loop.poll();
    }

  protected:
    void start() {
        asio::co_spawn(loop, feed.run(database),
                       asio::bind_cancellation_slot(stop.slot(), [this](std::exception_ptr) { ended = true; }));
        ASSERT_TRUE(run_until(loop, [this] { return feed.age() < 1s; }));
    }

    /// Polls at least once more.
    void let_it_poll() {
        const auto seen = Clock::now();
        ASSERT_TRUE(run_until(loop, [&] { return feed.age() < Clock::now() - seen; }));
    }

    static void note(db::AdminConnection& connection, std::string_view kind, const Uuid& object, const Uuid& tenant) {
        connection.run("insert into catalog.change (kind, object_id, tenant_id) values ($1, $2, $3)",
                       db::Params().add(kind).add(object).add(tenant));
    }

    std::ptrdiff_t heard_of(const Uuid& object) const { return std::ranges::count(heard, object, &Change::id); }

    asio::io_context loop;
    db::Database database{loop.get_executor(), TestDatabase::instance().options()};
    db::AdminConnection admin = TestDatabase::instance().admin();
    ChangeFeed feed;
    std::vector<Change> heard;
    std::shared_ptr<void> subscription =
        feed.listen(loop.get_executor(), [this](const Change& change) { heard.push_back(change); });
    asio::cancellation_signal stop;
    bool ended = false;
    const Uuid object = Uuid::v7();
    const Uuid tenant = Uuid::v7();
};

TEST_F(ChangeFeedTest, TellsWhatChangedWithinASecond) {
    start();
    note(admin, "membership", object, tenant);
    ASSERT_TRUE(run_until(loop, [&] { return heard_of(object) == 1; }, 1s));
    const auto change = *std::ranges::find(heard, object, &Change::id);
    EXPECT_EQ(change.kind, Change::Kind::membership);
    EXPECT_EQ(change.tenant, tenant);
}

TEST_F(ChangeFeedTest, TellsAtStartWhatChangedInTheLastTenMinutes) {
    note(admin, "session", object, tenant);
    admin.run("update catalog.change set at = at - interval '9 minutes' where object_id = $1",
              db::Params().add(object));
    const auto forgotten = Uuid::v7();
    note(admin, "session", forgotten, tenant);
    admin.run("update catalog.change set at = at - interval '11 minutes' where object_id = $1",
              db::Params().add(forgotten));
    start();
    EXPECT_TRUE(run_until(loop, [&] { return heard_of(object) == 1; }));
    EXPECT_EQ(heard_of(forgotten), 0);
}

TEST_F(ChangeFeedTest, HearsATransactionThatCommitsAfterALaterOne) {
    start();
    auto slow = TestDatabase::instance().admin();
    slow.run("begin");
    note(slow, "tenant", tenant, tenant);
    note(admin, "tenant", object, object);
    ASSERT_TRUE(run_until(loop, [&] { return heard_of(object) == 1; }));
    EXPECT_EQ(heard_of(tenant), 0);
    slow.run("commit");
    EXPECT_TRUE(run_until(loop, [&] { return heard_of(tenant) == 1; }, 1s));
}

TEST_F(ChangeFeedTest, TellsEachChangeOnce) {
    start();
    note(admin, "tenant", object, object);
    ASSERT_TRUE(run_until(loop, [&] { return heard_of(object) == 1; }));
    let_it_poll();
    let_it_poll();
    EXPECT_EQ(heard_of(object), 1);
}

TEST_F(ChangeFeedTest, IsToldByTheCatalogsOwnTriggers) {
    start();
    admin.run("insert into catalog.tenant (id, slug, name) values ($1, $2, 'Acme')",
              db::Params().add(tenant).add("t" + tenant.to_string().substr(24)));
    EXPECT_TRUE(run_until(loop, [&] { return heard_of(tenant) == 1; }));
    admin.run("update catalog.tenant set name = 'New' where id = $1", db::Params().add(tenant));
    EXPECT_TRUE(run_until(loop, [&] { return heard_of(tenant) == 2; }));
    admin.run("delete from catalog.tenant where id = $1", db::Params().add(tenant));
    EXPECT_TRUE(run_until(loop, [&] { return heard_of(tenant) == 3; }));
}

TEST_F(ChangeFeedTest, AnnouncesAtOnceToEveryListenerThatLives) {
    subscription.reset();
    std::vector<Change> other;
    const auto living = feed.listen(loop.get_executor(), [&](const Change& change) { other.push_back(change); });
    feed.announce({{.kind = Change::Kind::tenant, .id = tenant, .tenant = tenant}});
    loop.poll();
    EXPECT_TRUE(heard.empty());
    ASSERT_EQ(other.size(), 1U);
    EXPECT_EQ(other[0].id, tenant);
}

TEST_F(ChangeFeedTest, DoesNotCallAListenerThatDiedOnTheWay) {
    feed.announce({{.kind = Change::Kind::tenant, .id = tenant, .tenant = tenant}});
    subscription.reset();
    loop.poll();
    EXPECT_TRUE(heard.empty());
}

TEST_F(ChangeFeedTest, CallsAListenerOnItsOwnLoop) {
    asio::io_context other_loop;
    std::optional<std::thread::id> called_on;
    const auto other =
        feed.listen(other_loop.get_executor(), [&](const Change&) { called_on = std::this_thread::get_id(); });
    feed.announce({{.kind = Change::Kind::tenant, .id = tenant, .tenant = tenant}});
    std::thread other_thread([&] { other_loop.run(); });
    const auto expected = other_thread.get_id();
    other_thread.join();
    EXPECT_EQ(called_on, expected);
}

TEST_F(ChangeFeedTest, KnowsThatItKnowsNothingBeforeTheFirstPoll) {
    EXPECT_GT(feed.age(), stale_after);
}

TEST_F(ChangeFeedTest, GrowsOldWhilePostgresqlIsAwayAndIsFreshAgainAfterwards) {
    start();
    const auto& name = TestDatabase::instance().name();
    admin.run("alter database " + name + " connection limit 0");  // a superuser may still come in
    admin.run(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where usename = 'terrace_platform' and datname = current_database()");
    EXPECT_TRUE(run_until(loop, [&] { return feed.age() > 2s; }));
    note(admin, "tenant", object, object);
    admin.run("alter database " + name + " connection limit -1");
    EXPECT_TRUE(run_until(loop, [&] { return feed.age() < 1s; }, 10s));
    EXPECT_TRUE(run_until(loop, [&] { return heard_of(object) == 1; }));
}

TEST_F(ChangeFeedTest, RemovesWhatIsADayOldAFewThousandAtATime) {
    admin.run(
        "create table public.removal (rows bigint);"
        "create function public.note_removal() returns trigger language plpgsql security definer as $$"
        " begin insert into public.removal select count(*) from removed; return null; end $$;"
        "create trigger note_removal after delete on catalog.change referencing old table as removed"
        " for each statement execute function public.note_removal()");
    admin.run(
        "insert into catalog.change (kind, object_id, at) select 'tenant', gen_random_uuid(),"
        " clock_timestamp() - interval '25 hours' from generate_series(1, 4500)");
    note(admin, "tenant", object, object);
    start();
    EXPECT_TRUE(run_until(loop, [&] {
        return admin.run("select from catalog.change where at < clock_timestamp() - interval '1 day' limit 1").empty();
    }));
    EXPECT_LE(admin.run("select max(rows) from public.removal").integer(0, 0), 2'000);
    EXPECT_FALSE(admin.run("select from catalog.change where object_id = $1", db::Params().add(object)).empty());
    admin.run("drop function public.note_removal() cascade; drop table public.removal");
}

TEST_F(ChangeFeedTest, EndsWhenItIsCancelled) {
    start();
    stop.emit(asio::cancellation_type::terminal);
    EXPECT_TRUE(run_until(loop, [&] { return ended; }));
}

}  // namespace
}  // namespace terrace::tenancy
