#include "platform/identity/authenticator.hpp"

#include "platform/identity/test_sessions.hpp"
#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"

#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

using test::World;
using testing::TestDatabase;

class AuthenticatorTest : public ::testing::Test {
  protected:
    AuthenticatorTest() {
        session = test::open_session(world, house);
        token = world.service.access_tokens().sign(session.user, session.tenant, session.id, unix_seconds()).value();
    }
    /// "signed in", "nobody" or the code of the refusal.
    std::string outcome(TokenAuthenticator& authenticator, const test::Call& call) {
        const http::Request request = call.request();
        const auto credential = world.wait(authenticator.authenticate(request));
        if (!credential) return credential.error().code;
        return *credential && (*credential)->session == session.id ? "signed in" : "nobody";
    }
    test::Call with_bearer() const { return {.headers = {{"authorization", "Bearer " + token}}}; }
    test::Call with_cookie() const { return {.headers = {{"cookie", "__Host-at=" + token}}}; }
    /// Ends the session behind the process's back.
    void revoke() {
        admin.run("update catalog.session set revoked_at = now() where id = $1", db::Params().add(session.id));
    }

    World world;
    db::AdminConnection admin = TestDatabase::instance().admin();
    Registered house = world.organization(World::fresh_slug());
    Session session;
    std::string token;
};

TEST_F(AuthenticatorTest, ReadsBearerTokensAndCookies) {
    EXPECT_EQ(outcome(world.service.authenticator(), with_bearer()), "signed in");
    EXPECT_EQ(outcome(world.service.authenticator(), with_cookie()), "signed in");
    EXPECT_EQ(outcome(world.service.authenticator(), {}), "nobody");
    EXPECT_EQ(outcome(world.service.authenticator(), {.headers = {{"cookie", "__host-at=" + token}}}), "nobody");
}

TEST_F(AuthenticatorTest, HearsOfARevokedSession) {
    TokenAuthenticator& authenticator = world.service.authenticator();
    ASSERT_EQ(outcome(authenticator, with_bearer()), "signed in");
    revoke();
    world.wait_until([&] { return outcome(authenticator, with_bearer()) == "not_authenticated"; });
    EXPECT_EQ(outcome(authenticator, with_cookie()), "not_authenticated");
}

TEST_F(AuthenticatorTest, AsksPostgresqlWhileItsKnowledgeIsOld) {
    tenancy::ChangeFeed silent;
    TokenAuthenticator authenticator(world.loop.get_executor(), world.service.access_tokens(), world.database, silent);
    EXPECT_EQ(outcome(authenticator, with_bearer()), "signed in");
    revoke();
    EXPECT_EQ(outcome(authenticator, with_bearer()), "not_authenticated");
}

TEST_F(AuthenticatorTest, LetsNobodyInWhenItKnowsNothing) {
    tenancy::ChangeFeed silent;
    db::Database closed(world.loop.get_executor(), TestDatabase::instance().options());
    closed.close();
    TokenAuthenticator authenticator(world.loop.get_executor(), world.service.access_tokens(), closed, silent);
    EXPECT_EQ(outcome(authenticator, with_bearer()), "unavailable");
}

TEST_F(AuthenticatorTest, ForgetsWhatItVerifiedWhenTheKeysChange) {
    TokenAuthenticator& authenticator = world.service.authenticator();
    ASSERT_EQ(outcome(authenticator, with_bearer()), "signed in");
    const auto keys = world.shared.keys.snapshot()->keys;
    world.shared.keys.publish({});
    EXPECT_EQ(outcome(authenticator, with_bearer()), "not_authenticated");
    world.shared.keys.publish(keys);
    EXPECT_EQ(outcome(authenticator, with_bearer()), "signed in");
}

TEST_F(AuthenticatorTest, ChecksTheExpiryOfWhatItRemembers) {
    TokenAuthenticator& authenticator = world.service.authenticator();
    auto keys = world.shared.keys.snapshot()->keys;
    keys.front().signs_from -= access_token_life.count();
    world.shared.keys.publish(std::move(keys));
    token = world.service.access_tokens()
                .sign(session.user, session.tenant, session.id, unix_seconds() - access_token_life.count() + 3)
                .value();
    ASSERT_EQ(outcome(authenticator, with_bearer()), "signed in");
    world.wait_until([&] { return outcome(authenticator, with_bearer()) == "not_authenticated"; });
}

TEST(RevokedSessionsTest, SayWhenTheyAreTooManyToRemember) {
    using namespace std::chrono_literals;
    RevokedSessions revoked;
    const auto start = Clock::now();
    for (std::size_t i = 0; i < RevokedSessions::most_per_generation; ++i) revoked.add(Uuid::v7(), start);
    EXPECT_TRUE(revoked.complete(start));
    revoked.add(Uuid::v7(), start);
    EXPECT_FALSE(revoked.complete(start));
    EXPECT_FALSE(revoked.complete(start + access_token_life)) << "its token may be alive";
    EXPECT_TRUE(revoked.complete(start + 11min));
}

TEST(RevokedSessionsTest, AreRememberedForTenMinutesAtLeast) {
    using namespace std::chrono_literals;
    RevokedSessions revoked;
    const Uuid first = Uuid::v7();
    const auto start = Clock::now();
    EXPECT_FALSE(revoked.contains(first));
    revoked.add(first, start);
    revoked.add(Uuid::v7(), start + 10min);
    EXPECT_TRUE(revoked.contains(first));
    revoked.add(Uuid::v7(), start + 20min);
    EXPECT_TRUE(revoked.contains(first));
    revoked.add(Uuid::v7(), start + 31min);
    EXPECT_FALSE(revoked.contains(first));
}

}  // namespace
}  // namespace terrace::identity
