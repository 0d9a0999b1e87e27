#include "platform/db/queue.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace terrace::db {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FairQueueTest : public ::testing::Test {
  protected:
    TaskPtr task(const Uuid& tenant, Clock::time_point deadline = Clock::time_point::max()) {
        auto made = std::make_shared<Task>(loop.get_executor());
        made->tenant = tenant;
        made->arrived = Clock::now();
        made->deadline = deadline;
        return made;
    }
    boost::asio::io_context loop;
    Uuid a = Uuid::v7();
    Uuid b = Uuid::v7();
    FairQueue queue{{.tasks = 4, .tasks_per_tenant = 3}};
};

TEST_F(FairQueueTest, TakesTenantsInTurn) {
    const TaskPtr a1 = task(a), a2 = task(a), a3 = task(a), b1 = task(b);
    for (const TaskPtr& each : {a1, a2, a3, b1}) ASSERT_TRUE(queue.push(each));
    EXPECT_EQ(queue.pop(), a1);
    EXPECT_EQ(queue.pop(), b1);
    EXPECT_EQ(queue.pop(), a2);
    EXPECT_EQ(queue.pop(), a3);
    EXPECT_EQ(queue.pop(), nullptr);
    EXPECT_TRUE(queue.empty());
}

TEST_F(FairQueueTest, PassesOverWhoMayNotGoAndKeepsItsTurn) {
    const TaskPtr a1 = task(a), b1 = task(b), b2 = task(b);
    for (const TaskPtr& each : {a1, b1, b2}) ASSERT_TRUE(queue.push(each));
    const auto others_than_a = [&](const Uuid& tenant) { return tenant != a; };
    EXPECT_EQ(queue.pop(others_than_a), b1);
    EXPECT_EQ(queue.pop(), a1) << "before the second of the other";
    EXPECT_EQ(queue.pop(), b2);
    queue.push(a1);
    EXPECT_EQ(queue.pop(others_than_a), nullptr);
    EXPECT_EQ(queue.size(), 1u);
}

TEST_F(FairQueueTest, IsBoundedPerTenantAndInAll) {
    for (int count = 0; count < 3; ++count) ASSERT_TRUE(queue.push(task(a)));
    EXPECT_FALSE(queue.push(task(a)));
    EXPECT_TRUE(queue.push(task(b)));
    EXPECT_FALSE(queue.push(task(b)));
    EXPECT_EQ(queue.size(), 4u);
}

TEST_F(FairQueueTest, GivesBackToTheHeadOfTheLine) {
    const TaskPtr first = task(a), second = task(a);
    queue.push(second);
    queue.give_back(first);
    EXPECT_EQ(queue.pop(), first);
    EXPECT_EQ(queue.pop(), second);
}

TEST_F(FairQueueTest, DropsWhatWaitedPastItsDeadline) {
    const auto now = Clock::now();
    const TaskPtr late = task(a, now), timely = task(a, now + std::chrono::seconds(1)), other = task(b, now);
    for (const TaskPtr& each : {late, timely, other}) queue.push(each);
    EXPECT_THAT(queue.expire(now - milliseconds(1)), IsEmpty());
    EXPECT_THAT(queue.expire(now), ::testing::UnorderedElementsAre(late, other));
    EXPECT_EQ(queue.size(), 1u);
    EXPECT_EQ(queue.pop(), timely);
    EXPECT_EQ(queue.pop(), nullptr);
}

TEST_F(FairQueueTest, LetsNoneWaitLongOnceItHasStoodForLongerThanAHiccup) {
    const TaskPtr first = task(a), second = task(b);
    queue.push(first);
    queue.push(second);
    const auto since = first->arrived;
    EXPECT_THAT(queue.expire(since + milliseconds(1'400)), IsEmpty()) << "a hiccup is waited out";
    EXPECT_THAT(queue.expire(since + milliseconds(1'600)), ::testing::UnorderedElementsAre(first, second));

    const TaskPtr later = task(a);
    queue.push(later);
    EXPECT_FALSE(queue.is_late(*later, later->arrived + milliseconds(600))) << "it was empty in between";
}

TEST_F(FairQueueTest, TakesTheLaterUnitOfARequestAheadOfNewOnes) {
    for (int count = 0; count < 3; ++count) ASSERT_TRUE(queue.push(task(a)));
    const TaskPtr later = task(a);
    later->ahead = true;
    EXPECT_TRUE(queue.push(later)) << "its request is in already";
    EXPECT_FALSE(queue.is_late(*later, later->arrived + std::chrono::seconds(2)));
    EXPECT_EQ(queue.pop(), later);
}

TEST_F(FairQueueTest, HasNoHopeForWhatFindsNoRoom) {
    const auto now = Clock::now();
    EXPECT_FALSE(queue.is_hopeless(a, now));
    for (int count = 0; count < 3; ++count) ASSERT_TRUE(queue.push(task(a)));
    EXPECT_TRUE(queue.is_hopeless(a, now));
    EXPECT_FALSE(queue.is_hopeless(b, now));
    ASSERT_TRUE(queue.push(task(b)));
    EXPECT_TRUE(queue.is_hopeless(b, now)) << "all is full";
    queue.pop();
    EXPECT_FALSE(queue.is_hopeless(a, now));
}

/// Four tasks of one tenant and two of another, of whom so many are served in the time that a task may then wait.
class StandingQueueTest : public FairQueueTest {
  protected:
    bool is_hopeless(FairQueue& standing, const Uuid& tenant, int served) {
        const auto begin = Clock::now();
        standing.expire(begin);
        for (int count = 0; count < 4; ++count) standing.push(task(a));
        for (int count = 0; count < 2; ++count) standing.push(task(b));
        for (int count = 0; count < served; ++count) standing.count_served();
        return standing.is_hopeless(tenant, begin + milliseconds(350));
    }
    const QueueLimits stands{.hiccup = milliseconds(0)};
    FairQueue standing{stands};
};

TEST_F(StandingQueueTest, HasNoHopeForWhatIsBehindMoreThanIsServed) {
    EXPECT_TRUE(is_hopeless(standing, a, 5)) << "four of its own and two of the other";
}

TEST_F(StandingQueueTest, HasHopeForWhatIsServedInTime) {
    EXPECT_FALSE(is_hopeless(standing, a, 6));
}

TEST_F(StandingQueueTest, CountsOfALongLineOnlyWhatHasItsTurnBefore) {
    EXPECT_FALSE(is_hopeless(standing, b, 5)) << "two of its own and three of the other";
}

TEST_F(StandingQueueTest, HasHopeForWhoHasNothingWaiting) {
    EXPECT_FALSE(is_hopeless(standing, Uuid::v7(), 1));
}

TEST_F(StandingQueueTest, HasHopeWhileNothingIsServed) {
    EXPECT_FALSE(is_hopeless(standing, a, 0)) << "nobody can tell";
}

TEST_F(StandingQueueTest, HasHopeWhileItMayBeAHiccup) {
    FairQueue hiccup{{.hiccup = milliseconds(400)}};
    EXPECT_FALSE(is_hopeless(hiccup, a, 5));
}

TEST_F(StandingQueueTest, ForgetsWhatHasLeft) {
    ASSERT_TRUE(is_hopeless(standing, a, 5));
    ASSERT_TRUE(standing.pop());
    EXPECT_FALSE(standing.is_hopeless(a, Clock::now() + milliseconds(350)));
}

TEST_F(FairQueueTest, HandsOutAllThatWaits) {
    const TaskPtr one = task(a), two = task(b);
    queue.push(one);
    queue.push(two);
    EXPECT_THAT(queue.take_all(), ElementsAre(one, two));
    EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace terrace::db
