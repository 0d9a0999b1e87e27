#include "platform/app/readiness.hpp"

#include <gtest/gtest.h>

namespace terrace::app {
namespace {

TEST(Readiness, IsThereWhenTheLastLoopReachesPostgreSql) {
    Readiness readiness(2);
    EXPECT_FALSE(readiness.all());
    readiness.set(1, true);
    EXPECT_FALSE(readiness.all());
    readiness.set(0, true);
    EXPECT_TRUE(readiness.all());
}

TEST(Readiness, GoesWithTheFirstLoopThatDoesNot) {
    Readiness readiness(2);
    readiness.set(0, true);
    readiness.set(1, true);
    readiness.set(0, false);
    EXPECT_FALSE(readiness.all());
}

}  // namespace
}  // namespace terrace::app
