#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <vector>

namespace terrace::identity {
namespace {

using test::Call;
using test::CookieJar;
using test::from_browser;
using test::member;
using test::post;
using test::World;
using testing::TestDatabase;

class SignInTest : public ::testing::Test {
  protected:
    explicit SignInTest(Config config = test::test_config())
        : world(TestDatabase::instance().options(), std::move(config)) {}

    static std::string credentials(const std::string& email, std::string_view password = World::password,
                                   const std::string& tenant = {}) {
        return fmt::format(R"({{"email":"{}","password":"{}"{}}})", email, password,
                           tenant.empty() ? "" : fmt::format(R"(,"tenant":"{}")", tenant));
    }
    static std::string grant(std::string body) { return R"({"grant_type":"password",)" + body.substr(1); }
    std::string host() const { return house.slug + ".localhost:8000"; }
    http::Response token(const std::string& body, const std::string& at = "localhost:8000") {
        return world.send(post("/api/v1/auth/token", grant(body), at));
    }
    CookieJar signed_in_browser() {
        CookieJar jar;
        jar.take(world.send(from_browser(post("/api/v1/auth/login", credentials(email), host()), jar)));
        return jar;
    }
    http::Response me(const CookieJar& jar) {
        return world.send(from_browser({.target = "/api/v1/auth/me", .host = host()}, jar));
    }
    http::Response me(const std::string& bearer, const std::string& at = "localhost:8000") {
        return world.send(
            {.target = "/api/v1/auth/me", .host = at, .headers = {{"authorization", "Bearer " + bearer}}});
    }
    http::Response send_browser(CookieJar& jar, const std::string& path, const std::string& body = "{}") {
        auto response = world.send(from_browser(post(path, body, host()), jar));
        jar.take(response);
        return response;
    }

    World world;
    db::AdminConnection admin = TestDatabase::instance().admin();
    Registered house = world.organization(World::fresh_slug());
    const std::string email = house.account.email;
};

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

TEST_F(SignInTest, IsHeldUpAfterTenFailures) {
    for (int i = 0; i < 10; ++i) EXPECT_EQ(token(credentials(email, "another kettle 93 sings")).status, 401);
    const auto held_up = token(credentials(email));
    EXPECT_EQ(held_up.status, 429);
    EXPECT_EQ(member(held_up, {"code"}), "throttled");
    EXPECT_FALSE(test::header(held_up, "Retry-After").empty());
    Call elsewhere = post("/api/v1/auth/token", grant(credentials(email)));
    elsewhere.address = "198.51.100.9";
    EXPECT_EQ(world.send(elsewhere).status, 200);
}

/// Refusals are held back for longer than a test lasts.
class RefusedSignInTest : public SignInTest {
  protected:
    RefusedSignInTest() : SignInTest(patient()) {}
    ~RefusedSignInTest() override {
        for (Asked& each : asked) each.stop.emit(boost::asio::cancellation_type::terminal);
        world.wait_until([this] { return answered == asked.size(); });
    }

    static Config patient() {
        Config config = test::test_config();
        config.throttle.refusal_pause = std::chrono::hours(1);
        config.throttle.failures_per_account_and_address = 1;
        return config;
    }
    /// Asks and does not wait for the answer.
    void ask(Call call) {
        Asked& each = asked.emplace_back(std::move(call));
        boost::asio::co_spawn(world.loop, api::dispatch(*world.router, each.request),
                              boost::asio::bind_cancellation_slot(
                                  each.stop.slot(), [this](const std::exception_ptr&, const auto&) { ++answered; }));
    }
    void ask_for_tokens(const std::string& body) { ask(post("/api/v1/auth/token", grant(body))); }
    void wait_until_held(std::size_t count) {
        world.wait_until([&] { return world.shared.refusals.held() == count; });
    }

    struct Asked {
        explicit Asked(Call sent) : call(std::move(sent)), request(call.request()) {}
        Call call;
        http::Request request;
        boost::asio::cancellation_signal stop;
    };
    std::deque<Asked> asked;
    std::size_t answered = 0;
};

TEST_F(RefusedSignInTest, IsHeldBackWhateverWasWrongAndARightOneIsNot) {
    const Registered other = world.organization(World::fresh_slug());
    ask_for_tokens(credentials(email, "another kettle 93 sings"));
    ask_for_tokens(credentials("nobody@nowhere.example"));
    ask_for_tokens(credentials(other.account.email, World::password, house.slug));
    wait_until_held(3);
    Call right = post("/api/v1/auth/token", grant(credentials(email)));
    right.address = "198.51.100.9";
    EXPECT_EQ(world.send(right).status, 200);
    EXPECT_EQ(world.shared.refusals.held(), 3u);
    EXPECT_EQ(answered, 0u);
}

TEST_F(RefusedSignInTest, IsHeldBackWhenItIsOneTooMany) {
    ask_for_tokens(credentials(email, "another kettle 93 sings"));
    wait_until_held(1);
    ask_for_tokens(credentials(email));
    wait_until_held(2);
}

TEST_F(RefusedSignInTest, IsHeldBackWhenASignUpGuesses) {
    ask(post("/api/v1/auth/register",
             fmt::format(R"({{"organization_name":"X","slug":"{}","full_name":"X Y","email":"{}","password":"{}"}})",
                         World::fresh_slug(), email, "another kettle 93 sings")));
    wait_until_held(1);
}

/// Hashes take as long as they do in earnest, so that sign-ins which come together meet in the queue.
class CrowdTest : public SignInTest {
  protected:
    CrowdTest() : SignInTest(earnest()) {}
    static Config earnest() {
        Config config = test::test_config();
        config.cheap_password_hashes = false;
        return config;
    }
    static Call asks(const std::string& who, const std::string& address) {
        Call call = post("/api/v1/auth/token", grant(credentials(who)));
        call.address = address;
        return call;
    }
};

TEST_F(CrowdTest, WhoSignsInAllTheTimeWithRightPasswordsKeepsNobodyOut) {
    const std::vector<std::string> own{email, world.organization(World::fresh_slug()).account.email,
                                       world.organization(World::fresh_slug()).account.email};
    const Registered other = world.organization(World::fresh_slug());
    std::vector<Call> calls;
    for (int i = 0; i < 10; ++i)
        for (const std::string& who : own) calls.push_back(asks(who, "192.0.2.66"));
    const std::size_t crowd = calls.size();
    for (int i = 0; i < 3; ++i) calls.push_back(asks(other.account.email, "198.51.100.7"));
    const auto answers = world.send_together(calls);
    EXPECT_GT(std::ranges::count(answers, 503, &http::Response::status), 0) << "too few to fill the queue";
    for (std::size_t i = crowd; i < answers.size(); ++i) EXPECT_EQ(answers[i].status, 200) << answers[i].body;
}

TEST_F(CrowdTest, AClinicSignsInTogetherFromOneAddress) {
    std::vector<Call> calls;
    for (int i = 0; i < 10; ++i)
        calls.push_back(asks(world.organization(World::fresh_slug()).account.email, "192.0.2.66"));
    for (const auto& answer : world.send_together(calls)) EXPECT_EQ(answer.status, 200) << answer.body;
}

TEST_F(SignInTest, IsHeldUpAfterSixtySuccesses) {
    for (int i = 0; i < 60; ++i) ASSERT_EQ(token(credentials(email)).status, 200);
    Call elsewhere = post("/api/v1/auth/token", grant(credentials(email)));
    elsewhere.address = "198.51.100.9";
    const auto held_up = world.send(elsewhere);
    EXPECT_EQ(held_up.status, 429);
    EXPECT_EQ(member(held_up, {"code"}), "throttled");
    EXPECT_FALSE(test::header(held_up, "Retry-After").empty());
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
