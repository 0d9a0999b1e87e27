#include "platform/identity/test_handoff.hpp"

#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

using test::CookieJar;
using test::from_browser;
using test::HandoffTest;
using test::header;
using test::member;
using test::post;
using test::root_host;
using test::World;

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

}  // namespace
}  // namespace terrace::identity
