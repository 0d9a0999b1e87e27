#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace terrace::identity {
namespace {

using test::member;
using test::post;
using test::World;
using testing::TestDatabase;

class RegistrationTest : public ::testing::Test {
  protected:
    static std::string body(const std::string& slug, const std::string& email,
                            std::string_view password = World::password) {
        return fmt::format(
            R"({{"organization_name":"House of {}","slug":"{}","full_name":"Asha Rao","email":"{}","password":"{}"}})",
            slug, slug, email, password);
    }
    http::Response sign_up(const std::string& slug, const std::string& email,
                           std::string_view password = World::password) {
        return world.send(post("/api/v1/auth/register", body(slug, email, password)));
    }
    std::string state_of(const std::string& slug) {
        const auto rows = admin.run("select state from catalog.tenant where slug = $1", db::Params().add(slug));
        return rows.empty() ? "none" : std::string(rows.text(0, 0));
    }
    std::int64_t accounts(const std::string& email) {
        return admin.run("select count(*) from catalog.user_account where email = $1", db::Params().add(email))
            .integer(0, 0);
    }
    /// The sign-up as far as its commit, as if the process were killed there.
    void sign_up_until_killed() {
        sign_up(slug, email);
        admin.run("delete from shared.role where tenant_id = (select id from catalog.tenant where slug = $1)",
                  db::Params().add(slug));
        admin.run("update catalog.tenant set state = 'provisioning' where slug = $1", db::Params().add(slug));
    }

    World world;
    db::AdminConnection admin = TestDatabase::instance().admin();
    const std::string slug = World::fresh_slug();
    const std::string email = "asha@" + slug + ".example";
};

TEST_F(RegistrationTest, MakesAnOrganisationAndItsOwner) {
    const auto response = sign_up(slug, "Asha@" + slug + ".Example");
    ASSERT_EQ(response.status, 201) << response.body;
    EXPECT_EQ(member(response, {"user", "email"}), email);
    EXPECT_EQ(member(response, {"user", "full_name"}), "Asha Rao");
    EXPECT_EQ(member(response, {"tenant", "slug"}), slug);
    EXPECT_EQ(member(response, {"tenant", "name"}), "House of " + slug);
    EXPECT_EQ(member(response, {"tenant", "origin"}), "http://" + slug + ".localhost:8000");
    EXPECT_EQ(state_of(slug), "active");
    EXPECT_TRUE(test::header(response, "Set-Cookie").empty());
    EXPECT_FALSE(response.body.contains("token"));
    const auto role = admin.run(
        "select m.role_slug from catalog.membership m join catalog.tenant t on t.id = m.tenant_id where t.slug = $1",
        db::Params().add(slug));
    EXPECT_EQ(role.text(0, 0), "owner");
}

TEST_F(RegistrationTest, KeepsNoPasswordAsItWasTyped) {
    sign_up(slug, email);
    const auto rows = admin.run(
        "select c.password_hash from catalog.credential c join catalog.user_account u on u.id = c.user_id where email "
        "= $1",
        db::Params().add(email));
    EXPECT_TRUE(rows.text(0, 0).starts_with("$argon2id$"));
}

TEST_F(RegistrationTest, SignsABrowserInWhereItCalled) {
    test::CookieJar jar;
    const auto response = world.send(test::from_browser(post("/api/v1/auth/register", body(slug, email)), jar));
    ASSERT_EQ(response.status, 201) << response.body;
    jar.take(response);
    EXPECT_FALSE(jar.value("__Host-at").empty());
    EXPECT_FALSE(jar.value("__Host-rt").empty());
    EXPECT_FALSE(response.body.contains(jar.value("__Host-at")));
    const auto me = world.send(test::from_browser({.target = "/api/v1/auth/me"}, jar));
    EXPECT_EQ(me.status, 200) << me.body;
    EXPECT_EQ(member(me, {"tenant", "slug"}), slug);
}

TEST_F(RegistrationTest, LeavesTheCookiesOfAnotherOrganisationsHostAlone) {
    const Registered other = world.organization(World::fresh_slug());
    const auto response = world.send(test::from_browser(
        post("/api/v1/auth/register", body(slug, email), other.slug + ".localhost:8000"), test::CookieJar()));
    EXPECT_EQ(response.status, 201) << response.body;
    EXPECT_TRUE(test::header(response, "Set-Cookie").empty());
}

TEST_F(RegistrationTest, NamesEveryFaultAtOnce) {
    const auto response = world.send(
        post("/api/v1/auth/register",
             R"({"organization_name":"","slug":"Not A Slug","email":"nobody","password":"short","plan":"gold"})"));
    ASSERT_EQ(response.status, 400);
    EXPECT_EQ(member(response, {"code"}), "validation_failed");
    for (const char* field : {"organization_name", "slug", "full_name", "email", "password", "plan"})
        EXPECT_TRUE(response.body.contains("\"" + std::string(field) + "\":[{")) << field << response.body;
}

TEST_F(RegistrationTest, RefusesATakenSlug) {
    ASSERT_EQ(sign_up(slug, email).status, 201);
    const auto second = sign_up(slug, "other@" + slug + ".example");
    ASSERT_EQ(second.status, 409);
    EXPECT_EQ(member(second, {"code"}), "slug_taken");
    EXPECT_TRUE(second.body.contains(R"("errors":{"slug":[{"code":"unique")")) << second.body;
    EXPECT_EQ(accounts("other@" + slug + ".example"), 0);
}

TEST_F(RegistrationTest, AddsAnOrganisationToAKnownPerson) {
    const auto first = sign_up(slug, email);
    const std::string second_slug = World::fresh_slug();
    const auto second = sign_up(second_slug, email);
    ASSERT_EQ(second.status, 201) << second.body;
    EXPECT_EQ(member(first, {"user", "id"}), member(second, {"user", "id"}));
    EXPECT_EQ(accounts(email), 1);
}

TEST_F(RegistrationTest, RefusesAKnownPersonWithAnotherPassword) {
    ASSERT_EQ(sign_up(slug, email).status, 201);
    const std::string second_slug = World::fresh_slug();
    const auto refused = sign_up(second_slug, email, "another kettle 93 sings");
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(member(refused, {"code"}), "account_exists");
    EXPECT_EQ(state_of(second_slug), "none");
}

TEST_F(RegistrationTest, CountsAWrongPasswordAsAFailedSignIn) {
    ASSERT_EQ(sign_up(slug, email).status, 201);
    for (int i = 0; i < 10; ++i) sign_up(World::fresh_slug(), email, "another kettle 93 sings");
    EXPECT_EQ(sign_up(World::fresh_slug(), email, World::password).status, 429);
}

TEST_F(RegistrationTest, OfARaceForASlugLetsOneWin) {
    std::vector<test::Call> calls;
    for (int i = 0; i < 6; ++i)
        calls.push_back(post("/api/v1/auth/register", body(slug, fmt::format("racer{}@{}.example", i, slug))));
    int won = 0;
    for (const auto& response : world.send_together(calls)) {
        won += response.status == 201;
        if (response.status != 201) EXPECT_EQ(member(response, {"code"}), "slug_taken") << response.body;
    }
    EXPECT_EQ(won, 1);
    EXPECT_EQ(admin
                  .run("select count(*) from catalog.user_account where email like 'racer%@' || $1 || '.example'",
                       db::Params().add(slug))
                  .integer(0, 0),
              1);
}

TEST_F(RegistrationTest, OfARaceOfOnePersonMakesOneAccount) {
    std::vector<test::Call> calls;
    for (int i = 0; i < 4; ++i) calls.push_back(post("/api/v1/auth/register", body(World::fresh_slug(), email)));
    for (const auto& response : world.send_together(calls)) EXPECT_EQ(response.status, 201) << response.body;
    EXPECT_EQ(accounts(email), 1);
}

TEST_F(RegistrationTest, OfTheSameSignUpSentByManyAtOnceMakesOneOrganisation) {
    const std::vector<test::Call> calls(4, post("/api/v1/auth/register", body(slug, email)));
    std::set<std::string> made;
    for (const auto& response : world.send_together(calls)) {
        ASSERT_EQ(response.status, 201) << response.body;
        made.insert(member(response, {"tenant", "id"}));
    }
    EXPECT_EQ(made.size(), 1);
    EXPECT_EQ(accounts(email), 1);
}

TEST_F(RegistrationTest, AnswersASignUpWhoseAnswerWasLostAsTheFirstTime) {
    const auto first = sign_up(slug, email);
    const auto again = sign_up(slug, email);
    ASSERT_EQ(again.status, 201) << again.body;
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(accounts(email), 1);
}

TEST_F(RegistrationTest, TellsTheOwnerOfAnOlderOrganisationThatItsSlugIsTaken) {
    sign_up(slug, email);
    admin.run("update catalog.tenant set created_at = now() - interval '61 minutes' where slug = $1",
              db::Params().add(slug));
    EXPECT_EQ(member(sign_up(slug, email), {"code"}), "slug_taken");
}

TEST_F(RegistrationTest, AnswersNobodyElseWithAnOrganisationThatWasJustMade) {
    sign_up(slug, email);
    EXPECT_EQ(member(sign_up(slug, email, "another kettle 93 sings"), {"code"}), "account_exists");
    const std::string nurse = "nurse@" + slug + ".example";
    const auto tenant = admin.run("select id from catalog.tenant where slug = $1", db::Params().add(slug)).uuid(0, 0);
    ASSERT_TRUE(world.wait(
        world.service.registration().add_member(tenant, nurse, "Nila Das", std::string(World::password), "member")));
    EXPECT_EQ(member(sign_up(slug, nurse), {"code"}), "slug_taken");
}

TEST_F(RegistrationTest, IsContinuedByTheSamePersonAfterAKill) {
    sign_up_until_killed();
    EXPECT_EQ(state_of(slug), "provisioning");
    const auto again = sign_up(slug, email);
    ASSERT_EQ(again.status, 201) << again.body;
    EXPECT_EQ(state_of(slug), "active");
    EXPECT_GT(
        admin
            .run("select count(*) from shared.role where tenant_id = (select id from catalog.tenant where slug = $1)",
                 db::Params().add(slug))
            .integer(0, 0),
        0);
    EXPECT_EQ(accounts(email), 1);
}

TEST_F(RegistrationTest, IsNotContinuedByAnotherPersonOrPassword) {
    sign_up_until_killed();
    EXPECT_EQ(member(sign_up(slug, "other@" + slug + ".example"), {"code"}), "slug_taken");
    EXPECT_EQ(member(sign_up(slug, email, "another kettle 93 sings"), {"code"}), "account_exists");
    EXPECT_EQ(state_of(slug), "provisioning");
}

TEST_F(RegistrationTest, IsLimitedPerAddressAndHour) {
    Config config = test::test_config();
    config.throttle.sign_ups_per_address = 1;
    World strict(config);
    EXPECT_EQ(strict.send(post("/api/v1/auth/register", body(slug, email))).status, 201);
    const auto second = strict.send(post("/api/v1/auth/register", body(World::fresh_slug(), email)));
    EXPECT_EQ(second.status, 429);
    EXPECT_FALSE(test::header(second, "Retry-After").empty());
}

TEST_F(RegistrationTest, AddsMembersForCommands) {
    const Registered house = world.organization(slug);
    const auto added = world.wait(world.service.registration().add_member(
        house.tenant, "nurse@" + slug + ".example", "Nila Das", std::string(World::password), "member"));
    ASSERT_TRUE(added);
    const auto again = world.wait(world.service.registration().add_member(
        house.tenant, "nurse@" + slug + ".example", "Nila Das", std::string(World::password), "member"));
    ASSERT_TRUE(again);
    EXPECT_EQ(added->id, again->id);
    const auto signed_in = world.wait(world.service.sign_in().run({.email = "nurse@" + slug + ".example",
                                                                   .password = std::string(World::password),
                                                                   .tenant_slug = slug,
                                                                   .host_tenant = nullptr,
                                                                   .address = "192.0.2.1"}));
    ASSERT_TRUE(signed_in);
    EXPECT_EQ(signed_in->tenant, house.tenant);
}

TEST_F(RegistrationTest, ChecksWhatCommandsSayToo) {
    const auto refused = world.wait(world.service.registration().run({.organization_name = "House",
                                                                      .slug = "Not A Slug",
                                                                      .full_name = "Asha Rao",
                                                                      .email = "nobody",
                                                                      .password = "short"},
                                                                     std::nullopt));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "validation_failed");
    EXPECT_EQ(refused.error().fields.size(), 3U);
}

TEST_F(RegistrationTest, TellsWhetherASlugIsFree) {
    const auto ask = [this](const std::string& wanted) {
        return world.send({.target = "/api/v1/auth/slug-availability?slug=" + wanted});
    };
    EXPECT_EQ(ask(slug).body, R"({"slug":")" + slug + R"(","available":true})");
    world.organization(slug);
    const auto taken = ask(slug);
    EXPECT_TRUE(taken.body.contains(R"("available":false)")) << taken.body;
    EXPECT_EQ(member(taken, {"code"}), "unique");
    EXPECT_EQ(member(taken, {"suggestion"}), slug + "-2");
    const auto malformed = ask("Sunrise%20" + slug);
    EXPECT_TRUE(malformed.body.contains(R"("available":false)"));
    EXPECT_EQ(member(malformed, {"suggestion"}), "sunrise-" + slug);
    const auto reserved = ask("www");
    EXPECT_EQ(member(reserved, {"suggestion"}), "www-2") << reserved.body;
    EXPECT_EQ(world.send({.target = "/api/v1/auth/slug-availability"}).status, 400);
}

}  // namespace
}  // namespace terrace::identity
