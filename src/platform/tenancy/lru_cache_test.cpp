#include "platform/tenancy/lru_cache.hpp"

#include <gtest/gtest.h>

#include <string>

namespace terrace::tenancy {
namespace {

TEST(LruCache, ForgetsWhatWasUsedLongestAgo) {
    LruCache<std::string, int> cache(2);
    cache.put("a", 1);
    cache.put("b", 2);
    EXPECT_EQ(cache.find("a"), 1);
    cache.put("c", 3);
    EXPECT_EQ(cache.find("b"), std::nullopt);
    EXPECT_EQ(cache.find("a"), 1);
    EXPECT_EQ(cache.find("c"), 3);
    EXPECT_EQ(cache.size(), 2U);
}

TEST(LruCache, KeepsTheLastValueOfAKey) {
    LruCache<std::string, int> cache(2);
    cache.put("a", 1);
    cache.put("a", 2);
    EXPECT_EQ(cache.find("a"), 2);
    EXPECT_EQ(cache.size(), 1U);
}

TEST(LruCache, ForgetsByKeyByPredicateAndWhole) {
    LruCache<int, int> cache(10);
    for (int key = 0; key < 6; ++key) cache.put(key, key);
    cache.erase(0);
    cache.erase_if([](int key) { return key % 2 == 1; });
    EXPECT_EQ(cache.find(0), std::nullopt);
    EXPECT_EQ(cache.find(1), std::nullopt);
    EXPECT_EQ(cache.find(2), 2);
    EXPECT_EQ(cache.size(), 2U);
    cache.clear();
    EXPECT_EQ(cache.size(), 0U);
}

}  // namespace
}  // namespace terrace::tenancy
