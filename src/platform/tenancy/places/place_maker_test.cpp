#include "platform/tenancy/places/place_maker.hpp"

#include "platform/db/conninfo.hpp"
#include "platform/db/self_check.hpp"
#include "platform/tenancy/places/test_places.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>

namespace terrace::tenancy {
namespace {

using ::testing::IsEmpty;
using testing::TestDatabase;

class PlaceMakerTest : public ::testing::Test, protected TestPlaces {};

TEST_F(PlaceMakerTest, FillsUpToTheNumberAskedFor) {
    EXPECT_EQ(maker().fill(Isolation::schema, 2), 2U);
    EXPECT_EQ(maker().fill(Isolation::schema, 3), 1U);
    EXPECT_EQ(maker().fill(Isolation::schema, 3), 0U);
    EXPECT_EQ(count("catalog.place where state = 'ready' and taken_at is null"), 3);
}

TEST_F(PlaceMakerTest, MakesSchemasThatPassTheSelfCheck) {
    maker().fill(Isolation::schema, 1);
    const auto options = TestDatabase::instance().options();
    EXPECT_THAT(db::self_check(options.app_url, options.platform_url), IsEmpty());
}

TEST_F(PlaceMakerTest, MakesDatabasesThatPassTheSelfCheckAndNameTheirTenant) {
    maker().fill(Isolation::database, 1);
    const std::string name = text("select name from catalog.place");
    const auto options = TestDatabase::instance().options();
    EXPECT_THAT(db::self_check(db::with_conninfo(options.app_url, {{"dbname", name}}),
                               db::with_conninfo(options.platform_url, {{"dbname", name}})),
                IsEmpty());
    db::AdminConnection place(db::with_conninfo(TestDatabase::instance().admin_url(), {{"dbname", name}}));
    EXPECT_EQ(place.run("select tenant_id::text from shared.tenant_place").text(0, 0),
              text("select tenant_id::text from catalog.place"));
}

TEST_F(PlaceMakerTest, RecordsWhatThePlaceHas) {
    maker().fill(Isolation::schema, 1);
    EXPECT_EQ(text("select array_to_string(applied, ' ') from catalog.place"),
              text("select string_agg(name, ' ' order by name) from catalog.migration where name like 'tenant/%' or "
                   "name like '%places%'"));
    EXPECT_EQ(text("select length(fingerprint) from catalog.place"), "64");
}

TEST_F(PlaceMakerTest, RemovesWhatAKillLeftHalfMade) {
    admin.run(
        "insert into catalog.place (name, isolation, tenant_id)"
        " values ('t_0123456789abcdef', 'database', gen_random_uuid())");
    admin.run("create database t_0123456789abcdef");
    maker().fill(Isolation::schema, 0);
    EXPECT_EQ(count("pg_database where datname = 't_0123456789abcdef'"), 0);
    EXPECT_EQ(count("catalog.place"), 0);
}

TEST_F(PlaceMakerTest, TwoMakersTogetherMakeNoMoreThanIsAskedFor) {
    auto one = std::async(std::launch::async, [&] { return maker().fill(Isolation::schema, 3); });
    auto two = std::async(std::launch::async, [&] { return maker().fill(Isolation::schema, 3); });
    EXPECT_EQ(one.get() + two.get(), 3U);
}

}  // namespace
}  // namespace terrace::tenancy
