#include "platform/tenancy/life_cycle/change_state.hpp"

#include "platform/db/advisory_lock.hpp"
#include "platform/tenancy/life_cycle/test_housed_tenant.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <string>
#include <vector>

namespace terrace::tenancy {
namespace {

using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::ThrowsMessage;

class ChangeStateTest : public ::testing::TestWithParam<Isolation> {
  protected:
    std::int64_t days_left() {
        return places.admin
            .run(
                "select round(extract(epoch from delete_after - now()) / 86400)::int from catalog.tenant where id = $1",
                tenant.params())
            .integer(0, 0);
    }
    void set_catalog(const std::string& state) {
        places.admin.run("update catalog.tenant set state = $2 where id = $1", tenant.params().add(state));
    }

    TestPlaces places;
    HousedTenant tenant{places, GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Modes, ChangeStateTest,
                         ::testing::Values(Isolation::shared, Isolation::schema, Isolation::database), isolation_name);

TEST_P(ChangeStateTest, CatalogAndPlaceGoTogether) {
    tenant.to(TenantState::read_only);
    EXPECT_THAT(tenant.states(), Pair("read_only", "read_only"));
    tenant.to(TenantState::suspended);
    EXPECT_THAT(tenant.states(), Pair("suspended", "suspended"));
    tenant.to(TenantState::read_only);
    EXPECT_THAT(tenant.states(), Pair("read_only", "read_only"));
    tenant.to(TenantState::active);
    EXPECT_THAT(tenant.states(), Pair("active", "active"));
    EXPECT_EQ(tenant.events(), 4);
}

TEST_P(ChangeStateTest, ActingAgainIsNoEvent) {
    EXPECT_EQ(tenant.to(TenantState::suspended).before, TenantState::active);
    EXPECT_EQ(tenant.to(TenantState::suspended).before, TenantState::suspended);
    EXPECT_EQ(tenant.events(), 1);
}

TEST_P(ChangeStateTest, ADeletedTenantIsShutAndComesBackWithinThirtyDays) {
    const auto first = tenant.to(TenantState::deleting);
    EXPECT_THAT(tenant.states(), Pair("deleting", "suspended"));
    EXPECT_EQ(days_left(), 30);
    EXPECT_EQ(tenant.to(TenantState::deleting).delete_after, first.delete_after) << "asking again gives no longer time";
    tenant.to(TenantState::active);
    EXPECT_THAT(tenant.states(), Pair("active", "active"));
    EXPECT_TRUE(
        places.admin.run("select delete_after from catalog.tenant where id = $1", tenant.params()).is_null(0, 0));
}

TEST_P(ChangeStateTest, RefusesWhatDoesNotFollow) {
    tenant.to(TenantState::deleting);
    for (const auto state : {TenantState::suspended, TenantState::read_only})
        EXPECT_THAT([&] { tenant.to(state); }, ThrowsMessage<std::runtime_error>(HasSubstr("reactivate it first")));
    EXPECT_THAT(tenant.states(), Pair("deleting", "suspended"));
    tenant.to(TenantState::active);
    set_catalog("provisioning");
    EXPECT_THAT([&] { tenant.to(TenantState::suspended); }, ThrowsMessage<std::runtime_error>(HasSubstr("being made")));
}

/// Whatever a kill between the two left: the same act again makes them agree.
TEST_P(ChangeStateTest, ActingAgainMendsAPlaceThatDisagrees) {
    tenant.to(TenantState::suspended);
    tenant.set_place("active");
    tenant.to(TenantState::suspended);
    EXPECT_THAT(tenant.states(), Pair("suspended", "suspended"));
}

TEST_P(ChangeStateTest, LiftsTheFenceOfAMoverThatWasKilled) {
    tenant.place().run(
        "update shared.tenant_place set state = 'moving', fenced_until = now() + interval '1 hour'"
        " where tenant_id = $1",
        tenant.params());
    tenant.to(TenantState::suspended);
    EXPECT_THAT(tenant.states(), Pair("suspended", "suspended"));
    tenant.to(TenantState::active);
    EXPECT_THAT(tenant.states(), Pair("active", "active"));
}

TEST_P(ChangeStateTest, WaitsForAWriteThatIsUnderWay) {
    db::AdminConnection writer = tenant.place();
    writer.run("begin; select pg_advisory_xact_lock_shared(" + std::to_string(db::place_lock_key(tenant.id)) + ")");
    auto suspended = std::async(std::launch::async, [&] { return tenant.to(TenantState::suspended); });
    ASSERT_TRUE(waits_for_a_lock(tenant.place(), suspended));
    EXPECT_EQ(tenant.states().second, "active");
    writer.run("commit");
    suspended.get();
    EXPECT_EQ(tenant.states().second, "suspended");
}

TEST_P(ChangeStateTest, OperatorsTakeTurns) {
    constexpr int operators = 6;
    std::vector<std::future<StateChange>> acts;
    for (int number = 0; number < operators; ++number)
        acts.push_back(std::async(std::launch::async, [&, number] {
            return tenant.to(number % 2 == 0 ? TenantState::suspended : TenantState::active);
        }));
    std::int64_t changed = 0;
    for (int number = 0; number < operators; ++number)
        if (acts[number].get().before != (number % 2 == 0 ? TenantState::suspended : TenantState::active)) ++changed;
    EXPECT_EQ(tenant.events(), changed);
    const auto [catalog, place] = tenant.states();
    EXPECT_EQ(catalog, place);
}

TEST_P(ChangeStateTest, AMoveKeepsItOutAsItKeepsOutAMove) {
    db::AdminConnection mover = testing::TestDatabase::instance().admin();
    mover.run("select pg_advisory_lock($1::bigint)", db::Params().add(db::advisory_lock_key("move", tenant.id)));
    EXPECT_THAT([&] { tenant.to(TenantState::suspended); },
                ThrowsMessage<std::runtime_error>(HasSubstr("another change")));
    EXPECT_THAT(tenant.states(), Pair("active", "active"));
}

/// A database of its own and the catalog cannot change together.
class HalfChangedTest : public ::testing::Test {
  protected:
    /// An act that is killed between its two writes.
    void cut_off(TenantState to) {
        int steps = 0;
        const auto killed = [&](const std::string& step) {
            if (++steps == 2) throw std::runtime_error(step);
        };
        EXPECT_THROW(change_state(tenant.act(killed), to), std::runtime_error);
    }

    TestPlaces places;
    HousedTenant tenant{places, Isolation::database};
};

TEST_F(HalfChangedTest, ATenantThatWasToBeShutIsShutAtItsHosts) {
    cut_off(TenantState::suspended);
    EXPECT_THAT(tenant.states(), Pair("suspended", "active"));
    tenant.to(TenantState::suspended);
    EXPECT_THAT(tenant.states(), Pair("suspended", "suspended"));
}

TEST_F(HalfChangedTest, ATenantThatWasToBeOpenedStaysShutAtItsHosts) {
    tenant.to(TenantState::suspended);
    cut_off(TenantState::active);
    EXPECT_THAT(tenant.states(), Pair("suspended", "active"));
    tenant.to(TenantState::active);
    EXPECT_THAT(tenant.states(), Pair("active", "active"));
}

TEST_F(HalfChangedTest, AnotherActMakesThemAgreeToo) {
    cut_off(TenantState::suspended);
    tenant.to(TenantState::read_only);
    EXPECT_THAT(tenant.states(), Pair("read_only", "read_only"));
    cut_off(TenantState::deleting);
    tenant.to(TenantState::active);
    EXPECT_THAT(tenant.states(), Pair("active", "active"));
}

TEST(MovingTenantTest, IsDeletedOnceTheMoveThatWasCutOffIsSettled) {
    TestPlaces places;
    HousedTenant tenant(places, Isolation::shared);
    TestPlaces::maker().fill(Isolation::schema, 1);
    const std::string target = places.text("select name from catalog.place where taken_at is null");
    places.admin.run("update catalog.place set taken_at = now() where name = $1", db::Params().add(target));
    places.admin.run("insert into catalog.tenant_move (tenant_id, isolation, place_name) values ($1, 'schema', $2)",
                     tenant.params().add(target));
    places.admin.run("update catalog.tenant set moving = true where id = $1", tenant.params());
    tenant.to(TenantState::deleting);
    EXPECT_TRUE(places.admin.run("select from catalog.tenant_move where tenant_id = $1", tenant.params()).empty());
    EXPECT_EQ(places.text("select (to_regnamespace('" + target + "') is null)::text"), "true");
    EXPECT_THAT(tenant.states(), Pair("deleting", "suspended"));
}

TEST(ChangeStateOfNobodyTest, SaysThatThereIsNone) {
    TestPlaces places;
    EXPECT_THAT(
        [] {
            change_state({.admin_url = testing::TestDatabase::instance().admin_url(),
                          .migrations = {},
                          .slug = "nobody-here",
                          .actor = "tester",
                          .reason = {},
                          .progress = {}},
                         TenantState::suspended);
        },
        ThrowsMessage<std::runtime_error>(HasSubstr("no tenant has the slug nobody-here")));
}

}  // namespace
}  // namespace terrace::tenancy
