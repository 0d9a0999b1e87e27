#include "platform/identity/test_sessions.hpp"
#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace terrace::identity {
namespace {

using test::add_sessions;
using test::Call;
using test::CookieJar;
using test::from_browser;
using test::member;
using test::open_session;
using test::post;
using test::World;
using testing::TestDatabase;

constexpr auto phone =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36";
constexpr auto all_path = "/api/v1/auth/logout-all";

struct Listed {
    std::string id, slug, name, created_at, last_used_at, user_agent, ip;
    bool current = false;
};

class OwnSessionsTest : public ::testing::Test {
  protected:
    static std::string host_of(const std::string& slug) { return slug + ".localhost:8000"; }
    std::string host() const { return host_of(house.slug); }

    CookieJar browser(const std::string& user_agent = phone, const std::string& slug = {}) {
        CookieJar jar;
        Call call = post("/api/v1/auth/login",
                         fmt::format(R"({{"email":"{}","password":"{}"}})", house.account.email, World::password),
                         host_of(slug.empty() ? house.slug : slug));
        call.headers["user-agent"] = user_agent;
        jar.take(world.send(from_browser(call, jar)));
        return jar;
    }
    http::Response ask(const CookieJar& jar, http::Method method, const std::string& path) {
        Call call{.method = method, .target = path, .host = host()};
        if (method == http::Method::post) call = post(path, "{}", host());
        return world.send(from_browser(call, jar));
    }
    std::vector<Listed> list(const CookieJar& jar) { return read(ask(jar, http::Method::get, path)); }
    http::Response end(const CookieJar& jar, const std::string& id) {
        return ask(jar, http::Method::del, path + "/" + id);
    }
    int me(const CookieJar& jar) { return ask(jar, http::Method::get, "/api/v1/auth/me").status; }
    static std::string current(const std::vector<Listed>& sessions) {
        for (const Listed& session : sessions)
            if (session.current) return session.id;
        return "";
    }
    static std::vector<Listed> read(const http::Response& response) {
        EXPECT_EQ(response.status, 200) << response.body;
        std::vector<Listed> sessions;
        const auto document = json::Document::parse(response.body);
        const auto text = [](const json::Value& value, std::string_view name) {
            const auto found = value.find(name);
            return std::string(found ? found->as_string().value_or("") : "");
        };
        document->root().find("results")->each_element([&](const json::Value& row) {
            sessions.push_back({.id = text(row, "id"),
                                .slug = text(*row.find("tenant"), "slug"),
                                .name = text(*row.find("tenant"), "name"),
                                .created_at = text(row, "created_at"),
                                .last_used_at = text(row, "last_used_at"),
                                .user_agent = text(row, "user_agent"),
                                .ip = text(row, "ip"),
                                .current = row.find("current")->as_bool() == true});
        });
        return sessions;
    }
    std::int64_t audited(const std::string& action, const Uuid& tenant) {
        return admin
            .run("select count(*) from shared.audit_entry where action = $1 and tenant_id = $2 and actor_id = $3",
                 db::Params().add(action).add(tenant).add(house.account.id))
            .integer(0, 0);
    }

    const std::string path = "/api/v1/auth/sessions";
    World world;
    db::AdminConnection admin = TestDatabase::instance().admin();
    Registered house = world.organization(World::fresh_slug());
};

TEST_F(OwnSessionsTest, ListsWhereAPersonIsSignedInTheOwnFirst) {
    const CookieJar here = browser();
    const CookieJar there = browser("curl/7.88.1");
    const auto sessions = list(here);
    ASSERT_EQ(sessions.size(), 2U);
    EXPECT_TRUE(sessions[0].current);
    EXPECT_EQ(sessions[0].user_agent, "Chrome on Android");
    EXPECT_EQ(sessions[0].ip, "203.0.113.7");
    EXPECT_EQ(sessions[0].slug, house.slug);
    EXPECT_EQ(sessions[0].name, house.name);
    EXPECT_THAT(sessions[0].created_at, ::testing::MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z"));
    EXPECT_GE(sessions[0].last_used_at, sessions[0].created_at);
    EXPECT_FALSE(sessions[1].current);
    EXPECT_EQ(sessions[1].user_agent, "curl");
    EXPECT_EQ(list(there)[0].id, sessions[1].id);
}

TEST_F(OwnSessionsTest, ListsThoseInOtherOrganisationsButNobodyElses) {
    const Registered second = world.second_organization(house.account);
    const Registered stranger = world.organization(World::fresh_slug());
    open_session(world, stranger);
    browser(phone, second.slug);
    const auto sessions = list(browser());
    ASSERT_EQ(sessions.size(), 2U);
    EXPECT_EQ(sessions[1].slug, second.slug);
    EXPECT_EQ(sessions[1].name, "Second");
}

TEST_F(OwnSessionsTest, ListsOnlyWhatIsAlive) {
    const CookieJar here = browser();
    const std::string own = current(list(here));
    const Registered second = world.second_organization(house.account);
    for (const char* end : {"revoked_at = now()", "expires_at = now() - interval '1 second'",
                            "last_seen_at = now() - interval '7 days 1 second'"}) {
        const Session session = open_session(world, house);
        ASSERT_EQ(list(here).size(), 2U);
        admin.run(std::string("update catalog.session set ") + end + " where id = $1", db::Params().add(session.id));
        EXPECT_EQ(list(here).size(), 1U) << end;
    }
    open_session(world, second);
    ASSERT_EQ(list(here).size(), 2U);
    admin.run("delete from catalog.membership where tenant_id = $1", db::Params().add(second.tenant));
    EXPECT_EQ(current(list(here)), own);
    EXPECT_EQ(list(here).size(), 1U);
}

TEST_F(OwnSessionsTest, IsBoundedAndNeverWithoutTheOwn) {
    const CookieJar here = browser();
    const std::string own = current(list(here));
    admin.run(
        "insert into catalog.session (id, origin_id, user_id, tenant_id, refresh_hash, expires_at, last_seen_at) "
        "select i, i, $1, $2, sha256(''), now() + interval '1 day', now() + interval '1 hour' "
        "from (select gen_random_uuid() as i from generate_series(1, 150)) ids",
        db::Params().add(house.account.id).add(house.tenant));
    const auto sessions = list(here);
    EXPECT_EQ(sessions.size(), OwnSessions::most_listed);
    EXPECT_EQ(sessions[0].id, own);
}

TEST_F(OwnSessionsTest, EndsAnotherSessionAtOnce) {
    const CookieJar here = browser();
    const CookieJar there = browser();
    ASSERT_EQ(me(there), 200);
    const std::string id = current(list(there));
    const auto response = end(here, id);
    EXPECT_EQ(response.status, 204);
    EXPECT_TRUE(test::header(response, "Set-Cookie").empty());
    world.wait_until([&] { return me(there) == 401; });
    EXPECT_EQ(ask(there, http::Method::post, "/api/v1/auth/refresh").status, 401);
    EXPECT_EQ(me(here), 200);
    EXPECT_EQ(audited("session.end", house.tenant), 1);
}

TEST_F(OwnSessionsTest, EndsWithASessionThoseThatItWasHandedOverTo) {
    const CookieJar here = browser();
    const auto origin = open_session(world, house);
    const auto code = world.wait(world.service.sessions().make_handoff(origin, house.slug, "challenge")).value();
    const auto handed = world.wait(world.service.sessions().take_handoff(*code, "challenge", {}, {})).value();
    ASSERT_EQ(list(here).size(), 3U);
    EXPECT_EQ(end(here, handed->id.to_string()).status, 204);
    EXPECT_EQ(list(here).size(), 1U);
}

TEST_F(OwnSessionsTest, EndingTheOwnSessionTakesItsCookies) {
    CookieJar here = browser();
    const auto response = end(here, current(list(here)));
    EXPECT_EQ(response.status, 204);
    here.take(response);
    EXPECT_TRUE(here.empty());
}

TEST_F(OwnSessionsTest, AnswersForWhatIsNotOnesOwnAsForWhatNeverWas) {
    const CookieJar here = browser();
    const Registered stranger = world.organization(World::fresh_slug());
    const auto theirs = open_session(world, stranger);
    const auto ended = open_session(world, house);
    ASSERT_TRUE(world.wait(world.service.sessions().close(ended.id, {})));
    const auto unknown = end(here, Uuid::v7().to_string());
    EXPECT_EQ(unknown.status, 404);
    for (const std::string& id : {theirs.id.to_string(), ended.id.to_string(), std::string("me"), std::string("1")})
        EXPECT_EQ(end(here, id).body, unknown.body) << id;
    EXPECT_TRUE(world.wait(world.service.sessions().refresh(theirs.refresh_token, {}, {})));
}

TEST_F(OwnSessionsTest, SignsOutEverywhere) {
    const Registered second = world.second_organization(house.account);
    CookieJar here = browser();
    const CookieJar copy = here;
    const CookieJar there = browser();
    const auto elsewhere = open_session(world, second);
    ASSERT_EQ(me(there), 200);
    const auto response = ask(here, http::Method::post, all_path);
    EXPECT_EQ(response.status, 204);
    here.take(response);
    EXPECT_TRUE(here.empty());
    world.wait_until([&] { return me(copy) == 401 && me(there) == 401; });
    EXPECT_FALSE(world.wait(world.service.sessions().refresh(elsewhere.refresh_token, {}, {})));
    EXPECT_EQ(audited("session.end_all", house.tenant), 2);
    EXPECT_EQ(audited("session.end_all", second.tenant), 1);
}

TEST_F(OwnSessionsTest, SigningOutEverywhereLeavesOthersAlone) {
    const Registered stranger = world.organization(World::fresh_slug());
    const auto theirs = open_session(world, stranger);
    EXPECT_EQ(ask(browser(), http::Method::post, all_path).status, 204);
    EXPECT_TRUE(world.wait(world.service.sessions().refresh(theirs.refresh_token, {}, {})));
}

TEST_F(OwnSessionsTest, EndsAndAuditsHundredsOfSessions) {
    const CookieJar here = browser();
    add_sessions(admin, house, 250);
    EXPECT_EQ(ask(here, http::Method::post, all_path).status, 204);
    EXPECT_EQ(audited("session.end_all", house.tenant), 251);
}

TEST_F(OwnSessionsTest, AreForTheirPersonOnly) {
    EXPECT_EQ(ask({}, http::Method::get, path).status, 401);
    EXPECT_EQ(ask({}, http::Method::post, all_path).status, 401);
    EXPECT_EQ(end({}, Uuid::v7().to_string()).status, 401);
    Call call = from_browser(post(all_path, "{}", host()), browser());
    call.headers["sec-fetch-site"] = "cross-site";
    EXPECT_EQ(member(world.send(call), {"code"}), "cross_site");
}

}  // namespace
}  // namespace terrace::identity
