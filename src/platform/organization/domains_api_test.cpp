#include "platform/organization/test_domains.hpp"

#include <algorithm>
#include <thread>
#include <vector>

namespace terrace::organization {
namespace {

class DomainsApi : public OrganizationApi {
  protected:
    /// The access token of a session that was opened at that host.
    static std::string sign_in(const harness::TestServer::Organization& who, const std::string& host) {
        auto client = server().client();
        client.set("Host", host);
        return client
            .post("/api/v1/auth/token", R"({"grant_type":"password","email":")" + who.owner_email +
                                            R"(","password":")" + who.password + "\"}")
            .text("access_token");
    }
    /// By both servers, each of which hears for itself that a session has ended.
    static bool is_alive(const std::string& token) {
        const auto answers = [&](harness::TestServer& where) { return at(where, "localhost", token).status == 200; };
        return answers(server()) || answers(other_server());
    }
};

TEST_F(DomainsApi, ADomainThatIsProvedIsAHostOfTheOrganisation) {
    const auto domain = new_domain();
    const auto added = add(owner, domain);
    ASSERT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(added.text("state"), "pending");
    EXPECT_EQ(added.text("record.type"), "TXT");
    EXPECT_EQ(added.text("record.name"), "_terrace." + domain);
    EXPECT_EQ(added.text("origin"), "http://" + domain + ":8000");
    EXPECT_EQ(at(server(), domain).status, 404) << "claimed, not proved";
    EXPECT_EQ(at(other_server(), domain).status, 404);

    publish(added);
    const auto verified = verify(owner, added.text("id"));
    ASSERT_EQ(verified.status, 200) << verified.body;
    EXPECT_EQ(verified.text("state"), "verified");
    EXPECT_TRUE(within_a_second([&] { return at(server(), domain).status == 200; })) << "each loop hears of it";
    EXPECT_TRUE(within_a_second([&] { return at(other_server(), domain).status == 200; })) << "another process, too";

    const auto me = at(server(), domain + ":8000", asha.access_token);
    ASSERT_EQ(me.status, 200) << me.body;
    EXPECT_EQ(me.text("tenant.slug"), asha.slug);
    EXPECT_EQ(me.text("tenant.origin"), "http://" + domain + ":8000");
    const auto mismatch = at(server(), domain, ravi.access_token);
    EXPECT_EQ(mismatch.status, 403);
    EXPECT_EQ(mismatch.text("code"), "tenant_mismatch");
}

TEST_F(DomainsApi, OnlyTheNameItselfIsTheHost) {
    const auto domain = new_domain();
    const auto added = add(owner, domain);
    publish(added);
    ASSERT_EQ(verify(owner, added.text("id")).status, 200);
    auto upper = domain;
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    EXPECT_TRUE(within_a_second([&] { return at(server(), upper).status == 200; }));
    EXPECT_EQ(at(server(), domain + ":443").status, 200);
    for (const auto& other : {domain + ".", "www." + domain, "x" + domain, domain + ".evil.example",
                              domain + ".localhost", domain.substr(domain.find('.') + 1)})
        EXPECT_EQ(at(server(), other).status, 404) << other;
}

TEST_F(DomainsApi, ANameOfAnotherScriptIsOneWithItsALabel) {
    const auto mark = Uuid::v7().to_string().substr(24);
    const auto added = add(owner, "कमल" + mark + ".example");
    ASSERT_EQ(added.status, 201) << added.body;
    const auto name = added.text("domain");
    EXPECT_TRUE(name.starts_with("xn--")) << name;
    EXPECT_EQ(add(owner, name).text("code"), "domain_exists");
    publish(added);
    ASSERT_EQ(verify(owner, added.text("id")).status, 200);
    EXPECT_TRUE(within_a_second([&] { return at(server(), name).status == 200; }));
}

TEST_F(DomainsApi, NamesWhatItLookedForAndWhatItFound) {
    const auto domain = new_domain();
    const auto added = add(owner, domain);
    const auto missing = verify(owner, added.text("id"));
    EXPECT_EQ(missing.status, 409);
    EXPECT_EQ(missing.text("code"), "domain_not_verified");
    EXPECT_TRUE(missing.text("detail").contains("_terrace." + domain)) << missing.body;

    dns().publish("_terrace." + domain,
                  {"terrace-verification=typo", std::string(200, 'x'), "tab\there", "a", "b", "c", "d"});
    const auto wrong = verify(owner, added.text("id"));
    EXPECT_EQ(wrong.status, 409);
    EXPECT_TRUE(wrong.body.contains("terrace-verification=typo")) << wrong.body;
    EXPECT_TRUE(wrong.body.contains("\"" + std::string(100, 'x') + "\"")) << wrong.body;
    EXPECT_TRUE(wrong.body.contains("tab?here")) << wrong.body;
    EXPECT_EQ(wrong.json().root().find("found")->size(), 5U);
    EXPECT_EQ(at(server(), domain).status, 404);

    dns().break_name("_terrace." + domain, "fail");
    const auto broken = verify(owner, added.text("id"));
    EXPECT_EQ(broken.status, 503);
    EXPECT_EQ(broken.text("code"), "dns_unavailable");
    EXPECT_TRUE(broken.header("retry-after"));
    dns().break_name("_terrace." + domain, "silent");
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(verify(owner, added.text("id")).status, 503);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(3'500));
}

TEST_F(DomainsApi, NamesEveryBadDomain) {
    for (const auto* bad : {"", "clinic", "192.0.2.7", "https://clinic.example", "co.in", "a..example",
                            "asha.localhost", "localhost", "printer.local", "a_b.example"}) {
        const auto reply = add(owner, bad);
        EXPECT_EQ(reply.status, 400) << bad;
        EXPECT_TRUE(reply.json().root().find("errors")->find("domain")) << reply.body;
    }
    EXPECT_EQ(owner.post("/api/v1/organization/domains", "{}").status, 400);
    EXPECT_EQ(owner.post("/api/v1/organization/domains", R"({"domain":"a.example","state":"verified"})").status, 400);
}

TEST_F(DomainsApi, TwoMayClaimOneNameAndOneHasIt) {
    const auto domain = new_domain();
    const auto mine = add(owner, domain), theirs = add(other_owner, domain);
    ASSERT_EQ(mine.status, 201);
    ASSERT_EQ(theirs.status, 201) << "a claim says nothing of the claims of others";
    publish(mine);
    ASSERT_EQ(verify(owner, mine.text("id")).status, 200);
    EXPECT_EQ(verify(other_owner, theirs.text("id")).text("code"), "domain_not_verified");
    publish(theirs, {mine.text("record.value")});
    EXPECT_EQ(verify(other_owner, theirs.text("id")).text("code"), "domain_taken");
    EXPECT_EQ(at(server(), domain, asha.access_token).status, 200);
}

TEST_F(DomainsApi, OfTwoWhoProveANameAtOnceExactlyOneHasIt) {
    for (int round = 0; round < 10; ++round) {
        const auto domain = new_domain();
        const auto mine = add(owner, domain), theirs = add(other_owner, domain);
        publish(mine, {theirs.text("record.value")});
        std::vector<int> statuses(8);
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < statuses.size(); ++i)
                threads.emplace_back([&, i] {
                    auto client = (i < 4 ? server() : other_server()).owner(i % 2 ? asha : ravi);
                    statuses[i] = verify(client, (i % 2 ? mine : theirs).text("id")).status;
                });
        }
        EXPECT_EQ(std::ranges::count(statuses, 200), 4) << "the one who has it may ask again";
        EXPECT_EQ(std::ranges::count(statuses, 409), 4);
        auto admin = testing::TestDatabase::instance().admin();
        EXPECT_EQ(admin
                      .run("select count(*) from catalog.domain where domain = $1 and state = 'verified'",
                           db::Params().add(domain))
                      .integer(0, 0),
                  1);
        for (const auto& [client, added] : {std::pair(&owner, &mine), std::pair(&other_owner, &theirs)})
            client->remove("/api/v1/organization/domains/" + added->text("id"));
    }
}

TEST_F(DomainsApi, ADomainKeepsCountingWithoutItsRecordUntilAnotherProvesIt) {
    const auto domain = new_domain();
    const auto mine = add(owner, domain), theirs = add(other_owner, domain);
    publish(mine);
    ASSERT_EQ(verify(owner, mine.text("id")).status, 200);
    dns().publish(mine.text("record.name"), {});
    EXPECT_EQ(verify(owner, mine.text("id")).status, 409);
    EXPECT_TRUE(within_a_second([&] { return at(server(), domain, asha.access_token).status == 200; }));
    EXPECT_EQ(verify(other_owner, theirs.text("id")).status, 409);
    EXPECT_EQ(at(server(), domain, asha.access_token).status, 200);

    publish(theirs);
    ASSERT_EQ(verify(other_owner, theirs.text("id")).status, 200);
    for (auto* where : {&server(), &other_server()}) {
        EXPECT_TRUE(within_a_second([&] { return at(*where, domain, ravi.access_token).status == 200; }));
        EXPECT_EQ(at(*where, domain, asha.access_token).text("code"), "tenant_mismatch");
    }
    EXPECT_TRUE(owner.get("/api/v1/organization/domains").body.contains("\"pending\""));
}

TEST_F(DomainsApi, AHostThatIsGivenUpIsUnknownEverywhereWithinASecond) {
    const auto domain = new_domain();
    const auto added = add(owner, domain);
    publish(added);
    ASSERT_EQ(verify(owner, added.text("id")).status, 200);
    EXPECT_TRUE(within_a_second([&] { return at(other_server(), domain).status == 200; }));
    EXPECT_EQ(owner.remove("/api/v1/organization/domains/" + added.text("id")).status, 204);
    for (auto* where : {&server(), &other_server()})
        EXPECT_TRUE(within_a_second([&] { return at(*where, domain).status == 404; }));
    EXPECT_EQ(owner.remove("/api/v1/organization/domains/" + added.text("id")).status, 404);
}

TEST_F(DomainsApi, SessionsThatWereOpenedAtADomainEndWithIt) {
    const auto domain = new_domain();
    const auto added = add(owner, domain);
    publish(added);
    ASSERT_EQ(verify(owner, added.text("id")).status, 200);
    ASSERT_TRUE(within_a_second([&] { return at(server(), domain).status == 200; }));
    const auto there = sign_in(asha, domain), elsewhere = sign_in(asha, asha.slug + ".localhost");
    ASSERT_TRUE(is_alive(there) && is_alive(elsewhere));
    EXPECT_EQ(owner.remove("/api/v1/organization/domains/" + added.text("id")).status, 204);
    EXPECT_TRUE(within_a_second([&] { return !is_alive(there); }));
    EXPECT_TRUE(is_alive(elsewhere));
    EXPECT_TRUE(is_alive(asha.access_token));
}

TEST_F(DomainsApi, SessionsThatWereOpenedAtADomainEndWhenItChangesHands) {
    const auto domain = new_domain();
    const auto mine = add(owner, domain), theirs = add(other_owner, domain);
    publish(mine);
    ASSERT_EQ(verify(owner, mine.text("id")).status, 200);
    ASSERT_TRUE(within_a_second([&] { return at(server(), domain).status == 200; }));
    const auto there = sign_in(asha, domain);
    ASSERT_TRUE(is_alive(there));
    dns().publish(mine.text("record.name"), {});
    publish(theirs);
    ASSERT_EQ(verify(other_owner, theirs.text("id")).status, 200);
    EXPECT_TRUE(within_a_second([&] { return !is_alive(there); }));
    EXPECT_TRUE(is_alive(asha.access_token));
    EXPECT_TRUE(is_alive(ravi.access_token));
}

TEST_F(DomainsApi, AnOrganisationHasFiveAtMostHoweverManyAskAtOnce) {
    std::vector<int> statuses(12);
    {
        std::vector<std::jthread> threads;
        for (auto& status : statuses)
            threads.emplace_back([&status, this] {
                auto client = server().owner(asha);
                status = add(client, new_domain()).status;
            });
    }
    EXPECT_EQ(std::ranges::count(statuses, 201), 5);
    EXPECT_EQ(std::ranges::count(statuses, 409), 7);
    EXPECT_EQ(owner.get("/api/v1/organization/domains").json().root().find("results")->size(), 5U);
}

TEST_F(DomainsApi, AnothersDomainIsTheSameAnswerAsNone) {
    const auto theirs = add(other_owner, new_domain());
    const auto without_request_id = [](std::string body) { return body.substr(0, body.find("\"request_id\"")); };
    for (const auto* path : {"/verify", ""}) {
        const auto send = [&](const std::string& id) {
            const auto at = "/api/v1/organization/domains/" + id + path;
            return *path ? owner.post(at, "{}") : owner.remove(at);
        };
        const auto foreign = send(theirs.text("id")), none = send("01900000-0000-7000-8000-000000000000");
        EXPECT_EQ(foreign.status, 404);
        EXPECT_EQ(without_request_id(foreign.body), without_request_id(none.body));
    }
    EXPECT_EQ(owner.get("/api/v1/organization/domains").json().root().find("results")->size(), 0U);
}

TEST_F(DomainsApi, LeavesALineInTheAudit) {
    const auto added = add(owner, new_domain());
    publish(added);
    verify(owner, added.text("id"));
    owner.remove("/api/v1/organization/domains/" + added.text("id"));
    auto admin = testing::TestDatabase::instance().admin();
    const auto rows = admin.run(
        "select string_agg(action, ' ' order by at, action) from shared.audit_entry where object_type = 'domain' and"
        " object_id = $1::uuid",
        db::Params().add(added.text("id")));
    if (server().config().new_tenants == Isolation::shared)
        EXPECT_EQ(rows.text(0, 0), "domains.create domains.verify domains.remove");
}

TEST_F(DomainsApi, SaysForWhichNamesACertificateMayBeGot) {
    const auto domain = new_domain();
    const auto added = add(owner, domain);
    auto edge = server().client();
    const auto asked = [&](const std::string& name) { return edge.get("/internal/tls/allow?domain=" + name); };
    EXPECT_EQ(asked("localhost").status, 200);
    EXPECT_EQ(asked(asha.slug + ".localhost").status, 200);
    EXPECT_EQ(asked(domain).status, 404);
    publish(added);
    ASSERT_EQ(verify(owner, added.text("id")).status, 200);
    EXPECT_TRUE(within_a_second([&] { return asked(domain).status == 200; }));
    const auto without_request_id = [](std::string body) { return body.substr(0, body.find("\"request_id\"")); };
    const auto no_such = without_request_id(asked("no-such-clinic.localhost").body);
    for (const auto& other : {std::string("evil.example"), "www." + domain, "a." + asha.slug + ".localhost",
                              domain + "%3a443", domain + ".", std::string("127.0.0.1"), std::string("")}) {
        const auto reply = asked(other);
        EXPECT_EQ(reply.status, 404) << other;
        EXPECT_EQ(without_request_id(reply.body), no_such) << other;
    }
}

TEST_F(DomainsApi, AFloodOfQuestionsAboutCertificatesIsBounded) {
    auto edge = other_server().client();
    int refused = 0;
    for (int i = 0; i < 1'000 && !refused; ++i)
        refused += edge.get("/internal/tls/allow?domain=" + new_domain()).status == 429;
    EXPECT_EQ(refused, 1);
}

}  // namespace
}  // namespace terrace::organization
