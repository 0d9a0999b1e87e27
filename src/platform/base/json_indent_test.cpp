#include "platform/base/json_indent.hpp"

#include <gtest/gtest.h>

namespace terrace::json {
namespace {

TEST(JsonIndent, PutsEachMemberOnALineAndLeavesStringsAlone) {
    EXPECT_EQ(indented(R"({"a":[1,2],"b":{},"c":"x,{\"y\":[]}"})"),
              "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": \"x,{\\\"y\\\":[]}\"\n}");
}

}  // namespace
}  // namespace terrace::json
