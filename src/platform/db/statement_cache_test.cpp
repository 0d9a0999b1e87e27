#include "platform/db/statement_cache.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace terrace::db {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StatementCacheTest : public ::testing::Test {
  protected:
    const Shape& catalog = shape("select 1 from catalog.cached");
    const Shape& tenants = shape("select 1 from {tenant}.cached");
    const Shape& other = shape("select 2 from {tenant}.cached");
};

TEST_F(StatementCacheTest, PreparesOncePerShapeAndSchema) {
    StatementCache cache(10);
    const auto first = cache.use(tenants, "shared");
    EXPECT_TRUE(first.fresh);
    EXPECT_FALSE(cache.use(tenants, "shared").fresh);
    EXPECT_EQ(cache.use(tenants, "shared").number, first.number);
    EXPECT_TRUE(cache.use(tenants, "t_1").fresh);
    EXPECT_TRUE(cache.use(catalog, "shared").fresh);
    EXPECT_FALSE(cache.use(catalog, "t_1").fresh);
}

TEST_F(StatementCacheTest, PushesOutTheLeastRecentlyUsed) {
    StatementCache cache(2);
    const auto first = cache.use(catalog, "").number;
    const auto second = cache.use(tenants, "shared").number;
    cache.use(catalog, "");
    cache.use(other, "shared");
    EXPECT_THAT(cache.take_evicted(), ElementsAre(second));
    EXPECT_THAT(cache.take_evicted(), IsEmpty());
    EXPECT_EQ(cache.use(catalog, "").number, first);
    EXPECT_TRUE(cache.use(tenants, "shared").fresh);
}

TEST_F(StatementCacheTest, PreparesAnewUnderANewNumberWhatTheServerLost) {
    StatementCache cache(10);
    const auto lost = cache.use(catalog, "").number;
    cache.forget(lost);
    EXPECT_THAT(cache.take_evicted(), IsEmpty());
    const auto again = cache.use(catalog, "");
    EXPECT_TRUE(again.fresh);
    EXPECT_NE(again.number, lost);
    cache.forget(lost);  // a second unit that failed for the same reason
    EXPECT_FALSE(cache.use(catalog, "").fresh);
}

TEST_F(StatementCacheTest, DeallocatesWhatWentStale) {
    StatementCache cache(10);
    const auto stale = cache.use(catalog, "").number;
    cache.retire(stale);
    EXPECT_THAT(cache.take_evicted(), ElementsAre(stale));
    EXPECT_TRUE(cache.use(catalog, "").fresh);
}

}  // namespace
}  // namespace terrace::db
