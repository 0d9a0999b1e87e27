#include "platform/tenancy/places/tenant_turn.hpp"

#include "platform/tenancy/life_cycle/test_housed_tenant.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

namespace terrace::tenancy {
namespace {

using testing::TestDatabase;

class TenantTurnTest : public ::testing::Test {
  protected:
    static db::AdminConnection connect() { return TestDatabase::instance().admin(); }
    TenantTurn turn(db::AdminConnection& installation, TurnKind kind) const {
        return {installation, TestDatabase::instance().admin_url(), tenant.slug, kind};
    }
    /// The end of a connection is heard of a moment later.
    TenantTurn take(db::AdminConnection& writer) const {
        return {writer, TestDatabase::instance().admin_url(), tenant.slug, TurnKind::writing, std::chrono::seconds(3)};
    }
    bool is_moving() {
        return places.admin.run("select moving from catalog.tenant where id = $1", tenant.params()).boolean(0, 0);
    }

    TestPlaces places;
    HousedTenant tenant{places, Isolation::shared};
};

TEST_F(TenantTurnTest, IsOneWritersOrManyReaders) {
    auto writer = connect();
    {
        auto first = connect(), second = connect();
        turn(first, TurnKind::reading);
        turn(second, TurnKind::reading);
        EXPECT_THROW(turn(writer, TurnKind::writing), std::runtime_error);
    }
    take(writer);
    auto late = connect();
    EXPECT_THROW(turn(late, TurnKind::reading), std::runtime_error);
}

TEST_F(TenantTurnTest, ForgetsAnImportThatWasCutOff) {
    places.admin.run("update catalog.tenant set moving = true where id = $1", tenant.params());
    {
        auto reader = connect();
        turn(reader, TurnKind::reading);
    }
    EXPECT_TRUE(is_moving()) << "another reader may be under way";
    auto writer = connect();
    take(writer);
    EXPECT_FALSE(is_moving());
}

TEST_F(TenantTurnTest, ForgetsNoMoveThatWasCutOff) {
    places.admin.run("update catalog.tenant set moving = true where id = $1", tenant.params());
    places.admin.run("insert into catalog.tenant_move (tenant_id, isolation) values ($1, 'shared')", tenant.params());
    auto writer = connect();
    EXPECT_TRUE(take(writer).has_cut_off_move());
    EXPECT_TRUE(is_moving());
}

}  // namespace
}  // namespace terrace::tenancy
