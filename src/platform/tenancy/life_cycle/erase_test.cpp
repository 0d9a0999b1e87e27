#include "platform/tenancy/life_cycle/erase.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/json.hpp"
#include "platform/tenancy/life_cycle/certificate.hpp"
#include "platform/tenancy/life_cycle/test_housed_tenant.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace terrace::tenancy {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::ThrowsMessage;

class EraseTest : public ::testing::TestWithParam<Isolation> {
  protected:
    Erased erase_now() { return erase_tenant(tenant.act(), EraseWhen::now); }

    /// Tables of this database that hold a row with the tenant's id. What tells of it, and the news that it is gone,
    /// stay.
    std::vector<std::string> tables_that_know(const HousedTenant& whom) {
        const db::Rows tables = places.admin.run(
            "select c.oid::regclass::text, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
            " join pg_namespace n on n.oid = c.relnamespace"
            " where c.relkind = 'r' and a.atttypid = 'uuid'::regtype and a.attnum > 0 and not a.attisdropped"
            " and (a.attname = 'tenant_id' or c.oid = 'catalog.tenant'::regclass)"
            " and c.oid <> all (array['catalog.change', 'catalog.tenant_event', 'catalog.erasure']::regclass[])");
        std::vector<std::string> found;
        for (std::size_t row = 0; row < tables.size(); ++row) {
            const std::string table(tables.text(row, 0));
            const std::string column(tables.text(row, 1));
            const std::string asked = fmt::format("select from {} where {} = $1 limit 1", table, column);
            if (!places.admin.run(asked, whom.params()).empty()) found.push_back(table);
        }
        return found;
    }
    bool place_is_there() {
        const std::string& name = tenant.place_name();
        return places.text("select ((to_regnamespace('" + name +
                           "') is not null) or exists (select from pg_database"
                           " where datname = '" +
                           name + "'))::text") == "true";
    }
    bool is_there(const Uuid& person) {
        return !places.admin.run("select from catalog.user_account where id = $1", db::Params().add(person)).empty();
    }
    std::string document() {
        return std::string(
            places.admin.run("select document from catalog.erasure where tenant_id = $1", tenant.params()).text(0, 0));
    }
    /// As the certificate has them: those that hold anything, and how much.
    std::vector<std::pair<std::string, std::int64_t>> certified(const char* part) {
        const auto parsed = json::Document::parse(document()).value();
        std::vector<std::pair<std::string, std::int64_t>> rows;
        parsed.root().find(part)->each_element([&](json::Value table) {
            if (*table.find("rows")->as_integer() > 0)
                rows.emplace_back(*table.find("table")->as_string(), *table.find("rows")->as_integer());
        });
        return rows;
    }

    TestPlaces places;
    HousedTenant tenant{places, GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Modes, EraseTest, ::testing::Values(Isolation::shared, Isolation::schema, Isolation::database),
                         isolation_name);

TEST_P(EraseTest, LeavesNoRowOfTheTenantAndEveryRowOfAnother) {
    HousedTenant other(places, GetParam());
    const auto before = tables_that_know(other);
    tenant.ask_deletion();
    const Erased erased = erase_now();
    EXPECT_EQ(erased.rows, 4);
    EXPECT_EQ(erased.persons, 1);
    EXPECT_THAT(tables_that_know(tenant), ElementsAre());
    EXPECT_EQ(tables_that_know(other), before);
    EXPECT_EQ(
        other.place().run("select from " + other.schema() + ".settings where tenant_id = $1", other.params()).size(),
        2U);
    EXPECT_THAT(other.states(), Pair("active", "active"));
    if (GetParam() != Isolation::shared) EXPECT_FALSE(place_is_there());
}

TEST_P(EraseTest, LeavesACertificate) {
    places.admin.run(
        "insert into catalog.session (id, origin_id, user_id, tenant_id, refresh_hash, expires_at)"
        " values ($2, $2, $3, $1, sha256('x'), now() + interval '1 day')",
        tenant.params().add(Uuid::v7()).add(tenant.owner));
    tenant.ask_deletion();
    erase_now();
    EXPECT_THAT(certified("tables"), ElementsAre(Pair("role", 1), Pair("role_permission", 1), Pair("settings", 2)));
    EXPECT_THAT(certified("catalog"),
                ElementsAre(Pair("catalog.membership", 1), Pair("catalog.session", 1), Pair("catalog.tenant", 1)));
    const std::string text = document();
    EXPECT_THAT(text, HasSubstr(R"("erased_by":"tester")"));
    EXPECT_THAT(text, HasSubstr(R"("isolation":")" + std::string(to_string(GetParam())) + '"'));
    EXPECT_THAT(text, HasSubstr(R"("persons":1)"));
    EXPECT_THAT(text, Not(HasSubstr(tenant.slug)));
    const std::string expected =
        R"({"certificate":)" + text + R"(,"sha256":")" + crypto::hex(crypto::sha256(text)) + R"("})";
    EXPECT_THAT(find_certificates(places.admin, tenant.slug), ElementsAre(expected));
    EXPECT_THAT(find_certificates(places.admin, tenant.id.to_string()), ElementsAre(expected));
}

TEST_P(EraseTest, ChecksumsTellRowsApart) {
    const auto checksum = [&] {
        const auto parsed = json::Document::parse(document()).value();
        std::string found;
        parsed.root().find("tables")->each_element([&](json::Value table) {
            if (*table.find("table")->as_string() == "settings") found = *table.find("checksum")->as_string();
        });
        return found;
    };
    tenant.ask_deletion();
    // As PostgreSQL says it of the same rows, apart from the program.
    const std::string asked = "select sum(hash_record_extended(row(tenant_id, name, value), 0)::numeric)::text from " +
                              tenant.schema() + ".settings where tenant_id = $1";
    const std::string expected(tenant.place().run(asked, tenant.params()).text(0, 0));
    erase_now();
    EXPECT_EQ(checksum(), expected);
}

TEST_P(EraseTest, WaitsForTheThirtyDays) {
    EXPECT_THAT([&] { erase_now(); }, ThrowsMessage<std::runtime_error>(HasSubstr("is not being deleted")));
    tenant.ask_deletion();
    const std::string& url = testing::TestDatabase::instance().admin_url();
    EXPECT_THAT([&] { erase_tenant(tenant.act(), EraseWhen::when_due); },
                ThrowsMessage<std::runtime_error>(HasSubstr("are not over")));
    EXPECT_THAT(due_tenants(url), Not(Contains(tenant.slug)));
    places.admin.run("update catalog.tenant set delete_after = now() where id = $1", tenant.params());
    EXPECT_THAT(due_tenants(url), Contains(tenant.slug));
    erase_tenant(tenant.act(), EraseWhen::when_due);
    EXPECT_THAT(tables_that_know(tenant), ElementsAre());
    EXPECT_THAT(due_tenants(url), Not(Contains(tenant.slug)));
}

TEST_P(EraseTest, KilledBeforeAnyStepTheNextGoesOnAndCountsTheSame) {
    tenant.ask_deletion();
    std::set<std::string> killed_before;
    const auto kill = [&](const std::string& step) {
        if (killed_before.insert(step).second) throw std::runtime_error("killed before: " + step);
    };
    for (bool over = false; !over;) {
        try {
            erase_tenant(tenant.act(kill), EraseWhen::now);
            over = true;
        } catch (const std::runtime_error& fault) {
            ASSERT_THAT(fault.what(), HasSubstr("killed before"));
        }
    }
    EXPECT_EQ(killed_before.size(), GetParam() == Isolation::database ? 4U : 2U);
    EXPECT_THAT(certified("tables"), ElementsAre(Pair("role", 1), Pair("role_permission", 1), Pair("settings", 2)));
    EXPECT_THAT(tables_that_know(tenant), ElementsAre());
    if (GetParam() != Isolation::shared) EXPECT_FALSE(place_is_there());
}

TEST_P(EraseTest, PersonsStayWhereSomethingElseHoldsThem) {
    HousedTenant other(places, Isolation::shared);
    other.join(tenant.owner);
    const Uuid only_here = tenant.add_member();
    const Uuid nowhere = tenant.add_person();
    tenant.ask_deletion();
    EXPECT_EQ(erase_now().persons, 1);
    EXPECT_TRUE(is_there(tenant.owner));
    EXPECT_FALSE(is_there(only_here));
    EXPECT_TRUE(is_there(nowhere)) << "not of this tenant";
}

/// Somebody who is added elsewhere just now stays: the erasure waits for whoever adds them.
TEST_P(EraseTest, APersonWhoIsAddedElsewhereMeanwhileStays) {
    HousedTenant other(places, Isolation::shared);
    tenant.ask_deletion();
    db::AdminConnection adding = testing::TestDatabase::instance().admin();
    adding.run("begin");
    adding.run("insert into catalog.membership (tenant_id, user_id, role_slug) values ($1, $2, 'owner')",
               other.params().add(tenant.owner));
    auto erasing = std::async(std::launch::async, [&] { return erase_now(); });
    ASSERT_TRUE(waits_for_a_lock(testing::TestDatabase::instance().admin(), erasing));
    adding.run("commit");
    EXPECT_EQ(erasing.get().persons, 0);
    EXPECT_TRUE(is_there(tenant.owner));
    EXPECT_EQ(
        places.admin.run("select from catalog.membership where user_id = $1", db::Params().add(tenant.owner)).size(),
        1U);
}

TEST_P(EraseTest, OfOperatorsAtOnceOneErases) {
    tenant.ask_deletion();
    std::atomic<int> erased = 0;
    std::vector<std::future<void>> operators;
    for (int number = 0; number < 3; ++number)
        operators.push_back(std::async(std::launch::async, [&] {
            try {
                erase_now();
                ++erased;
            } catch (const std::runtime_error& fault) {
                EXPECT_THAT(fault.what(),
                            ::testing::AnyOf(HasSubstr("no tenant has the slug"), HasSubstr("another change")));
            }
        }));
    for (auto& one : operators) one.get();
    EXPECT_EQ(erased, 1);
    EXPECT_EQ(find_certificates(places.admin, tenant.slug).size(), 1U);
}

class EraseDatabaseTest : public EraseTest {};
INSTANTIATE_TEST_SUITE_P(Modes, EraseDatabaseTest, ::testing::Values(Isolation::database), isolation_name);

TEST_P(EraseDatabaseTest, FromTheCountOnItCannotComeBackAndIsDue) {
    tenant.ask_deletion();
    const auto killed = [](const std::string& step) {
        if (step == "Dropping its database") throw std::runtime_error("killed");
    };
    EXPECT_THROW(erase_tenant(tenant.act(killed), EraseWhen::now), std::runtime_error);
    EXPECT_THAT([&] { tenant.to(TenantState::active); },
                ThrowsMessage<std::runtime_error>(HasSubstr("cannot come back")));
    EXPECT_THAT(due_tenants(testing::TestDatabase::instance().admin_url()), Contains(tenant.slug));
    erase_tenant(tenant.act(), EraseWhen::when_due);
    EXPECT_THAT(tables_that_know(tenant), ElementsAre());
}

TEST_P(EraseDatabaseTest, ADeletionThatIsAskedForAgainOnceItIsDroppedGoesOn) {
    tenant.ask_deletion();
    const auto killed = [](const std::string& step) {
        if (step == "Removing it from the catalog") throw std::runtime_error("killed");
    };
    EXPECT_THROW(erase_tenant(tenant.act(killed), EraseWhen::now), std::runtime_error);
    EXPECT_FALSE(place_is_there());
    EXPECT_EQ(tenant.to(TenantState::deleting).before, TenantState::deleting);
    EXPECT_EQ(erase_now().rows, 4);
}

class SharedTenantTest : public ::testing::Test {
  protected:
    TestPlaces places;
    HousedTenant tenant{places, Isolation::shared};
};

TEST_F(SharedTenantTest, ItsCertificateStaysAsItWasWritten) {
    tenant.ask_deletion();
    erase_tenant(tenant.act(), EraseWhen::now);
    for (const char* change : {"update catalog.erasure set erased_at = now()", "delete from catalog.erasure",
                               "truncate catalog.erasure", "delete from catalog.tenant_event"})
        EXPECT_THAT([&] { places.admin.run(change); },
                    ThrowsMessage<std::runtime_error>(HasSubstr("stay as they were written")))
            << change;
}

TEST_F(SharedTenantTest, ItsCertificateMatchesItsHash) {
    EXPECT_THAT(
        [&] {
            places.admin.run(
                "insert into catalog.erasure (tenant_id, slug_sha256, erased_at, document, sha256)"
                " values ($1, repeat('0', 64), now(), '{}', repeat('0', 64))",
                tenant.params());
        },
        ThrowsMessage<std::runtime_error>(HasSubstr("erasure_sha256_check")));
}

TEST_F(SharedTenantTest, IsErasedFromTheCopyThatAMoveLeftHalfMade) {
    TestPlaces::maker().fill(Isolation::database, 1);
    const std::string copy = places.text("select name from catalog.place where taken_at is null");
    places.admin.run("update catalog.place set state = 'making' where name = $1", db::Params().add(copy));
    tenant.ask_deletion();
    erase_tenant(tenant.act(), EraseWhen::now);
    EXPECT_EQ(places.text("select count(*) from pg_database where datname = '" + copy + "'"), "0");
}

/// Else an erasure would stop at it, or leave it behind.
TEST(CatalogRowsTest, EveryRowAboutATenantGoesWithIt) {
    TestPlaces places;
    EXPECT_EQ(places.text("select count(*) from pg_constraint where contype = 'f' and confdeltype <> 'c'"
                          " and confrelid = 'catalog.tenant'::regclass"),
              "0");
}

}  // namespace
}  // namespace terrace::tenancy
