#include "platform/resource/input/precondition.hpp"

#include <gtest/gtest.h>

namespace terrace::resource {
namespace {

bool accepts(std::string_view header, std::int64_t version) {
    const http::Request request{.headers = {{"if-match", header}}};
    return IfMatch::from(request)->accepts(version);
}

bool holds(std::string_view header, std::string_view etag) {
    const http::Request request{.headers = {{"if-none-match", header}}};
    return holds_already(request, etag);
}

TEST(IfMatch, ComparesTheVersionOnly) {
    EXPECT_TRUE(accepts(R"("7-00ff")", 7));
    EXPECT_TRUE(accepts(R"("7-something-else")", 7));
    EXPECT_TRUE(accepts(R"("7")", 7));
    EXPECT_FALSE(accepts(R"("7-00ff")", 8));
    EXPECT_FALSE(accepts(R"("70-00ff")", 7));
}

TEST(IfMatch, IgnoresTheWeakMarkAndReadsLists) {
    EXPECT_TRUE(accepts(R"(W/"7-00ff")", 7));
    EXPECT_TRUE(accepts(R"("3-aa", W/"7-00ff" ,"9-cc")", 7));
    EXPECT_TRUE(accepts("*", 7));
}

TEST(IfMatch, AcceptsNothingWhenNoEntryIsOurs) {
    for (const char* header : {"", "7", "\"\"", "\"x\"", "\"7", "\"-7\"", "\"7x\"", ","})
        EXPECT_FALSE(accepts(header, 7)) << header;
}

TEST(IfMatch, IsNoConditionWithoutTheHeader) {
    EXPECT_FALSE(IfMatch::from(http::Request{}));
}

TEST(IfNoneMatch, HoldsWhenTheWholeTagIsThere) {
    EXPECT_TRUE(holds(R"("7-00ff")", R"("7-00ff")"));
    EXPECT_TRUE(holds(R"(W/"7-00ff")", R"("7-00ff")"));
    EXPECT_TRUE(holds(R"("1-aa", "7-00ff")", R"("7-00ff")"));
    EXPECT_TRUE(holds("*", R"("7-00ff")"));
    EXPECT_FALSE(holds(R"("7-00fe")", R"("7-00ff")"));
    EXPECT_FALSE(holds_already(http::Request{}, R"("7-00ff")"));
}

}  // namespace
}  // namespace terrace::resource
