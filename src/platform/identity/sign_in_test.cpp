#include "platform/identity/test_sign_in.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace terrace::identity {
namespace {

using test::Call;
using test::CookieJar;
using test::from_browser;
using test::member;
using test::post;
using test::SignInTest;
using test::World;

TEST_F(SignInTest, GivesAProgramItsTokens) {
    const auto response = token(credentials(email));
    ASSERT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(member(response, {"token_type"}), "Bearer");
    EXPECT_TRUE(response.body.contains(R"("expires_in":300)"));
    EXPECT_TRUE(test::header(response, "Set-Cookie").empty());
    EXPECT_EQ(test::header(response, "Cache-Control"), "no-store");
    const auto who = me(member(response, {"access_token"}));
    ASSERT_EQ(who.status, 200) << who.body;
    EXPECT_EQ(member(who, {"user", "email"}), email);
    EXPECT_EQ(member(who, {"role", "slug"}), "owner");
}

TEST_F(SignInTest, GivesABrowserCookiesAndNoToken) {
    CookieJar jar;
    const auto response = send_browser(jar, "/api/v1/auth/login", credentials(email));
    ASSERT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(member(response, {"tenant", "slug"}), house.slug);
    EXPECT_EQ(member(response, {"tenant", "origin"}), "http://" + house.slug + ".localhost:8000");
    EXPECT_FALSE(response.body.contains(jar.value("__Host-at")));
    EXPECT_FALSE(response.body.contains(jar.value("__Host-rt")));
    EXPECT_EQ(me(jar).body, response.body);
}

TEST_F(SignInTest, AnswersWrongCredentialsInTheSameBytes) {
    const Registered other = world.organization(World::fresh_slug());
    const std::string wrong_password = token(credentials(email, "another kettle 93 sings")).body;
    EXPECT_TRUE(wrong_password.contains(R"("code":"invalid_credentials")"));
    EXPECT_EQ(token(credentials("nobody@nowhere.example")).body, wrong_password);
    EXPECT_EQ(token(credentials(email, World::password, "no-such-organisation")).body, wrong_password);
    EXPECT_EQ(token(credentials(email, World::password, other.slug)).body, wrong_password);
    EXPECT_EQ(token(credentials(email), other.slug + ".localhost:8000").body, wrong_password);
    EXPECT_EQ(token(credentials(email, "another kettle 93 sings"), host()).body, wrong_password);
}

TEST_F(SignInTest, FindsAPersonInAnyCase) {
    std::string shouted = email;
    for (char& c : shouted) c = static_cast<char>(std::toupper(c));
    EXPECT_EQ(token(credentials(shouted)).status, 200);
}

TEST_F(SignInTest, AsksForTheOrganisationWhenThereAreSeveral) {
    const std::string second = world.second_organization(house.account).slug;
    const auto asked = token(credentials(email));
    EXPECT_EQ(asked.status, 409);
    EXPECT_EQ(member(asked, {"code"}), "tenant_required");
    EXPECT_TRUE(asked.body.contains(fmt::format(R"("slug":"{}","name":"Second")", second))) << asked.body;
    EXPECT_TRUE(asked.body.contains(R"("slug":")" + house.slug)) << asked.body;
    EXPECT_EQ(token(credentials(email, World::password, second)).status, 200);
    EXPECT_EQ(token(credentials(email), second + ".localhost:8000").status, 200);
}

TEST_F(SignInTest, RefusesAnOrganisationThatTheHostContradicts) {
    const Registered other = world.organization(World::fresh_slug());
    const auto response = token(credentials(email, World::password, other.slug), host());
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(member(response, {"code"}), "tenant_mismatch");
}

TEST_F(SignInTest, NamesEveryFaultAtOnce) {
    const auto response = world.send(post("/api/v1/auth/token", R"({"grant_type":"magic","email":1,"x":null})"));
    EXPECT_EQ(response.status, 400);
    for (const char* field : {"grant_type", "email", "password", "x"})
        EXPECT_TRUE(response.body.contains("\"" + std::string(field) + "\":[{")) << response.body;
    EXPECT_EQ(world.send(post("/api/v1/auth/token", R"({"grant_type":"refresh_token"})")).status, 400);
}

TEST_F(SignInTest, RefreshesAProgram) {
    const auto first = token(credentials(email));
    const auto second =
        world.send(post("/api/v1/auth/token", fmt::format(R"({{"grant_type":"refresh_token","refresh_token":"{}"}})",
                                                          member(first, {"refresh_token"}))));
    ASSERT_EQ(second.status, 200) << second.body;
    EXPECT_EQ(me(member(second, {"access_token"})).status, 200);
}

TEST_F(SignInTest, TakesNoRefreshTokenForAnAccessTokenNorTheReverse) {
    const auto tokens = token(credentials(email));
    EXPECT_EQ(me(member(tokens, {"refresh_token"})).status, 401);
    const auto reversed =
        world.send(post("/api/v1/auth/token", fmt::format(R"({{"grant_type":"refresh_token","refresh_token":"{}"}})",
                                                          member(tokens, {"access_token"}))));
    EXPECT_EQ(member(reversed, {"code"}), "invalid_grant");
}

TEST_F(SignInTest, RefreshesABrowserByItsCookie) {
    CookieJar jar = signed_in_browser();
    const std::string old = jar.value("__Host-rt");
    jar.drop("__Host-at");
    EXPECT_EQ(me(jar).status, 401);
    const auto response = send_browser(jar, "/api/v1/auth/refresh");
    ASSERT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(response.body, R"({"expires_in":300})");
    EXPECT_NE(jar.value("__Host-rt"), old);
    EXPECT_EQ(me(jar).status, 200);
}

TEST_F(SignInTest, ClearsTheCookiesOfASessionThatHasEnded) {
    CookieJar jar;
    jar.put("__Host-rt", "worthless");
    jar.put("__Host-at", "worthless");
    const auto response = send_browser(jar, "/api/v1/auth/refresh");
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(member(response, {"code"}), "invalid_grant");
    EXPECT_TRUE(jar.empty());
}

TEST_F(SignInTest, KeepsABrowsersSessionOnItsHost) {
    CookieJar jar = signed_in_browser();
    const Registered other = world.organization(World::fresh_slug());
    const auto response =
        world.send(from_browser(post("/api/v1/auth/refresh", "{}", other.slug + ".localhost:8000"), jar));
    EXPECT_EQ(response.status, 401);
    const auto elsewhere =
        world.send(from_browser({.target = "/api/v1/auth/me", .host = other.slug + ".localhost:8000"}, jar));
    EXPECT_EQ(elsewhere.status, 403);
    EXPECT_EQ(send_browser(jar, "/api/v1/auth/refresh").status, 200);
}

TEST_F(SignInTest, TakesTheBearerTokenBeforeTheCookie) {
    const CookieJar jar = signed_in_browser();
    Call call = from_browser({.target = "/api/v1/auth/me", .host = host()}, jar);
    call.headers["authorization"] = "Bearer worthless";
    EXPECT_EQ(world.send(call).status, 401);
    call.headers["authorization"] = "Basic dXNlcjpwYXNz";
    EXPECT_EQ(world.send(call).status, 401);
    call.headers["authorization"] = "bEARER " + jar.value("__Host-at");
    EXPECT_EQ(world.send(call).status, 200);
}

TEST_F(SignInTest, AfterSigningOutNothingOfTheSessionWorks) {
    CookieJar jar = signed_in_browser();
    const CookieJar copy = jar;
    EXPECT_EQ(me(copy).status, 200);
    EXPECT_EQ(send_browser(jar, "/api/v1/auth/logout").status, 204);
    EXPECT_TRUE(jar.empty());
    world.wait_until([&] { return me(copy).status == 401; });
    CookieJar thief = copy;
    EXPECT_EQ(send_browser(thief, "/api/v1/auth/refresh").status, 401);
}

TEST_F(SignInTest, SignsOutByTheRefreshCookieAlone) {
    CookieJar jar = signed_in_browser();
    jar.drop("__Host-at");
    CookieJar copy = jar;
    EXPECT_EQ(send_browser(jar, "/api/v1/auth/logout").status, 204);
    EXPECT_EQ(send_browser(copy, "/api/v1/auth/refresh").status, 401);
}

TEST_F(SignInTest, SignsOutWhoeverIsNotSignedIn) {
    CookieJar jar;
    EXPECT_EQ(send_browser(jar, "/api/v1/auth/logout").status, 204);
}

TEST_F(SignInTest, SignsOutOfAnOrganisationThatLetsNobodyIn) {
    const auto set = [this](const std::string& assignment) {
        admin.run("update catalog.tenant set " + assignment + " where id = $1", db::Params().add(house.tenant));
    };
    for (const char* shut : {"state = 'suspended'", "state = 'deleting', delete_after = now()"}) {
        CookieJar jar = signed_in_browser();
        const CookieJar copy = jar;
        set(shut);
        world.wait_until([&] { return me(copy).status != 200; });
        EXPECT_EQ(send_browser(jar, "/api/v1/auth/logout").status, 204) << shut;
        EXPECT_TRUE(jar.empty()) << shut;
        set("state = 'active', delete_after = null");
        world.wait_until([&] { return me(copy).status == 401; });
    }
}

TEST_F(SignInTest, RefusesABrowsersCallFromAnotherSite) {
    const CookieJar jar = signed_in_browser();
    for (const char* path :
         {"/api/v1/auth/logout", "/api/v1/auth/refresh", "/api/v1/auth/login", "/api/v1/auth/enter"}) {
        Call call = from_browser(post(path, "{}", host()), jar);
        call.headers["sec-fetch-site"] = "cross-site";
        EXPECT_EQ(member(world.send(call), {"code"}), "cross_site") << path;
    }
    EXPECT_EQ(me(jar).status, 200);
}

TEST_F(SignInTest, LetsAPersonChangeTheirNameAndLanguage) {
    const CookieJar jar = signed_in_browser();
    Call call = from_browser(post("/api/v1/auth/me", R"({"full_name":" Asha R. Rao ","locale":"hi"})", host()), jar);
    call.method = http::Method::patch;
    const auto changed = world.send(call);
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(member(changed, {"user", "full_name"}), "Asha R. Rao");
    EXPECT_EQ(member(changed, {"user", "locale"}), "hi");
    call.body = R"({"locale":"tlh","full_name":null,"email":"x@y.example"})";
    const auto refused = world.send(call);
    EXPECT_EQ(refused.status, 400);
    EXPECT_TRUE(refused.body.contains("invalid_choice") && refused.body.contains("unknown_field")) << refused.body;
    call.body = "{}";
    EXPECT_EQ(member(world.send(call), {"user", "full_name"}), "Asha R. Rao");
}

TEST_F(SignInTest, NamesTheFirstHundredOfAHundredThousandUnknownMembers) {
    std::string body = credentials(email);
    body.pop_back();
    for (int i = 0; i < 100'000; ++i) body += fmt::format(R"(,"m{}":0)", i);
    const auto refused = world.send(post("/api/v1/auth/token", grant(body + "}"), host()));
    EXPECT_EQ(refused.status, 400);
    const auto document = json::Document::parse(refused.body).value();
    EXPECT_EQ(document.root().find("errors")->size(), 100U);
    EXPECT_LT(refused.body.size(), 10'000U);
}

TEST_F(SignInTest, AuditsTheSession) {
    signed_in_browser();
    const auto rows =
        admin.run("select 1 from shared.audit_entry where action = 'session.open' and tenant_id = $1 and actor_id = $2",
                  db::Params().add(house.tenant).add(house.account.id));
    EXPECT_EQ(rows.size(), 1U);
}

TEST_F(SignInTest, PublishesTheKeysThatVerifyItsTokens) {
    const auto response = world.send({.target = "/.well-known/jwks.json", .host = "10.0.0.1"});
    ASSERT_EQ(response.status, 200);
    EXPECT_EQ(test::header(response, "Cache-Control"), "public, max-age=300");
    EXPECT_EQ(response.body, world.shared.keys.snapshot()->jwks);
    EXPECT_TRUE(response.body.contains(R"("kty":"EC")")) << response.body;
    EXPECT_FALSE(response.body.contains(R"("d":)")) << response.body;
}

}  // namespace
}  // namespace terrace::identity
