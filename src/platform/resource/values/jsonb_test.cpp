#include "platform/resource/values/jsonb.hpp"

#include "platform/testing/database.hpp"

#include <gtest/gtest.h>

namespace terrace::resource {
namespace {

std::string canonical(std::string_view text) {
    const auto document = json::Document::parse(text);
    return to_jsonb(document->root()).text;
}

TEST(Jsonb, IsTheTextThatPostgresqlWrites) {
    auto admin = ::terrace::testing::TestDatabase::instance().admin();
    for (const char* text :
         {"{}", "[]", "null", "true", R"({"bb":1,"a":[1,2.5,{"z":null}],"c":"x","B":{}})", R"("a\"b\\c\nd\te/")",
          R"({"é":"न","zz":"\u0001"})", "1.50", "-0.0", "1e3", "1E-7", "0.1", "123456789012345678", "1e22", "-5"}) {
        db::Params params;
        params.add(canonical(text));
        const db::Rows rows = admin.run("select $1::jsonb::text", params);
        EXPECT_EQ(rows.text(0, 0), canonical(text)) << text;
    }
}

TEST(Jsonb, IsTheSameOfEqualValues) {
    EXPECT_EQ(canonical(R"({"b":1,"a":2})"), canonical(R"( { "a" : 2, "b" : 1.0 } )"));
    EXPECT_EQ(canonical("5e-324").size(), 326u);
}

}  // namespace
}  // namespace terrace::resource
