#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

using test::CookieJar;
using test::from_browser;
using test::header;
using test::member;
using test::post;
using test::World;
using testing::TestDatabase;

const std::string root_host = "localhost:8000";

class HandoffTest : public ::testing::Test {
  protected:
    HandoffTest() { sign_in(root, root_host); }

    std::string tenant_host() const { return house.slug + "." + root_host; }
    void sign_in(CookieJar& jar, const std::string& host) {
        const auto response = world.send(from_browser(
            post("/api/v1/auth/login",
                 fmt::format(R"({{"email":"{}","password":"{}"}})", house.account.email, World::password), host),
            jar));
        ASSERT_EQ(response.status, 200) << response.body;
        jar.take(response);
    }
    http::Response get(CookieJar& jar, const std::string& host, const std::string& target) {
        auto response = world.send(from_browser({.target = target, .host = host}, jar));
        jar.take(response);
        return response;
    }
    http::Response enter(CookieJar& jar, const std::string& host, const std::string& code) {
        auto response = world.send(from_browser(post("/api/v1/auth/enter", R"({"code":")" + code + "\"}", host), jar));
        jar.take(response);
        return response;
    }
    /// The path and query of a redirect, after its origin.
    static std::string target_of(const http::Response& response, const std::string& origin) {
        const std::string location = header(response, "Location");
        EXPECT_TRUE(location.starts_with(origin + "/")) << location;
        return location.substr(origin.size());
    }
    static std::string code_of(const http::Response& response) {
        const std::string location = header(response, "Location");
        const auto from = location.find("code=");
        return from == location.npos ? "" : location.substr(from + 5, 43);
    }
    /// As far as the code: begins on the tenant's host and passes the root host.
    std::string fetch_code() {
        const auto begun = get(tenant, tenant_host(), "/api/v1/auth/enter");
        return code_of(get(root, root_host, target_of(begun, "http://" + root_host)));
    }

    /// A domain of the tenant's own, proved.
    std::string add_domain() {
        const std::string domain = house.slug + ".clinic.example";
        auto admin = TestDatabase::instance().admin();
        admin.run(
            "insert into catalog.domain (id, tenant_id, slot, domain, token, state, verified_at) select"
            " gen_random_uuid(), id, 1, $2, repeat('x', 43), 'verified', now() from catalog.tenant where slug = $1",
            db::Params().add(house.slug).add(domain));
        // Other processes have heard of it by their change feed; this one is waited for.
        world.wait_until([&] { return world.wait(world.directory.by_domain(domain)).value() != nullptr; });
        return domain + ":8000";
    }

    World world{TestDatabase::instance().options()};
    db::AdminConnection admin = TestDatabase::instance().admin();
    Registered house = world.organization(World::fresh_slug());
    CookieJar root;
    CookieJar tenant;
};

TEST_F(HandoffTest, TakesASignInFromTheRootHostToTheTenants) {
    const auto begun = get(tenant, tenant_host(), "/api/v1/auth/enter?next=/patients/7%3Ftab%3Dnotes");
    EXPECT_EQ(begun.status, 302);
    EXPECT_EQ(header(begun, "Cache-Control"), "no-store");
    const auto handed = get(root, root_host, target_of(begun, "http://" + root_host));
    ASSERT_EQ(handed.status, 302) << handed.body;
    EXPECT_EQ(header(handed, "Referrer-Policy"), "no-referrer");
    const std::string target = target_of(handed, "http://" + tenant_host());
    EXPECT_TRUE(target.starts_with("/enter?code=")) << target;
    EXPECT_TRUE(target.ends_with("&next=%2Fpatients%2F7%3Ftab%3Dnotes")) << target;

    const auto entered = enter(tenant, tenant_host(), code_of(handed));
    ASSERT_EQ(entered.status, 200) << entered.body;
    EXPECT_EQ(member(entered, {"tenant", "slug"}), house.slug);
    EXPECT_TRUE(tenant.value("__Host-enter").empty());
    const auto me = get(tenant, tenant_host(), "/api/v1/auth/me");
    EXPECT_EQ(me.status, 200);
    EXPECT_EQ(me.body, entered.body);
}

TEST_F(HandoffTest, WorksOnce) {
    const std::string code = fetch_code();
    const CookieJar before = tenant;
    EXPECT_EQ(enter(tenant, tenant_host(), code).status, 200);
    CookieJar again = before;
    const auto second = enter(again, tenant_host(), code);
    EXPECT_EQ(second.status, 401);
    EXPECT_EQ(member(second, {"code"}), "invalid_grant");
}

TEST_F(HandoffTest, OfParallelUsesLetsOneIn) {
    const std::string code = fetch_code();
    const auto call = from_browser(post("/api/v1/auth/enter", R"({"code":")" + code + "\"}", tenant_host()), tenant);
    int entered = 0;
    for (const auto& response : world.send_together(std::vector(8, call))) entered += response.status == 200;
    EXPECT_EQ(entered, 1);
}

TEST_F(HandoffTest, IsBoundToTheBrowserThatBegan) {
    const std::string code = fetch_code();
    CookieJar stranger;
    EXPECT_EQ(enter(stranger, tenant_host(), code).status, 401);
    get(stranger, tenant_host(), "/api/v1/auth/enter");
    EXPECT_EQ(enter(stranger, tenant_host(), code).status, 401);
    EXPECT_EQ(enter(tenant, tenant_host(), code).status, 200);
}

TEST_F(HandoffTest, IsBoundToTheTenant) {
    const Registered other = world.organization(World::fresh_slug());
    const std::string code = fetch_code();
    EXPECT_EQ(enter(tenant, other.slug + "." + root_host, code).status, 401);
    EXPECT_EQ(enter(tenant, tenant_host(), code).status, 200);
}

TEST_F(HandoffTest, RunsOutAfterAMinute) {
    const std::string code = fetch_code();
    admin.run("update catalog.handoff_code set expires_at = expires_at - interval '61 seconds' where user_id = $1",
              db::Params().add(house.account.id));
    EXPECT_EQ(enter(tenant, tenant_host(), code).status, 401);
}

TEST_F(HandoffTest, IsOverWhenTheRootSessionIsSignedOut) {
    const std::string code = fetch_code();
    world.send(from_browser(post("/api/v1/auth/logout", "{}"), root));
    EXPECT_EQ(enter(tenant, tenant_host(), code).status, 401);
}

TEST_F(HandoffTest, SendsWhoHasNoRootSessionToSignIn) {
    CookieJar nobody;
    const auto begun = get(tenant, tenant_host(), "/api/v1/auth/enter?next=/patients");
    const auto handed = get(nobody, root_host, target_of(begun, "http://" + root_host));
    EXPECT_EQ(handed.status, 302);
    EXPECT_EQ(header(handed, "Location"), "http://" + tenant_host() + "/sign-in?next=%2Fpatients");
}

TEST_F(HandoffTest, SendsWhoIsNoMemberToSignInThere) {
    const Registered other = world.organization(World::fresh_slug());
    CookieJar theirs;
    const auto begun = get(theirs, other.slug + "." + root_host, "/api/v1/auth/enter");
    const auto handed = get(root, root_host, target_of(begun, "http://" + root_host));
    EXPECT_EQ(header(handed, "Location"), "http://" + other.slug + "." + root_host + "/sign-in");
}

TEST_F(HandoffTest, RenewsARootSessionWhoseAccessCookieHasRunOut) {
    root.drop("__Host-at");
    const std::string old = root.value("__Host-rt");
    const std::string code = fetch_code();
    EXPECT_FALSE(code.empty());
    EXPECT_NE(root.value("__Host-rt"), old);
    EXPECT_FALSE(root.value("__Host-at").empty());
    EXPECT_EQ(enter(tenant, tenant_host(), code).status, 200);
}

TEST_F(HandoffTest, KeepsTheNonceOfAnotherTab) {
    const auto first = get(tenant, tenant_host(), "/api/v1/auth/enter");
    const auto second = get(tenant, tenant_host(), "/api/v1/auth/enter");
    EXPECT_EQ(header(first, "Location"), header(second, "Location"));
}

TEST_F(HandoffTest, LetsNoForeignPathThrough) {
    for (const char* next : {"https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "patients"}) {
        const auto begun = get(tenant, tenant_host(), std::string("/api/v1/auth/enter?next=") + next);
        EXPECT_FALSE(header(begun, "Location").contains("next")) << next;
        const auto handed = get(root, root_host, target_of(begun, "http://" + root_host) + "&next=" + next);
        EXPECT_FALSE(header(handed, "Location").contains("next")) << next;
    }
}

TEST_F(HandoffTest, KnowsNoOtherTenantsAndNoOtherChallenges) {
    const std::string challenge(43, 'A');
    const auto status = [&](const std::string& host, const std::string& query) {
        return get(root, host, "/api/v1/auth/handoff?" + query).status;
    };
    EXPECT_EQ(status(root_host, "tenant=" + house.slug + "&challenge=" + challenge), 302);
    EXPECT_EQ(status(root_host, "tenant=no-such-tenant&challenge=" + challenge), 404);
    EXPECT_EQ(status(root_host, "tenant=evil.example/&challenge=" + challenge), 404);
    EXPECT_EQ(status(root_host, "tenant=" + house.slug), 404);
    EXPECT_EQ(status(root_host, "tenant=" + house.slug + "&challenge=short"), 404);
    EXPECT_EQ(status(tenant_host(), "tenant=" + house.slug + "&challenge=" + challenge), 404);
}

TEST_F(HandoffTest, SignsOutBothHostsTogether) {
    ASSERT_EQ(enter(tenant, tenant_host(), fetch_code()).status, 200);
    ASSERT_EQ(get(tenant, tenant_host(), "/api/v1/auth/me").status, 200);
    EXPECT_EQ(world.send(from_browser(post("/api/v1/auth/logout", "{}", tenant_host()), tenant)).status, 204);
    world.wait_until([&] { return get(root, root_host, "/api/v1/auth/me").status == 401; });
    EXPECT_TRUE(fetch_code().empty());
}

TEST_F(HandoffTest, OnASingleHostStaysOnIt) {
    Config config = test::test_config();
    config.tenant_hosts = TenantHosts::none;
    World single(TestDatabase::instance().options(), config);
    const auto begun = single.send({.target = "/api/v1/auth/enter?tenant=" + house.slug, .host = "192.0.2.9:8000"});
    EXPECT_TRUE(header(begun, "Location").starts_with("/api/v1/auth/handoff?tenant=" + house.slug)) << begun.body;
}

TEST_F(HandoffTest, LeadsBackToTheOwnDomainThatItBeganOn) {
    const auto domain = add_domain();
    const auto begun = get(tenant, domain, "/api/v1/auth/enter?next=%2Fpatients");
    const auto handed = get(root, root_host, target_of(begun, "http://" + root_host));
    EXPECT_TRUE(header(handed, "Location").starts_with("http://" + domain + "/enter?code="))
        << header(handed, "Location");
    const auto entered = enter(tenant, domain, code_of(handed));
    EXPECT_EQ(entered.status, 200) << entered.body;
    EXPECT_EQ(member(entered, {"tenant", "origin"}), "http://" + domain);
}

TEST_F(HandoffTest, LeadsToNoDomainThatIsNotTheTenants) {
    const auto domain = add_domain();
    const std::string query = "/api/v1/auth/handoff?tenant=" + house.slug + "&challenge=" + std::string(43, 'A');
    for (const std::string& host : {std::string("evil.example"), "evil." + domain, domain + "%40evil.example",
                                    domain + "%2F.evil.example", std::string("evil.example%23")}) {
        const auto handed = get(root, root_host, query + "&host=" + host);
        EXPECT_TRUE(header(handed, "Location").starts_with("http://" + house.slug + "." + root_host + "/"))
            << host << " → " << header(handed, "Location");
    }
}

}  // namespace
}  // namespace terrace::identity
