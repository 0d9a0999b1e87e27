#include "platform/db/outage.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace terrace::db {
namespace {

using std::chrono::milliseconds;

class OutageTest : public ::testing::Test {
  protected:
    const Clock::time_point start = Clock::now();
    Outage outage{milliseconds(1'000), start};

    bool lasts(bool connected, int after) { return outage.lasts(connected, start + milliseconds(after)); }
};

TEST_F(OutageTest, IsNoneWhileTheFirstConnectionIsMade) {
    EXPECT_FALSE(lasts(false, 0));
    EXPECT_FALSE(lasts(false, 1'000));
    EXPECT_TRUE(lasts(false, 1'001));
}

TEST_F(OutageTest, CountsFromTheLastConnection) {
    EXPECT_FALSE(lasts(true, 5'000));
    EXPECT_FALSE(lasts(false, 6'000));
    EXPECT_TRUE(lasts(false, 6'001));
}

TEST_F(OutageTest, EndsWithAConnection) {
    EXPECT_TRUE(lasts(false, 2'000));
    EXPECT_FALSE(lasts(true, 2'001));
    EXPECT_FALSE(lasts(false, 3'000));
}

}  // namespace
}  // namespace terrace::db
