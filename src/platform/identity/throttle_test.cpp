#include "platform/identity/throttle.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace terrace::identity {
namespace {

using namespace std::chrono_literals;

class ThrottleTest : public ::testing::Test {
  protected:
    bool lets_in(std::string_view email, std::string_view address) {
        return !throttle.check_sign_in(email, address).has_value();
    }
    void fail(int times, std::string_view email, std::string_view address) {
        for (int i = 0; i < times; ++i) throttle.sign_in_failed(email, address);
    }

    Clock::time_point now{};
    Throttle throttle{{.failures_per_account_and_address = 10, .failures_per_address = 30, .sign_ups_per_address = 3},
                      [this] { return now; }};
};

TEST_F(ThrottleTest, LetsInUntilTenChecksHaveFailed) {
    fail(9, "a@x.example", "192.0.2.1");
    EXPECT_TRUE(lets_in("a@x.example", "192.0.2.1"));
    fail(1, "a@x.example", "192.0.2.1");
    EXPECT_FALSE(lets_in("a@x.example", "192.0.2.1"));
}

TEST_F(ThrottleTest, SaysWhenToTryAgain) {
    fail(10, "a@x.example", "192.0.2.1");
    now += 14min;
    const auto error = throttle.check_sign_in("a@x.example", "192.0.2.1");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->status, 429);
    EXPECT_EQ(error->code, "throttled");
    EXPECT_EQ(error->retry_after, 60s);
}

TEST_F(ThrottleTest, LetsInAgainAfterFifteenMinutes) {
    fail(10, "a@x.example", "192.0.2.1");
    now += 15min - 1s;
    EXPECT_FALSE(lets_in("a@x.example", "192.0.2.1"));
    now += 1s;
    EXPECT_TRUE(lets_in("a@x.example", "192.0.2.1"));
    fail(1, "a@x.example", "192.0.2.1");
    EXPECT_TRUE(lets_in("a@x.example", "192.0.2.1"));
}

TEST_F(ThrottleTest, HoldsUpNeitherAnotherAccountNorAnotherAddress) {
    fail(10, "a@x.example", "192.0.2.1");
    EXPECT_TRUE(lets_in("b@x.example", "192.0.2.1"));
    EXPECT_TRUE(lets_in("a@x.example", "192.0.2.2"));
}

TEST_F(ThrottleTest, HoldsUpAnAddressThatTriesManyAccounts) {
    for (int i = 0; i < 30; ++i) fail(1, std::to_string(i) + "@x.example", "192.0.2.1");
    EXPECT_FALSE(lets_in("new@x.example", "192.0.2.1"));
    EXPECT_TRUE(lets_in("new@x.example", "192.0.2.2"));
}

TEST_F(ThrottleTest, CountsAnIpv6NetworkAsOne) {
    fail(5, "a@x.example", "2001:db8:1:2::1");
    fail(5, "a@x.example", "2001:db8:1:2:ffff::9");
    EXPECT_FALSE(lets_in("a@x.example", "2001:db8:1:2:1:1:1:1"));
    EXPECT_TRUE(lets_in("a@x.example", "2001:db8:1:3::1"));
}

TEST_F(ThrottleTest, CountsIpv4AddressesOneByOne) {
    fail(10, "a@x.example", "192.0.2.1");
    EXPECT_FALSE(lets_in("a@x.example", "::ffff:192.0.2.1"));
    EXPECT_TRUE(lets_in("a@x.example", "::ffff:192.0.2.2"));
}

TEST_F(ThrottleTest, CountsSignUpsByTheHour) {
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(throttle.take_sign_up("192.0.2.1"));
    ASSERT_TRUE(throttle.take_sign_up("192.0.2.1"));
    EXPECT_EQ(throttle.take_sign_up("192.0.2.1")->retry_after, 3600s);
    EXPECT_FALSE(throttle.take_sign_up("192.0.2.2"));
    now += 1h;
    EXPECT_FALSE(throttle.take_sign_up("192.0.2.1"));
}

TEST_F(ThrottleTest, RemembersWhoFailedAfterAFloodOfOthers) {
    fail(10, "a@x.example", "192.0.2.1");
    now += 1s;
    // More than fifteen minutes of hashing can fail on the smallest machine, from as many networks.
    for (int i = 0; i < 20'000; ++i)
        fail(1, "b@x.example", "2001:db8:" + std::to_string(i / 9000) + ":" + std::to_string(i % 9000) + "::1");
    EXPECT_FALSE(lets_in("a@x.example", "192.0.2.1"));
}

TEST_F(ThrottleTest, StaysBounded) {
    for (int i = 0; i < 100'000; ++i)
        fail(1, "b@x.example", "2001:db8:" + std::to_string(i / 9000) + ":" + std::to_string(i % 9000) + "::1");
    EXPECT_LE(throttle.size(), 16U * 4096U);
}

TEST_F(ThrottleTest, CountsFromManyThreads) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 5; ++i) threads.emplace_back([this] { fail(2, "a@x.example", "192.0.2.1"); });
    threads.clear();
    EXPECT_FALSE(lets_in("a@x.example", "192.0.2.1"));
}

}  // namespace
}  // namespace terrace::identity
