#include "platform/base/uuid.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <unordered_set>
#include <vector>

namespace terrace {
namespace {

TEST(Uuid, ReadsAndWritesTheCanonicalForm) {
    const auto id = Uuid::parse("0190F4E2-7c9a-7abc-8def-0123456789ab");
    ASSERT_TRUE(id.has_value());
    EXPECT_EQ(id->to_string(), "0190f4e2-7c9a-7abc-8def-0123456789ab");
}

TEST(Uuid, RefusesEveryOtherForm) {
    for (const std::string_view text :
         {"", "0190f4e27c9a7abc8def0123456789ab", "{0190f4e2-7c9a-7abc-8def-0123456789ab}",
          "urn:uuid:0190f4e2-7c9a-7abc-8def-0123456789ab", "0190f4e2-7c9a-7abc-8def-0123456789a",
          "0190f4e2-7c9a-7abc-8def-0123456789abc", "0190f4e2_7c9a-7abc-8def-0123456789ab",
          "0190f4e2-7c9a-7abc-8def-0123456789ag", "0190f4e-27c9a-7abc-8def-0123456789ab",
          " 190f4e2-7c9a-7abc-8def-0123456789ab", "0190f4e2-7c9a-7abc-8def-01234567-9ab"})
        EXPECT_EQ(Uuid::parse(text), std::nullopt) << text;
}

TEST(Uuid, IsVersionSevenAndCarriesTheTime) {
    const Uuid id = Uuid::v7();
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    std::int64_t milliseconds = 0;
    for (int i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | id.bytes[i];
    EXPECT_NEAR(static_cast<double>(milliseconds), static_cast<double>(now), 5'000);
    EXPECT_EQ(id.to_string()[14], '7');
    EXPECT_EQ(id.bytes[8] & 0xc0, 0x80);
}

TEST(Uuid, RisesWithinAThread) {
    Uuid last = Uuid::v7();
    for (int i = 0; i < 100'000; ++i) {
        const Uuid next = Uuid::v7();
        ASSERT_LT(last, next);
        last = next;
    }
}

TEST(Uuid, DiffersBetweenThreads) {
    constexpr int each = 20'000;
    std::vector<std::vector<Uuid>> made(4);
    {
        std::vector<std::jthread> threads;
        threads.reserve(made.size());
        for (auto& ids : made)
            threads.emplace_back([&ids] {
                for (int i = 0; i < each; ++i) ids.push_back(Uuid::v7());
            });
    }
    std::unordered_set<Uuid> all;
    for (const auto& ids : made) all.insert(ids.begin(), ids.end());
    EXPECT_EQ(all.size(), made.size() * each);
}

}  // namespace
}  // namespace terrace
