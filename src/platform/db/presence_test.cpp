#include "platform/db/presence.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace terrace::db {
namespace {

using std::chrono::milliseconds;

class PresenceTest : public ::testing::Test {
  protected:
    Presence presence;
    const Clock::time_point start = Clock::now();
    const Uuid a = Uuid::v7(), b = Uuid::v7(), c = Uuid::v7();
};

TEST_F(PresenceTest, OfATenantAloneHasNoOthers) {
    EXPECT_FALSE(presence.has_others(a, start));
    for (int i = 0; i < 3; ++i) presence.saw(a, start + milliseconds(i));
    EXPECT_FALSE(presence.has_others(a, start + milliseconds(3)));
    EXPECT_TRUE(presence.has_others(b, start + milliseconds(3)));
}

TEST_F(PresenceTest, OfAnotherLastsForASecond) {
    presence.saw(b, start);
    for (int i = 1; i <= 1'000; ++i) presence.saw(a, start + milliseconds(i));
    EXPECT_TRUE(presence.has_others(a, start + milliseconds(999)));
    EXPECT_FALSE(presence.has_others(a, start + milliseconds(1'000)));
}

TEST_F(PresenceTest, OfAnyOtherCounts) {
    presence.saw(a, start);
    presence.saw(b, start + milliseconds(400));
    presence.saw(c, start + milliseconds(800));
    EXPECT_TRUE(presence.has_others(c, start + milliseconds(1'300))) << "the second of three was there";
    EXPECT_FALSE(presence.has_others(c, start + milliseconds(1'500)));
    EXPECT_TRUE(presence.has_others(a, start + milliseconds(1'700)));
}

}  // namespace
}  // namespace terrace::db
