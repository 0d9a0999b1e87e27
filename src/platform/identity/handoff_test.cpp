#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <deque>
#include <utility>

namespace terrace::identity {
namespace {

using test::Call;
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
    explicit HandoffTest(db::DatabaseOptions options = TestDatabase::instance().options()) : world(std::move(options)) {
        sign_in(root, root_host);
    }

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
        auto admin = TestDatabase::instance().admin();
        admin.run(
            "insert into catalog.domain (id, tenant_id, slot, domain, token, state, verified_at) select"
            " gen_random_uuid(), id, 1, $2, repeat('x', 43), 'verified', now() from catalog.tenant where slug = $1",
            db::Params().add(house.slug).add(domain));
        // Other processes have heard of it by their change feed; this one is waited for.
        world.wait_until([&] { return world.wait(world.directory.by_domain(domain)).value() != nullptr; });
        return domain + ":8000";
    }

    World world;
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

/// A hand-off and a sign-out at once, each on a connection of its own.
class HandoffRaceTest : public HandoffTest {
  protected:
    HandoffRaceTest() : HandoffTest(lanes()) {}

    static db::DatabaseOptions lanes() {
        auto options = TestDatabase::instance().options();
        options.platform_lanes = 4;
        return options;
    }
    void start(Call call) {
        Started& each = started.emplace_back(std::move(call));
        boost::asio::co_spawn(world.loop, api::dispatch(*world.router, each.request),
                              [this, &each](const std::exception_ptr& fault, const http::Response& response) {
                                  EXPECT_FALSE(fault);
                                  each.status = response.status;
                                  ++answered;
                              });
    }
    std::int64_t waiting() {
        return watch
            .run(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
            .integer(0, 0);
    }
    /// Both calls are on their way when the row is let go, the first of them held up by it.
    void run_beside(const std::string& held_row, const Call& first, const Call& second) {
        admin.run("begin");
        admin.run("select 1 from " + held_row + " where user_id = $1 for update", db::Params().add(house.account.id));
        start(first);
        world.wait_until([&] { return waiting() == 1; });
        start(second);
        world.wait_until([&] { return waiting() == 2 || answered == 1; });
        admin.run("commit");
        world.wait_until([&] { return answered == 2; });
    }
    std::int64_t live() {
        return admin
            .run("select count(*) from catalog.session where user_id = $1 and revoked_at is null",
                 db::Params().add(house.account.id))
            .integer(0, 0);
    }
    Call entering() {
        return from_browser(post("/api/v1/auth/enter", R"({"code":")" + fetch_code() + "\"}", tenant_host()), tenant);
    }
    Call leaving(const std::string& path) const { return from_browser(post(path, "{}"), root); }

    struct Started {
        explicit Started(Call sent) : call(std::move(sent)), request(call.request()) {}
        Call call;
        http::Request request;
        int status = 0;
    };
    std::deque<Started> started;
    std::size_t answered = 0;
    db::AdminConnection watch = TestDatabase::instance().admin();
};

class HandoffBesideTest : public HandoffRaceTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(HandoffBesideTest, DoesNotOutliveASignOutThatCameFirst) {
    const Call enters = entering();
    run_beside("catalog.session", leaving(GetParam()), enters);
    EXPECT_EQ(started[0].status, 204);
    EXPECT_EQ(started[1].status, 401);
    EXPECT_EQ(live(), 0);
}

TEST_P(HandoffBesideTest, DoesNotOutliveASignOutThatCameAfter) {
    const Call enters = entering();
    run_beside("catalog.handoff_code", enters, leaving(GetParam()));
    EXPECT_EQ(started[0].status, 200);
    EXPECT_EQ(started[1].status, 204);
    EXPECT_EQ(live(), 0);
}

INSTANTIATE_TEST_SUITE_P(Of, HandoffBesideTest, ::testing::Values("/api/v1/auth/logout", "/api/v1/auth/logout-all"),
                         [](const auto& info) { return std::string(info.index == 0 ? "one" : "all"); });

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

TEST_F(HandoffTest, ASessionThatWasHandedOverLeadsToNoOtherOrganisation) {
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

TEST_F(HandoffTest, ASignInAtAnOwnDomainLeadsToNoOtherOrganisation) {
    const Registered second = world.second_organization(house.account);
    sign_in(tenant, add_domain());
    const auto answer = ask_for(second.slug, "authorization", "Bearer " + tenant.value("__Host-at"));
    EXPECT_EQ(header(answer, "Location"), "http://" + second.slug + "." + root_host + "/sign-in");
}

TEST_F(HandoffTest, ASessionThatWasHandedOverIsNotRefreshedAtTheRootHost) {
    ASSERT_EQ(enter(tenant, tenant_host(), fetch_code()).status, 200);
    const std::string token = tenant.value("__Host-rt");
    EXPECT_EQ(member(refresh(token, root_host), {"code"}), "invalid_grant");
    EXPECT_EQ(refresh(token, tenant_host()).status, 200) << "and it is left alone";
}

TEST_F(HandoffTest, ASignInAtAnOwnDomainIsNotRefreshedAtTheRootHost) {
    const auto domain = add_domain();
    sign_in(tenant, domain);
    const std::string token = tenant.value("__Host-rt");
    EXPECT_EQ(member(refresh(token, root_host), {"code"}), "invalid_grant");
    EXPECT_EQ(refresh(token, domain).status, 200);
}

TEST_F(HandoffTest, ASignInAtASubDomainIsRefreshedAtEitherHost) {
    sign_in(tenant, tenant_host());
    const auto at_root = refresh(tenant.value("__Host-rt"), root_host);
    ASSERT_EQ(at_root.status, 200) << at_root.body;
    EXPECT_EQ(refresh(member(at_root, {"refresh_token"}), tenant_host()).status, 200);
}

TEST_F(HandoffTest, OnASingleHostPeopleGoFromOneOrganisationToTheNextAndBack) {
    const Registered second = world.second_organization(house.account);
    Config config = test::test_config();
    config.tenant_hosts = TenantHosts::none;
    World single(TestDatabase::instance().options(), config);
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

TEST_F(HandoffTest, ACodeForAnOwnDomainIsGoodThereAlone) {
    const auto domain = add_domain();
    const auto begun = get(tenant, domain, "/api/v1/auth/enter");
    const std::string code = code_of(get(root, root_host, target_of(begun, "http://" + root_host)));
    CookieJar elsewhere = tenant;
    EXPECT_EQ(enter(elsewhere, tenant_host(), code).status, 401);
    EXPECT_EQ(enter(elsewhere, root_host, code).status, 401);
    EXPECT_EQ(enter(tenant, domain, code).status, 200);
}

TEST_F(HandoffTest, ASessionOfADomainThatIsGoneIsNotRefreshed) {
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
