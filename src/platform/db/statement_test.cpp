#include "platform/db/statement.hpp"

#include "platform/db/shape_registry.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace terrace::db {
namespace {

TEST(ShapeTest, InternsEqualTexts) {
    const Shape& one = shape({"select ", "1 as interned"});
    EXPECT_EQ(&one, &shape("select 1 as interned"));
    EXPECT_NE(&one, &shape("select 2 as interned"));
    EXPECT_EQ(one.text(), "select 1 as interned");
}

TEST(ShapeTest, RefusesWhatASharedConnectionMustNotSee) {
    EXPECT_THROW(shape("begin"), std::logic_error);
    EXPECT_THROW(shape({"select set_", "config('app.tenant_id', $1, false)"}), std::logic_error);
}

TEST(ShapeTest, RefusesToOthersWhatTheDataLayerMadeForItself) {
    lane_shape("commit");
    EXPECT_THROW(shape("commit"), std::logic_error);
}

TEST(ShapeTest, PutsTheSchemaOfAPlaceInEachMark) {
    const Shape& of_tenant = shape("select a from {tenant}.x join {tenant}.y using (b)");
    EXPECT_TRUE(of_tenant.of_tenant());
    EXPECT_EQ(of_tenant.render("t_1"), "select a from t_1.x join t_1.y using (b)");
    const Shape& of_catalog = shape("select a from catalog.x");
    EXPECT_FALSE(of_catalog.of_tenant());
    EXPECT_EQ(of_catalog.render("t_1"), "select a from catalog.x");
}

TEST(ShapeTest, KnowsThePlaceholders) {
    EXPECT_EQ(placeholder(1).text(), "$1");
    EXPECT_EQ(placeholder(9).text(), "$9");
    EXPECT_EQ(placeholder(10).text(), "$10");
    EXPECT_EQ(placeholder(99).text(), "$99");
    EXPECT_THROW(placeholder(0), std::out_of_range);
    EXPECT_THROW(placeholder(100), std::out_of_range);
}

TEST(ParamsTest, AreTextsInOneBuffer) {
    Params params;
    params.add("a'b").add(std::string()).add(true).add(-7).add(INT64_MIN).add_null();
    params.add(std::optional<int>()).add(std::optional<std::string>("x")).add_bytes(std::string_view("\0\xff", 2));
    params.add(Uuid::parse("0190A5B4-0000-7000-8000-0000000000ff").value());
    ASSERT_EQ(params.size(), 10u);
    EXPECT_STREQ(params.text(0), "a'b");
    EXPECT_STREQ(params.text(1), "");
    EXPECT_STREQ(params.text(2), "t");
    EXPECT_STREQ(params.text(3), "-7");
    EXPECT_STREQ(params.text(4), "-9223372036854775808");
    EXPECT_EQ(params.text(5), nullptr);
    EXPECT_EQ(params.text(6), nullptr);
    EXPECT_STREQ(params.text(7), "x");
    EXPECT_STREQ(params.text(8), "\\x00ff");
    EXPECT_STREQ(params.text(9), "0190a5b4-0000-7000-8000-0000000000ff");
}

TEST(ParamsTest, RefuseANulInText) {
    EXPECT_THROW(Params().add(std::string_view("a\0b", 3)), std::invalid_argument);
}

}  // namespace
}  // namespace terrace::db
