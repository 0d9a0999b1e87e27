#include "platform/tenancy/provisioning.hpp"

#include "platform/db/conninfo.hpp"
#include "platform/tenancy/places/test_places.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <string>

namespace terrace::tenancy {
namespace {

namespace asio = boost::asio;
using testing::TestDatabase;

db::DatabaseOptions options() {
    auto options = TestDatabase::instance().options();
    options.leases = 2;
    options.own_database_url = [](const db::Place& place) {
        return db::with_conninfo(TestDatabase::instance().app_url(), {{"dbname", place.database}});
    };
    return options;
}

const db::Shape& add_setting() {
    static const db::Shape& shape = db::shape(
        "insert into {tenant}.settings (tenant_id, name, value) values ($1, $2, $3) "
        "on conflict (tenant_id, name) do nothing");
    return shape;
}

void seed_greeting(const Uuid& tenant, std::vector<db::Statement>& statements) {
    statements.emplace_back(&add_setting()).params.add(tenant).add("greeting").add("hello");
}

/// Breaks a constraint of the table.
void seed_nonsense(const Uuid& tenant, std::vector<db::Statement>& statements) {
    statements.emplace_back(&add_setting()).params.add(tenant).add("NO NAME").add("hello");
}

class ProvisioningTest : public ::testing::Test {
  protected:
    asio::awaitable<Result<Uuid>> insert(NewTenant tenant) {
        auto lease = co_await database.lease(db::PlatformScope("test"));
        if (!lease) co_return std::unexpected(db::to_error(lease.error()));
        auto inserted = co_await insert_tenant(*lease, tenant);
        if (!inserted) co_return inserted;
        const auto committed = co_await lease->commit();
        if (!committed) co_return std::unexpected(db::to_error(committed.error()));
        co_return inserted;
    }

    asio::awaitable<Result<void>> insert_without_commit(NewTenant tenant) {
        auto lease = co_await database.lease(db::PlatformScope("test"));
        if (!lease) co_return std::unexpected(db::to_error(lease.error()));
        const auto inserted = co_await insert_tenant(*lease, tenant);
        if (!inserted) co_return std::unexpected(inserted.error());
        co_return Result<void>{};
    }

    Result<Uuid> sign_up(const Uuid& tenant) {
        return testing::run(loop, insert({.id = tenant, .slug = slug, .name = "Acme"}));
    }

    Result<void> complete(const Uuid& tenant, std::vector<TenantSeed> seeds = {seed_greeting}) {
        Provisioner provisioner(database, directory, std::move(seeds));
        return testing::run(loop, provisioner.complete(tenant));
    }

    std::string state_of(const Uuid& tenant) {
        const auto rows = admin.run("select state from catalog.tenant where id = $1", db::Params().add(tenant));
        return rows.empty() ? "" : std::string(rows.text(0, 0));
    }

    /// As superuser: past the wall.
    std::int64_t settings_of(const Uuid& tenant) {
        return admin.run("select count(*) from shared.settings where tenant_id = $1", db::Params().add(tenant))
            .integer(0, 0);
    }

    asio::io_context loop;
    db::Database database{loop.get_executor(), options()};
    db::AdminConnection admin = TestDatabase::instance().admin();
    ChangeFeed feed;
    Directory directory{loop.get_executor(), database, feed};
    const Uuid tenant = Uuid::v7();
    const std::string slug = "t" + tenant.to_string().substr(24);
};

TEST_F(ProvisioningTest, MakesATenantInTwoSteps) {
    ASSERT_TRUE(sign_up(tenant));
    EXPECT_EQ(state_of(tenant), "provisioning");
    ASSERT_TRUE(complete(tenant));
    EXPECT_EQ(state_of(tenant), "active");
    EXPECT_EQ(settings_of(tenant), 1);
}

TEST_F(ProvisioningTest, ChangesNothingWhenRepeated) {
    ASSERT_TRUE(sign_up(tenant));
    ASSERT_TRUE(complete(tenant));
    ASSERT_TRUE(complete(tenant));
    EXPECT_EQ(state_of(tenant), "active");
    EXPECT_EQ(settings_of(tenant), 1);
}

TEST_F(ProvisioningTest, CompletesOnceWhenTwoTryAtTheSameTime) {
    using namespace asio::experimental::awaitable_operators;
    ASSERT_TRUE(sign_up(tenant));
    Provisioner provisioner(database, directory, {seed_greeting});
    const auto [first, second] = testing::run(loop, provisioner.complete(tenant) && provisioner.complete(tenant));
    EXPECT_TRUE(first);
    EXPECT_TRUE(second);
    EXPECT_EQ(state_of(tenant), "active");
    EXPECT_EQ(settings_of(tenant), 1);
}

TEST_F(ProvisioningTest, KeepsNothingOfAnAttemptThatFailedAndIsMendedByTheNext) {
    ASSERT_TRUE(sign_up(tenant));
    EXPECT_FALSE(complete(tenant, {seed_greeting, seed_nonsense}));
    EXPECT_EQ(state_of(tenant), "provisioning");
    EXPECT_EQ(settings_of(tenant), 0);
    ASSERT_TRUE(complete(tenant));
    EXPECT_EQ(state_of(tenant), "active");
    EXPECT_EQ(settings_of(tenant), 1);
}

TEST_F(ProvisioningTest, MendsATenantWhoseRowsWereMadeButWhoWasNotActivated) {
    ASSERT_TRUE(sign_up(tenant));
    ASSERT_TRUE(complete(tenant));
    admin.run("update catalog.tenant set state = 'provisioning' where id = $1", db::Params().add(tenant));
    ASSERT_TRUE(complete(tenant));
    EXPECT_EQ(state_of(tenant), "active");
    EXPECT_EQ(settings_of(tenant), 1);
}

TEST_F(ProvisioningTest, DoesNotWakeASuspendedTenant) {
    ASSERT_TRUE(sign_up(tenant));
    admin.run("update catalog.tenant set state = 'suspended' where id = $1", db::Params().add(tenant));
    ASSERT_TRUE(complete(tenant));
    EXPECT_EQ(state_of(tenant), "suspended");
}

TEST_F(ProvisioningTest, KnowsNoTenantThatWasNeverInserted) {
    const auto outcome = complete(tenant);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, "not_found");
}

TEST_F(ProvisioningTest, LeavesNothingWhenTheTransactionIsNotCommitted) {
    ASSERT_TRUE(testing::run(loop, insert_without_commit({.id = tenant, .slug = slug, .name = "Acme"})));
    EXPECT_EQ(state_of(tenant), "");
    EXPECT_TRUE(sign_up(Uuid::v7()));
}

TEST_F(ProvisioningTest, RefusesATakenSlug) {
    ASSERT_TRUE(sign_up(tenant));
    const auto second = sign_up(Uuid::v7());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "slug_taken");
    EXPECT_EQ(second.error().status, 409);
}

TEST_F(ProvisioningTest, GivesASlugToOneOfTwoWhoWantItAtTheSameTime) {
    using namespace asio::experimental::awaitable_operators;
    const auto [first, second] = testing::run(loop, insert({.id = tenant, .slug = slug, .name = "One"}) &&
                                                        insert({.id = Uuid::v7(), .slug = slug, .name = "Two"}));
    ASSERT_NE(first.has_value(), second.has_value());
    EXPECT_EQ((first ? second : first).error().code, "slug_taken");
}

TEST_F(ProvisioningTest, SweepsWhatWasLeftBehindOverAMinuteAgo) {
    const auto young = Uuid::v7();
    ASSERT_TRUE(sign_up(tenant));
    ASSERT_TRUE(testing::run(loop, insert({.id = young, .slug = slug + "-2", .name = "Young"})));
    admin.run("update catalog.tenant set created_at = created_at - interval '2 minutes' where id = $1",
              db::Params().add(tenant));
    Provisioner provisioner(database, directory, {seed_greeting});
    const auto completed = testing::run(loop, provisioner.sweep());
    ASSERT_TRUE(completed);
    EXPECT_GE(*completed, 1);
    EXPECT_EQ(state_of(tenant), "active");
    EXPECT_EQ(state_of(young), "provisioning");
}

/// Tenants with a place of their own, in the mode of the test.
class OwnPlaceTest : public ProvisioningTest, public ::testing::WithParamInterface<Isolation> {
  protected:
    Result<Uuid> insert_own(const std::string& slug) {
        return testing::run(loop, insert({.slug = slug, .name = "Own", .isolation = GetParam()}));
    }
    NewTenant own(const std::string& slug) const { return {.slug = slug, .name = "Own", .isolation = GetParam()}; }

    /// As superuser, where the tenant's rows are to be.
    std::int64_t settings_in(const std::string& place) {
        const bool schema = GetParam() == Isolation::schema;
        db::AdminConnection there(schema
                                      ? TestDatabase::instance().admin_url()
                                      : db::with_conninfo(TestDatabase::instance().admin_url(), {{"dbname", place}}));
        return there.run("select count(*) from " + (schema ? place : "shared") + ".settings").integer(0, 0);
    }

    TestPlaces places;
};

INSTANTIATE_TEST_SUITE_P(Modes, OwnPlaceTest, ::testing::Values(Isolation::schema, Isolation::database),
                         [](const auto& info) { return std::string(to_string(info.param)); });

TEST_P(OwnPlaceTest, HasItsRowsThereAndNowhereElse) {
    TestPlaces::maker().fill(GetParam(), 1);
    const auto made = insert_own(slug);
    ASSERT_TRUE(made);
    ASSERT_TRUE(complete(*made));
    EXPECT_EQ(state_of(*made), "active");
    EXPECT_EQ(settings_of(*made), 0);
    EXPECT_EQ(settings_in(places.text("select name from catalog.place")), 1);
}

TEST_P(OwnPlaceTest, OfTwoAtOnceEachGetsOne) {
    using namespace asio::experimental::awaitable_operators;
    TestPlaces::maker().fill(GetParam(), 2);
    const auto [first, second] = testing::run(loop, insert(own(slug)) && insert(own(slug + "-2")));
    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    EXPECT_NE(*first, *second);
}

TEST_P(OwnPlaceTest, IsRefusedWhileNoneIsSpareAndTakesNothing) {
    const auto refused = insert_own(slug);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().status, 503);
    EXPECT_EQ(places.count("catalog.tenant where slug = '" + slug + "'"), 0);
}

TEST_P(OwnPlaceTest, OfASlugThatIsTakenLeavesThePlaceSpare) {
    TestPlaces::maker().fill(GetParam(), 1);
    ASSERT_TRUE(sign_up(tenant));
    const auto refused = insert_own(slug);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "slug_taken");
    EXPECT_EQ(places.count("catalog.place where taken_at is null"), 1);
}

}  // namespace
}  // namespace terrace::tenancy
