#include "platform/db/advisory_lock.hpp"
#include "platform/organization/test_domains.hpp"
#include "platform/tenancy/life_cycle/change_state.hpp"
#include "platform/tenancy/life_cycle/erase.hpp"
#include "platform/testing/source_dir.hpp"

#include <algorithm>
#include <thread>
#include <vector>

namespace terrace::organization {
namespace {

class DeletionApi : public OrganizationApi {
  protected:
    static Reply ask(harness::Client& client, const std::string& slug, const std::string& password) {
        return client.post("/api/v1/organization/delete",
                           R"({"slug":")" + slug + R"(","password":")" + password + "\"}");
    }
    Reply ask() { return ask(owner, asha.slug, asha.password); }
    db::Params id() const { return db::Params().add(Uuid::parse(asha.id).value()); }
    std::string state() {
        return std::string(admin.run("select state from catalog.tenant where id = $1", id()).text(0, 0));
    }
    tenancy::TenantAct act() const {
        return {.admin_url = testing::TestDatabase::instance().admin_url(),
                .migrations = testing::migrations_dir(),
                .slug = asha.slug,
                .actor = "tester",
                .reason = "",
                .progress = {}};
    }

    db::AdminConnection admin = testing::TestDatabase::instance().admin();
};

TEST_F(DeletionApi, AnOwnerDeletesTheOrganisationAndAnOperatorMayBringItBack) {
    const auto reply = ask();
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.text("state"), "deleting");
    EXPECT_EQ(admin
                  .run("select to_char(delete_after at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') || ' ' ||"
                       " (delete_after between now() + interval '29 days' and now() + interval '30 days')"
                       " from catalog.tenant where id = $1",
                       id())
                  .text(0, 0),
              reply.text("delete_after") + " true");
    for (auto* where : {&server(), &other_server()})
        EXPECT_TRUE(within_a_second([&] { return at(*where, asha.slug + ".localhost").status == 404; }));
    EXPECT_EQ(at(server(), "localhost", asha.access_token).status, 401);
    const auto events =
        admin.run("select action, actor from catalog.tenant_event where tenant_id = $1 order by sequence", id());
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events.text(0, 0), "delete");
    EXPECT_TRUE(events.text(0, 1).starts_with("owner ")) << "an id, no name";

    tenancy::change_state(act(), tenancy::TenantState::active);
    auto again = server().owner(asha);  // its connection is one loop's, which hears of it by itself
    EXPECT_TRUE(within_a_second([&] { return again.patch("/api/v1/organization", R"({"logo":null})").status == 200; }))
        << "its place takes writes again";
}

TEST_F(DeletionApi, ShutsThePlaceTooSoThatNoWriteUnderWayIsKept) {
    ASSERT_EQ(ask().status, 200);
    const auto place = admin.run("select state from shared.tenant_place where tenant_id = $1", id());
    // A database of its own has its place there, out of the server's reach.
    const auto mode = admin.run("select isolation from catalog.tenant where id = $1", id());
    if (mode.text(0, 0) != "database") EXPECT_EQ(place.text(0, 0), "suspended");
}

TEST_F(DeletionApi, TheTypedAddressAndThePasswordMustBeRight) {
    const auto wrong_slug = ask(owner, ravi.slug, asha.password);
    EXPECT_EQ(wrong_slug.status, 400);
    EXPECT_TRUE(wrong_slug.json().root().find("errors")->find("slug")) << wrong_slug.body;
    const auto wrong_password = ask(owner, asha.slug, "not my password at all");
    EXPECT_EQ(wrong_password.status, 400);
    EXPECT_TRUE(wrong_password.json().root().find("errors")->find("password")) << wrong_password.body;
    EXPECT_EQ(owner.post("/api/v1/organization/delete", "{}").status, 400);
    EXPECT_EQ(state(), "active");
    EXPECT_EQ(admin.run("select from catalog.tenant_event where tenant_id = $1", id()).size(), 0U);
}

TEST_F(DeletionApi, OnlyTheOwnerMay) {
    const auto person = server().sign_up();
    admin.run(
        "insert into catalog.membership (tenant_id, user_id, role_slug) select $1, u.id, 'admin' from"
        " catalog.user_account u where u.email = $2",
        id().add(person.owner_email));
    const auto token = server().client().post(
        "/api/v1/auth/token", R"({"grant_type":"password","email":")" + person.owner_email + R"(","password":")" +
                                  person.password + R"(","tenant":")" + asha.slug + "\"}");
    auto client = server().client(asha.slug);
    client.set("Authorization", "Bearer " + token.text("access_token"));
    const auto reply = ask(client, asha.slug, person.password);
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(reply.text("code"), "permission_denied");
    EXPECT_EQ(state(), "active");
}

TEST_F(DeletionApi, WaitsForNoOperatorAndNoMove) {
    admin.run("select pg_catalog.pg_advisory_lock($1::bigint)",
              db::Params().add(db::move_lock_key(Uuid::parse(asha.id).value())));
    const auto busy = ask();
    EXPECT_EQ(busy.status, 409);
    EXPECT_EQ(busy.text("code"), "tenant_busy");
    admin.run("select pg_catalog.pg_advisory_unlock_all()");
    EXPECT_EQ(state(), "active");
    EXPECT_EQ(ask().status, 200);
}

TEST_F(DeletionApi, OfParallelRequestsOneIsTheEvent) {
    std::vector<int> statuses(6);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < statuses.size(); ++i)
            threads.emplace_back([&, i] {
                auto client = (i % 2 ? server() : other_server()).owner(asha);
                statuses[i] = ask(client, asha.slug, asha.password).status;
            });
    }
    EXPECT_GE(std::ranges::count(statuses, 200), 1);
    for (const int status : statuses)
        EXPECT_TRUE(status == 200 || status == 409 || status == 404 || status == 401 || status == 503) << status;
    EXPECT_EQ(state(), "deleting");
    EXPECT_EQ(admin.run("select from catalog.tenant_event where tenant_id = $1", id()).size(), 1U);
}

TEST_F(DeletionApi, TheServerCanWriteNoOtherActOfOperators) {
    for (const auto* action : {"erase", "suspend", "reactivate", "read_only"}) {
        // Where the tests run behind a pooler, too.
        auto platform = db::AdminConnection::behind_pooler(testing::TestDatabase::instance().platform_url());
        EXPECT_THROW(platform.run("insert into catalog.tenant_event (tenant_id, action, actor) values ($1, $2, 'x')",
                                  id().add(action)),
                     std::runtime_error)
            << action;
        EXPECT_THROW(platform.run("update catalog.tenant_event set actor = 'x'"), std::runtime_error);
        EXPECT_THROW(platform.run("delete from catalog.erasure"), std::runtime_error);
    }
}

TEST_F(DeletionApi, WhatWasAskedForFromTheWebIsErasedLikeAnyOther) {
    const auto added = add(owner, new_domain());
    publish(added);
    ASSERT_EQ(verify(owner, added.text("id")).status, 200);
    ASSERT_EQ(owner.patch("/api/v1/organization", R"({"slug":"e)" + asha.slug.substr(1) + "\"}").status, 200);
    asha.slug = "e" + asha.slug.substr(1);
    auto moved_owner = server().owner(asha);
    ASSERT_EQ(ask(moved_owner, asha.slug, asha.password).status, 200);
    tenancy::erase_tenant(act(), tenancy::EraseWhen::now);
    for (const auto* table : {"domain", "former_slug", "membership"})
        EXPECT_EQ(admin.run(std::string("select from catalog.") + table + " where tenant_id = $1", id()).size(), 0U);
    EXPECT_EQ(admin.run("select from shared.organization where tenant_id = $1", id()).size(), 0U);
}

}  // namespace
}  // namespace terrace::organization
