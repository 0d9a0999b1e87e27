#include "platform/db/process_share.hpp"

#include <gtest/gtest.h>

namespace terrace::db {
namespace {

class ProcessShareTest : public ::testing::Test {
  protected:
    bool asks(const Uuid& tenant) {
        return share.has_room(tenant, this, [this] { ++told; });
    }
    ProcessShare share{2};
    const Uuid a = Uuid::v7(), b = Uuid::v7();
    int told = 0;
};

TEST_F(ProcessShareTest, IsFullForATenantWithSoManyUnderWay) {
    const auto first = share.take(a);
    EXPECT_TRUE(asks(a));
    auto second = share.take(a);
    EXPECT_FALSE(asks(a));
    EXPECT_TRUE(asks(b));
    second.reset();
    EXPECT_TRUE(asks(a));
}

TEST_F(ProcessShareTest, TellsWhoFoundNoRoomOnceWhenAPlaceIsGivenBack) {
    auto first = share.take(a);
    auto second = share.take(a);
    asks(a);
    asks(a);
    first.reset();
    EXPECT_EQ(told, 1);
    second.reset();
    EXPECT_EQ(told, 1);
}

TEST_F(ProcessShareTest, TellsNobodyWhoHasGone) {
    auto first = share.take(a);
    const auto second = share.take(a);
    asks(a);
    share.forget(this);
    first.reset();
    EXPECT_EQ(told, 0);
}

}  // namespace
}  // namespace terrace::db
