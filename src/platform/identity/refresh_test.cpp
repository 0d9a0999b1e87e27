#include "platform/identity/test_sessions.hpp"
#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"

#include <gtest/gtest.h>

#include <set>

namespace terrace::identity {
namespace {

using test::World;
using testing::TestDatabase;

class RefreshTest : public ::testing::Test {
  protected:
    Session open() { return test::open_session(world, house); }
    Result<Session> refresh(const std::string& token, std::optional<Uuid> host_tenant = {}) {
        return world.wait(world.service.sessions().refresh(token, host_tenant, {}));
    }
    /// The code of a refused refresh, or "ok".
    std::string outcome(const std::string& token) {
        const auto refreshed = refresh(token);
        return refreshed ? "ok" : refreshed.error().code;
    }
    bool is_revoked(const Uuid& session) { return !test::is_live(admin, session); }
    void set(const Uuid& session, const std::string& assignment) {
        admin.run("update catalog.session set " + assignment + " where id = $1", db::Params().add(session));
    }

    World world;
    db::AdminConnection admin = TestDatabase::instance().admin();
    Registered house = world.organization(World::fresh_slug());
};

TEST_F(RefreshTest, GivesTheChildOfTheNewestToken) {
    const Session session = open();
    const auto child = refresh(session.refresh_token);
    ASSERT_TRUE(child);
    EXPECT_NE(child->refresh_token, session.refresh_token);
    EXPECT_EQ(child->id, session.id);
    EXPECT_EQ(child->user, house.account.id);
    EXPECT_EQ(child->tenant, house.tenant);
    EXPECT_EQ(outcome(child->refresh_token), "ok");
}

TEST_F(RefreshTest, GivesTheSameChildAgainWhileItWasNeverPresented) {
    const Session session = open();
    const auto first = refresh(session.refresh_token);
    const auto second = refresh(session.refresh_token);
    const auto third = refresh(session.refresh_token);
    ASSERT_TRUE(first && second && third);
    EXPECT_EQ(first->refresh_token, second->refresh_token);
    EXPECT_EQ(first->refresh_token, third->refresh_token);
    EXPECT_EQ(outcome(first->refresh_token), "ok");
}

TEST_F(RefreshTest, EndsTheSessionWhenAParentComesBackAfterItsChild) {
    const Session session = open();
    const auto child = refresh(session.refresh_token);
    const auto grandchild = refresh(child->refresh_token);
    ASSERT_TRUE(grandchild);
    EXPECT_EQ(outcome(session.refresh_token), "invalid_grant");
    EXPECT_TRUE(is_revoked(session.id));
    EXPECT_EQ(outcome(grandchild->refresh_token), "invalid_grant");
}

TEST_F(RefreshTest, EndsTheSessionWhenATokenOfManyGenerationsAgoComesBack) {
    const Session session = open();
    std::string token = session.refresh_token;
    for (int i = 0; i < 5; ++i) token = refresh(token)->refresh_token;
    EXPECT_EQ(outcome(session.refresh_token), "invalid_grant");
    EXPECT_EQ(outcome(token), "invalid_grant");
    EXPECT_TRUE(is_revoked(session.id));
}

TEST_F(RefreshTest, EndsTheSessionWhenTheParentComesBackAfterADay) {
    const Session session = open();
    const auto child = refresh(session.refresh_token);
    ASSERT_TRUE(child);
    set(session.id, "refreshed_at = now() - interval '25 hours'");
    EXPECT_EQ(outcome(session.refresh_token), "invalid_grant");
    EXPECT_TRUE(is_revoked(session.id));
}

TEST_F(RefreshTest, AuditsTheReuseInTheTenantsPlace) {
    const Session session = open();
    const auto child = refresh(session.refresh_token);
    ASSERT_TRUE(refresh(child->refresh_token));
    EXPECT_EQ(outcome(session.refresh_token), "invalid_grant");
    const auto rows = admin.run(
        "select 1 from shared.audit_entry where action = 'session.token_reused' and object_id = $1 and tenant_id = $2",
        db::Params().add(session.id).add(house.tenant));
    EXPECT_EQ(rows.size(), 1U);
}

TEST_F(RefreshTest, RefusesAGuessWithoutEndingAnything) {
    const Session session = open();
    const RefreshTokens strangers("another installation's secret, quite as long");
    RefreshToken forged = strangers.first(session.id);
    EXPECT_EQ(outcome(forged.text), "invalid_grant");
    EXPECT_EQ(outcome(strangers.child(forged).text), "invalid_grant");
    EXPECT_EQ(outcome(""), "invalid_grant");
    EXPECT_EQ(outcome(session.refresh_token + "A"), "invalid_grant");
    EXPECT_EQ(outcome(std::string(10'000, 'A')), "invalid_grant");
    EXPECT_FALSE(is_revoked(session.id));
    EXPECT_EQ(outcome(session.refresh_token), "ok");
}

TEST_F(RefreshTest, RefusesAnotherTokenOfTheNewestGenerationWithoutEndingAnything) {
    const Session session = open();
    const RefreshToken other = world.shared.refresh_tokens.first(session.id);
    EXPECT_EQ(outcome(other.text), "invalid_grant");
    EXPECT_FALSE(is_revoked(session.id));
}

TEST_F(RefreshTest, ForTwentyParallelCallsGivesAllTheSameChild) {
    const Session session = open();
    std::vector<test::Call> calls;
    for (int i = 0; i < 20; ++i)
        calls.push_back(test::post("/api/v1/auth/token", R"({"grant_type":"refresh_token","refresh_token":")" +
                                                             session.refresh_token + "\"}"));
    std::set<std::string> children;
    for (const http::Response& response : world.send_together(calls)) {
        EXPECT_EQ(response.status, 200) << response.body;
        children.insert(test::member(response, {"refresh_token"}));
    }
    ASSERT_EQ(children.size(), 1U);
    EXPECT_EQ(outcome(*children.begin()), "ok");
    EXPECT_EQ(admin.run("select refresh_generation from catalog.session where id = $1", db::Params().add(session.id))
                  .integer(0, 0),
              2);
}

TEST_F(RefreshTest, EndsAfterSevenDaysWithoutUse) {
    const Session session = open();
    set(session.id, "last_seen_at = now() - interval '6 days 23 hours'");
    const auto child = refresh(session.refresh_token);
    ASSERT_TRUE(child);
    set(session.id, "last_seen_at = now() - interval '7 days 1 minute'");
    EXPECT_EQ(outcome(child->refresh_token), "invalid_grant");
}

TEST_F(RefreshTest, EndsThirtyDaysAfterSignIn) {
    const Session session = open();
    const auto minutes =
        admin.run("select extract(epoch from expires_at - created_at)::int / 60 from catalog.session where id = $1",
                  db::Params().add(session.id));
    EXPECT_NEAR(static_cast<double>(minutes.integer(0, 0)), 30.0 * 24 * 60, 1.0);
    set(session.id, "expires_at = now() - interval '1 second'");
    EXPECT_EQ(outcome(session.refresh_token), "invalid_grant");
}

TEST_F(RefreshTest, RefusesASessionThatWasSignedOut) {
    const Session session = open();
    ASSERT_TRUE(world.wait(world.service.sessions().close(session.id, {})));
    EXPECT_EQ(outcome(session.refresh_token), "invalid_grant");
}

TEST_F(RefreshTest, RefusesWhileTheOrganisationIsBeingDeletedAndGoesOnWhenItIsBack) {
    const Session session = open();
    const db::Params tenant = db::Params().add(house.tenant);
    admin.run("update catalog.tenant set state = 'deleting', delete_after = now() where id = $1", tenant);
    EXPECT_EQ(outcome(session.refresh_token), "invalid_grant");
    EXPECT_FALSE(is_revoked(session.id));
    admin.run("update catalog.tenant set state = 'active', delete_after = null where id = $1", tenant);
    EXPECT_EQ(outcome(session.refresh_token), "ok");
}

TEST_F(RefreshTest, RefusesAPersonWhoIsNoMemberAnyMore) {
    const Session session = open();
    admin.run("delete from catalog.membership where user_id = $1", db::Params().add(house.account.id));
    EXPECT_EQ(outcome(session.refresh_token), "invalid_grant");
}

TEST_F(RefreshTest, OnAnotherTenantsHostRefusesAndLeavesTheSessionAlone) {
    const Session session = open();
    const Registered other = world.organization(World::fresh_slug());
    const auto refused = refresh(session.refresh_token, other.tenant);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "invalid_grant");
    EXPECT_TRUE(refresh(session.refresh_token, house.tenant));
}

}  // namespace
}  // namespace terrace::identity
