#include "platform/identity/refusals.hpp"

#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

namespace terrace::identity {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using testing::Started;

class RefusalsTest : public ::testing::Test {
  protected:
    Started<void> hold(Refusals& refusals, Clock::time_point came = Clock::now()) {
        return {*loop, refusals.hold(came)};
    }
    std::unique_ptr<boost::asio::io_context> loop = std::make_unique<boost::asio::io_context>();
};

TEST_F(RefusalsTest, AreAnsweredNotBeforeThePauseHasPassed) {
    Refusals refusals(milliseconds(60));
    const auto came = Clock::now();
    hold(refusals, came).wait();
    EXPECT_GE(Clock::now() - came, milliseconds(60));
    EXPECT_EQ(refusals.held(), 0u);
}

TEST_F(RefusalsTest, AreAnsweredAtOnceWhenTheCheckTookLongerThanThePause) {
    Refusals refusals{hours(1)};
    hold(refusals, Clock::now() - hours(2)).wait();
    Refusals none{milliseconds(0)};
    hold(none).wait();
}

TEST_F(RefusalsTest, BeyondABoundDoNotWait) {
    Refusals refusals(hours(1), 2);
    auto first = hold(refusals), second = hold(refusals), third = hold(refusals);
    third.wait();
    EXPECT_FALSE(first.done());
    EXPECT_FALSE(second.done());
    EXPECT_EQ(refusals.held(), 2u) << "the place of the third is free again";
    loop.reset();  // those that wait give their places back
}

TEST_F(RefusalsTest, LeaveTheirPlacesWhenTheLoopEnds) {
    Refusals refusals(hours(1));
    auto waiting = hold(refusals);
    loop->poll();
    ASSERT_EQ(refusals.held(), 1u);
    loop.reset();
    EXPECT_EQ(refusals.held(), 0u);
}

TEST_F(RefusalsTest, AreWrongTooManyAndNotMadeChecksNotTheQuestionsOfARightOne) {
    for (const int status : {401, 429, 503}) EXPECT_TRUE(is_refused_check({.status = status})) << status;
    EXPECT_TRUE(is_refused_check(errors::conflict("account_exists", "")));
    EXPECT_FALSE(is_refused_check(errors::conflict("tenant_required", "")));
    for (const int status : {400, 403, 500}) EXPECT_FALSE(is_refused_check({.status = status})) << status;
}

}  // namespace
}  // namespace terrace::identity
