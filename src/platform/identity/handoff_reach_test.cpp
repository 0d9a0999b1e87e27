#include "platform/identity/test_handoff.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

using test::Call;
using test::CookieJar;
using test::from_browser;
using test::HandoffTest;
using test::header;
using test::member;
using test::post;
using test::root_host;
using test::World;

/// Where a session leads, and at which hosts it is good.
class HandoffReachTest : public HandoffTest {
  protected:
    /// The root host's answer when somebody brings `credential` there to enter that organisation.
    http::Response ask_for(const std::string& slug, const std::string& header, const std::string& credential) {
        return world.send({.target = "/api/v1/auth/handoff?tenant=" + slug + "&challenge=" + std::string(43, 'A'),
                           .host = root_host,
                           .headers = {{header, credential}}});
    }
    /// A refresh of a program at that host.
    http::Response refresh(const std::string& token, const std::string& host) {
        return world.send(
            post("/api/v1/auth/token", R"({"grant_type":"refresh_token","refresh_token":")" + token + "\"}", host));
    }

    /// A domain of the tenant's own, proved.
    std::string add_domain() {
        const std::string domain = house.slug + ".clinic.example";
        admin.run(
            "insert into catalog.domain (id, tenant_id, slot, domain, token, state, verified_at) select"
            " gen_random_uuid(), id, 1, $2, repeat('x', 43), 'verified', now() from catalog.tenant where slug = $1",
            db::Params().add(house.slug).add(domain));
        // Other processes have heard of it by their change feed; this one is waited for.
        world.wait_until([&] { return world.wait(world.directory.by_domain(domain)).value() != nullptr; });
        return domain + ":8000";
    }
};

TEST_F(HandoffReachTest, OnASingleHostStaysOnIt) {
    Config config = test::test_config();
    config.tenant_hosts = TenantHosts::none;
    World single(config);
    const auto begun = single.send({.target = "/api/v1/auth/enter?tenant=" + house.slug, .host = "192.0.2.9:8000"});
    EXPECT_TRUE(header(begun, "Location").starts_with("/api/v1/auth/handoff?tenant=" + house.slug)) << begun.body;
}

TEST_F(HandoffReachTest, LeadsBackToTheOwnDomainThatItBeganOn) {
    const auto domain = add_domain();
    const auto begun = get(tenant, domain, "/api/v1/auth/enter?next=%2Fpatients");
    const auto handed = get(root, root_host, target_of(begun, "http://" + root_host));
    EXPECT_TRUE(header(handed, "Location").starts_with("http://" + domain + "/enter?code="))
        << header(handed, "Location");
    const auto entered = enter(tenant, domain, code_of(handed));
    EXPECT_EQ(entered.status, 200) << entered.body;
    EXPECT_EQ(member(entered, {"tenant", "origin"}), "http://" + domain);
}

TEST_F(HandoffReachTest, ASessionThatWasHandedOverLeadsToNoOtherOrganisation) {
    const Registered second = world.second_organization(house.account);
    const auto domain = add_domain();
    for (const std::string& host : {tenant_host(), domain}) {
        CookieJar jar;
        const auto begun = get(jar, host, "/api/v1/auth/enter");
        const auto handed = get(root, root_host, target_of(begun, "http://" + root_host));
        ASSERT_EQ(enter(jar, host, code_of(handed)).status, 200);
        for (const auto& answer : {ask_for(second.slug, "authorization", "Bearer " + jar.value("__Host-at")),
                                   ask_for(second.slug, "cookie", "__Host-at=" + jar.value("__Host-at")),
                                   ask_for(second.slug, "cookie", "__Host-rt=" + jar.value("__Host-rt"))}) {
            EXPECT_EQ(header(answer, "Location"), "http://" + second.slug + "." + root_host + "/sign-in") << host;
            EXPECT_TRUE(header(answer, "Set-Cookie").empty()) << host;
        }
        EXPECT_EQ(get(jar, host, "/api/v1/auth/me").status, 200) << "it goes on where it is";
    }
    EXPECT_FALSE(code_of(ask_for(second.slug, "cookie", root.header())).empty()) << "the root host's own does";
}

TEST_F(HandoffReachTest, ASignInAtAnOwnDomainLeadsToNoOtherOrganisation) {
    const Registered second = world.second_organization(house.account);
    sign_in(tenant, add_domain());
    const auto answer = ask_for(second.slug, "authorization", "Bearer " + tenant.value("__Host-at"));
    EXPECT_EQ(header(answer, "Location"), "http://" + second.slug + "." + root_host + "/sign-in");
}

TEST_F(HandoffReachTest, ASessionThatWasHandedOverIsNotRefreshedAtTheRootHost) {
    ASSERT_EQ(enter(tenant, tenant_host(), fetch_code()).status, 200);
    const std::string token = tenant.value("__Host-rt");
    EXPECT_EQ(member(refresh(token, root_host), {"code"}), "invalid_grant");
    EXPECT_EQ(refresh(token, tenant_host()).status, 200) << "and it is left alone";
}

TEST_F(HandoffReachTest, ASignInAtAnOwnDomainIsNotRefreshedAtTheRootHost) {
    const auto domain = add_domain();
    sign_in(tenant, domain);
    const std::string token = tenant.value("__Host-rt");
    EXPECT_EQ(member(refresh(token, root_host), {"code"}), "invalid_grant");
    EXPECT_EQ(refresh(token, domain).status, 200);
}

TEST_F(HandoffReachTest, ASignInAtASubDomainIsRefreshedAtEitherHost) {
    sign_in(tenant, tenant_host());
    const auto at_root = refresh(tenant.value("__Host-rt"), root_host);
    ASSERT_EQ(at_root.status, 200) << at_root.body;
    EXPECT_EQ(refresh(member(at_root, {"refresh_token"}), tenant_host()).status, 200);
}

TEST_F(HandoffReachTest, OnASingleHostPeopleGoFromOneOrganisationToTheNextAndBack) {
    const Registered second = world.second_organization(house.account);
    Config config = test::test_config();
    config.tenant_hosts = TenantHosts::none;
    World single(config);
    const std::string host = "192.0.2.9:8000";
    CookieJar jar;
    const auto send = [&](const Call& call) {
        auto response = single.send(from_browser(call, jar));
        jar.take(response);
        return response;
    };
    ASSERT_EQ(send(post("/api/v1/auth/login",
                        fmt::format(R"({{"email":"{}","password":"{}","tenant":"{}"}})", house.account.email,
                                    World::password, house.slug),
                        host))
                  .status,
              200);
    for (const std::string& slug : {second.slug, house.slug, second.slug}) {
        const auto begun = send({.target = "/api/v1/auth/enter?tenant=" + slug, .host = host});
        jar.drop("__Host-at");  // what has run out is renewed on the way
        const auto handed = send({.target = header(begun, "Location"), .host = host});
        const auto entered = send(post("/api/v1/auth/enter", R"({"code":")" + code_of(handed) + "\"}", host));
        ASSERT_EQ(entered.status, 200) << entered.body;
        EXPECT_EQ(member(entered, {"tenant", "slug"}), slug);
        EXPECT_EQ(send(post("/api/v1/auth/refresh", "{}", host)).status, 200);
    }
}

TEST_F(HandoffReachTest, ACodeForAnOwnDomainIsGoodThereAlone) {
    const auto domain = add_domain();
    const auto begun = get(tenant, domain, "/api/v1/auth/enter");
    const std::string code = code_of(get(root, root_host, target_of(begun, "http://" + root_host)));
    CookieJar elsewhere = tenant;
    EXPECT_EQ(enter(elsewhere, tenant_host(), code).status, 401);
    EXPECT_EQ(enter(elsewhere, root_host, code).status, 401);
    EXPECT_EQ(enter(tenant, domain, code).status, 200);
}

TEST_F(HandoffReachTest, ASessionOfADomainThatIsGoneIsNotRefreshed) {
    const auto domain = add_domain();
    sign_in(tenant, domain);
    std::string token = tenant.value("__Host-rt");
    token = member(refresh(token, tenant_host()), {"refresh_token"});
    ASSERT_FALSE(token.empty());
    for (const char* loss : {"update catalog.domain set state = 'pending', verified_at = null where tenant_id = $1",
                             "delete from catalog.domain where tenant_id = $1"}) {
        admin.run(loss, db::Params().add(house.tenant));
        EXPECT_EQ(member(refresh(token, tenant_host()), {"code"}), "invalid_grant") << loss;
    }
}

TEST_F(HandoffReachTest, LeadsToNoDomainThatIsNotTheTenants) {
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
