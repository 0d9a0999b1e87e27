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
        const auto check = throttle.begin_check(email, address);
        if (check) throttle.forgive(*check);
        return check.has_value();
    }
    void fail(int times, std::string_view email, std::string_view address) {
        for (int i = 0; i < times; ++i) (void)throttle.begin_check(email, address);
    }

    void succeed(int times, std::string_view email, std::string_view address) {
        for (int i = 0; i < times; ++i) {
            const auto check = throttle.begin_check(email, address);
            ASSERT_TRUE(check);
            throttle.succeed(*check);
        }
    }

    Clock::time_point now{};
    Throttle throttle{{.failures_per_account_and_address = 10,
                       .failures_per_address = 30,
                       .successes_per_account = 60,
                       .sign_ups_per_address = 3},
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
    const auto check = throttle.begin_check("a@x.example", "192.0.2.1");
    ASSERT_FALSE(check);
    EXPECT_EQ(check.error().status, 429);
    EXPECT_EQ(check.error().code, "throttled");
    EXPECT_EQ(check.error().retry_after, 60s);
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

TEST_F(ThrottleTest, CountsAMatrixOfAccountsAndAddresses) {
    struct Row {
        const char* what;
        int account_failures;   ///< of this account from this address
        int others_here;        ///< of other accounts from this address
        int account_elsewhere;  ///< of this account from another address
        std::chrono::minutes later;
        bool lets_in;
    };
    constexpr Row rows[] = {
        {"nothing failed", 0, 0, 0, 0min, true},
        {"one below the account's limit", 9, 0, 0, 0min, true},
        {"the account's limit", 10, 0, 0, 0min, false},
        {"the account's limit, at the end of its window", 10, 0, 0, 15min, true},
        {"the account's limit elsewhere", 0, 0, 10, 0min, true},
        {"a limit in two halves", 5, 0, 5, 0min, true},
        {"one below the address's limit", 0, 29, 0, 0min, true},
        {"the address's limit by others", 0, 30, 0, 0min, false},
        {"the address's limit by both", 9, 21, 0, 0min, false},
        {"the address's limit, just before the end of its window", 0, 30, 0, 14min, false},
        {"the address's limit, at the end of its window", 0, 30, 0, 15min, true},
    };
    for (const Row& row : rows) {
        Throttle fresh({.failures_per_account_and_address = 10, .failures_per_address = 30}, [this] { return now; });
        for (int i = 0; i < row.account_failures; ++i) (void)fresh.begin_check("a@x.example", "192.0.2.1");
        for (int i = 0; i < row.others_here; ++i)
            (void)fresh.begin_check(std::to_string(i) + "@x.example", "192.0.2.1");
        for (int i = 0; i < row.account_elsewhere; ++i) (void)fresh.begin_check("a@x.example", "192.0.2.2");
        now += row.later;
        EXPECT_EQ(fresh.begin_check("a@x.example", "192.0.2.1").has_value(), row.lets_in) << row.what;
    }
}

TEST_F(ThrottleTest, ASuccessForgivesItselfAndNoFailure) {
    fail(9, "a@x.example", "192.0.2.1");
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(lets_in("a@x.example", "192.0.2.1"));
    fail(1, "a@x.example", "192.0.2.1");
    EXPECT_FALSE(lets_in("a@x.example", "192.0.2.1"));
}

TEST_F(ThrottleTest, ASuccessWithAnOwnAccountForgivesNoFailureWithOthers) {
    for (int i = 0; i < 30; ++i) {
        fail(1, std::to_string(i) + "@x.example", "192.0.2.1");
        if (i < 29) EXPECT_TRUE(lets_in("attacker@x.example", "192.0.2.1"));
    }
    EXPECT_FALSE(lets_in("attacker@x.example", "192.0.2.1"));
}

TEST_F(ThrottleTest, ASuccessOfAnOldWindowForgivesNothingOfANewOne) {
    const auto slow = throttle.begin_check("a@x.example", "192.0.2.1");
    now += 15min;
    fail(10, "a@x.example", "192.0.2.1");
    throttle.forgive(*slow);
    EXPECT_FALSE(lets_in("a@x.example", "192.0.2.1"));
}

TEST_F(ThrottleTest, HoldsUpAnAccountThatSignsInAllTheTimeFromWherever) {
    succeed(59, "a@x.example", "192.0.2.1");
    succeed(1, "a@x.example", "192.0.2.2");
    const auto check = throttle.begin_check("a@x.example", "192.0.2.3");
    ASSERT_FALSE(check);
    EXPECT_EQ(check.error().code, "throttled");
    EXPECT_EQ(check.error().retry_after, 900s);
    EXPECT_TRUE(lets_in("b@x.example", "192.0.2.1"));
    now += 15min;
    succeed(60, "a@x.example", "192.0.2.1");
}

TEST_F(ThrottleTest, FailuresAreNoSuccesses) {
    fail(8, "a@x.example", "192.0.2.1");
    succeed(60, "a@x.example", "192.0.2.2");
    EXPECT_FALSE(lets_in("a@x.example", "192.0.2.2"));
    now += 15min;
    for (int i = 0; i < 100; ++i) fail(1, "a@x.example", "2001:db8::" + std::to_string(i));
    EXPECT_TRUE(lets_in("a@x.example", "192.0.2.1"));
}

TEST_F(ThrottleTest, LooksAtNoMoreThanTheLimitAtOnce) {
    int begun = 0;
    for (int i = 0; i < 50; ++i) begun += throttle.begin_check("a@x.example", "192.0.2.1").has_value();
    EXPECT_EQ(begun, 10);
}

TEST_F(ThrottleTest, RemembersNothingOfSuccesses) {
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(lets_in(std::to_string(i) + "@x.example", "192.0.2.1"));
    EXPECT_EQ(throttle.size(), 0U);
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
