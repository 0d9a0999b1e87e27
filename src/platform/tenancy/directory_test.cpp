#include "platform/tenancy/directory.hpp"

#include "platform/testing/database.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace terrace::tenancy {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::run_until;
using testing::TestDatabase;

class DirectoryTest : public ::testing::Test {
  public:
    ~DirectoryTest() override {
        stop_feed_.emit(asio::cancellation_type::terminal);
        database.close();
        loop.restart();
        loop.poll();
    }

  protected:
    /// Lets the feed run until its knowledge is fresh.
    void start_feed() {
        asio::co_spawn(loop, feed.run(database), asio::bind_cancellation_slot(stop_feed_.slot(), asio::detached));
        ASSERT_TRUE(run_until(loop, [this] { return feed.age() < 1s; }));
    }

    Uuid add_tenant(const std::string& slug, const std::string& state = "active") {
        const auto id = Uuid::v7();
        admin.run(
            "insert into catalog.tenant (id, slug, name, state, delete_after)"
            " values ($1, $2, 'Acme', $3, case when $3 = 'deleting' then now() end)",
            db::Params().add(id).add(slug).add(state));
        admin.run("insert into shared.tenant_place (tenant_id, epoch) values ($1, 1)", db::Params().add(id));
        return id;
    }

    void rename(const Uuid& tenant, const std::string& name) {
        admin.run("update catalog.tenant set name = $2 where id = $1", db::Params().add(tenant).add(name));
    }

    void add_domain(const Uuid& tenant, const std::string& state) {
        admin.run(
            "insert into catalog.domain (id, tenant_id, slot, domain, token, state, verified_at) values"
            " (gen_random_uuid(), $1, 1, $2, repeat('x', 43), $3, case when $3 = 'verified' then now() end)",
            db::Params().add(tenant).add(domain).add(state));
    }

    TenantPtr by_domain(const std::string& name) { return testing::run(loop, directory.by_domain(name)).value(); }
    TenantPtr by_id(const Uuid& id) { return testing::run(loop, directory.by_id(id)).value(); }
    TenantPtr by_slug(const std::string& slug) { return testing::run(loop, directory.by_slug(slug)).value(); }

    asio::io_context loop;
    db::Database database{loop.get_executor(), TestDatabase::instance().options()};
    db::AdminConnection admin = TestDatabase::instance().admin();
    ChangeFeed feed;
    Directory directory{loop.get_executor(), database, feed};
    /// Unique in the test database: several tests share it.
    const std::string slug = "t" + Uuid::v7().to_string().substr(24);
    const std::string domain = slug + ".clinic.example";

  private:
    asio::cancellation_signal stop_feed_;
};

TEST_F(DirectoryTest, KnowsATenantByIdAndBySlug) {
    const auto id = add_tenant(slug);
    const auto tenant = by_slug(slug);
    ASSERT_TRUE(tenant);
    EXPECT_EQ(tenant->id, id);
    EXPECT_EQ(tenant->slug, slug);
    EXPECT_EQ(tenant->name, "Acme");
    EXPECT_EQ(tenant->state, TenantState::active);
    EXPECT_EQ(tenant->time_zone, "Asia/Kolkata");
    EXPECT_EQ(Directory::scope(*tenant).tenant(), id);
    EXPECT_EQ(Directory::scope(*tenant).place().epoch, 1);
    EXPECT_EQ(by_id(id)->slug, slug);
}

TEST_F(DirectoryTest, KnowsNoOther) {
    EXPECT_EQ(by_slug(slug), nullptr);
    EXPECT_EQ(by_id(Uuid::v7()), nullptr);
    const auto id = add_tenant(slug, "deleting");
    EXPECT_EQ(by_slug(slug), nullptr);
    EXPECT_EQ(by_id(id), nullptr);
}

TEST_F(DirectoryTest, AnswersFromItsCacheWhileTheFeedIsFresh) {
    const auto id = add_tenant(slug);
    start_feed();
    EXPECT_EQ(by_id(id)->name, "Acme");
    // Without its trigger a change reaches no one: the name can only come from the cache.
    admin.run("set session_replication_role = replica");
    rename(id, "Unheard");
    EXPECT_EQ(by_id(id)->name, "Acme");
    EXPECT_EQ(by_slug(slug)->name, "Acme");
}

TEST_F(DirectoryTest, AsksPostgresqlWhileTheFeedIsStale) {
    const auto id = add_tenant(slug);
    EXPECT_EQ(by_id(id)->name, "Acme");
    rename(id, "New name");
    EXPECT_EQ(by_id(id)->name, "New name");
}

TEST_F(DirectoryTest, HearsOfAChangeWithinASecond) {
    const auto id = add_tenant(slug);
    start_feed();
    EXPECT_EQ(by_id(id)->name, "Acme");
    rename(id, "New name");
    EXPECT_TRUE(run_until(loop, [&] { return by_id(id)->name == "New name"; }, 1s));
    EXPECT_EQ(by_slug(slug)->name, "New name");
}

TEST_F(DirectoryTest, FindsANewTenantThatWasAskedForBefore) {
    start_feed();
    EXPECT_EQ(by_slug(slug), nullptr);
    add_tenant(slug);
    EXPECT_TRUE(run_until(loop, [&] { return by_slug(slug) != nullptr; }, 1s));
}

TEST_F(DirectoryTest, RemembersForAWhileThatThereIsNoSuchTenant) {
    start_feed();
    EXPECT_EQ(by_slug(slug), nullptr);
    admin.run("set session_replication_role = replica");
    add_tenant(slug);
    EXPECT_EQ(by_slug(slug), nullptr);
}

TEST_F(DirectoryTest, FollowsATenantThatChangesItsSlug) {
    const auto id = add_tenant(slug);
    start_feed();
    EXPECT_TRUE(by_slug(slug));
    admin.run("update catalog.tenant set slug = slug || '-2' where id = $1", db::Params().add(id));
    EXPECT_TRUE(run_until(loop, [&] { return by_slug(slug) == nullptr; }, 1s));
    EXPECT_EQ(by_slug(slug + "-2")->id, id);
}

TEST_F(DirectoryTest, KnowsATenantByADomainThatItHasProved) {
    const auto id = add_tenant(slug);
    const auto other = add_tenant(slug + "-2");
    add_domain(id, "verified");
    add_domain(other, "pending");
    EXPECT_EQ(by_domain(domain)->id, id);
    EXPECT_EQ(by_domain(domain)->domains, std::vector{domain});
    EXPECT_TRUE(by_id(other)->domains.empty());
}

TEST_F(DirectoryTest, KnowsNoTenantByADomainThatIsOnlyClaimedOrOfOneThatIsBeingDeleted) {
    const auto id = add_tenant(slug);
    add_domain(id, "pending");
    EXPECT_EQ(by_domain(domain), nullptr);
    const auto gone = add_tenant(slug + "-2", "deleting");
    add_domain(gone, "verified");
    EXPECT_EQ(by_domain(domain), nullptr);
}

TEST_F(DirectoryTest, HearsThatADomainIsProvedRemovedAndProvedByAnother) {
    const auto id = add_tenant(slug);
    const auto other = add_tenant(slug + "-2");
    start_feed();
    EXPECT_EQ(by_domain(domain), nullptr);
    add_domain(id, "verified");
    EXPECT_TRUE(run_until(loop, [&] { return by_domain(domain) != nullptr; }, 1s));
    admin.run("delete from catalog.domain where domain = $1", db::Params().add(domain));
    EXPECT_TRUE(run_until(loop, [&] { return by_domain(domain) == nullptr; }, 1s));
    add_domain(other, "verified");
    EXPECT_TRUE(run_until(loop, [&] { return by_domain(domain) && by_domain(domain)->id == other; }, 1s));
}

TEST_F(DirectoryTest, AnswersForADomainFromItsCacheWhileTheFeedIsFresh) {
    const auto id = add_tenant(slug);
    add_domain(id, "verified");
    start_feed();
    EXPECT_EQ(by_domain(domain)->name, "Acme");
    admin.run("set session_replication_role = replica");
    rename(id, "Unheard");
    EXPECT_EQ(by_domain(domain)->name, "Acme");
    EXPECT_EQ(by_domain("other." + domain), nullptr);
    admin.run(
        "insert into catalog.domain (id, tenant_id, slot, domain, token, state, verified_at) values"
        " (gen_random_uuid(), $1, 2, $2, repeat('x', 43), 'verified', now())",
        db::Params().add(id).add("other." + domain));
    EXPECT_EQ(by_domain("other." + domain), nullptr) << "what is not there is remembered for a while";
}

TEST_F(DirectoryTest, GivesATenantThatIsBeingMadeAndDoesNotRememberIt) {
    const auto id = add_tenant(slug, "provisioning");
    start_feed();
    EXPECT_EQ(by_slug(slug)->state, TenantState::provisioning);
    admin.run("set session_replication_role = replica");
    admin.run("update catalog.tenant set state = 'active' where id = $1", db::Params().add(id));
    EXPECT_EQ(by_slug(slug)->state, TenantState::active);
}

TEST_F(DirectoryTest, ForgetsATenantAtOnceWhenThisProcessChangedIt) {
    const auto id = add_tenant(slug);
    start_feed();
    EXPECT_EQ(by_id(id)->name, "Acme");
    admin.run("set session_replication_role = replica");
    rename(id, "New name");
    directory.announce(id);
    EXPECT_EQ(by_id(id)->name, "New name");
}

TEST_F(DirectoryTest, LetsAWriteFollowATenantThatMoved) {
    const auto id = add_tenant(slug);
    start_feed();
    const auto before = Directory::scope(*by_id(id));
    admin.run("update shared.tenant_place set epoch = 2 where tenant_id = $1", db::Params().add(id));
    admin.run("update catalog.tenant set epoch = 2 where id = $1", db::Params().add(id));

    static const db::Shape& add_setting =
        db::shape("insert into {tenant}.settings (tenant_id, name, value) values ($1, 'greeting', 'hello')");
    const auto written =
        testing::run(loop, database.run(before, db::UnitKind::write, add_setting, db::Params().add(id)));
    ASSERT_TRUE(written) << written.error().message;
    EXPECT_EQ(written->affected(), 1);
    EXPECT_EQ(Directory::scope(*by_id(id)).place().epoch, 2);
}

TEST_F(DirectoryTest, SaysThatItCannotKnowWithoutPostgresql) {
    database.close();
    const auto tenant = testing::run(loop, directory.by_slug(slug));
    ASSERT_FALSE(tenant);
    EXPECT_EQ(tenant.error().status, 503);
}

}  // namespace
}  // namespace terrace::tenancy
