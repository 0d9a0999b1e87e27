#include "platform/http/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace terrace::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;
using ::testing::Pair;

TEST(Message, NamesMethodsAsTheyAreSent) {
    for (const Method method :
         {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::del, Method::options})
        EXPECT_EQ(method_from(to_string(method)), method);
    EXPECT_EQ(method_from("delete"), std::nullopt);
    EXPECT_EQ(method_from("TRACE"), std::nullopt);
}

TEST(Message, SafeMethodsAreThoseThatOnlyRead) {
    EXPECT_TRUE(is_safe(Method::get) && is_safe(Method::head) && is_safe(Method::options));
    EXPECT_FALSE(is_safe(Method::post) || is_safe(Method::put) || is_safe(Method::patch) || is_safe(Method::del));
}

TEST(PercentDecode, DecodesEscapes) {
    EXPECT_EQ(percent_decode("a%20b%2fc%E0%A4%A8", false), "a b/cन");
    EXPECT_EQ(percent_decode("a+b", true), "a b");
    EXPECT_EQ(percent_decode("a+b", false), "a+b");
    EXPECT_EQ(percent_decode("", false), "");
}

TEST(PercentDecode, RefusesBrokenEscapesNulAndWhatIsNotUtf8) {
    for (const std::string_view text :
         {"%", "%2", "a%2", "%zz", "%2g", "%+1", "%00", "a%00b", "%ff", "%c0%af", "%ed%a0%80"})
        EXPECT_EQ(percent_decode(text, false), std::nullopt) << text;
}

TEST(PercentEncode, ReadsBackTheSame) {
    const std::string text = "a b&c=d/é?%+~";
    EXPECT_EQ(percent_encode(text), "a%20b%26c%3Dd%2F%C3%A9%3F%25%2B~");
    EXPECT_EQ(percent_decode(percent_encode(text), true), text);
}

TEST(ParseQuery, GivesTheParametersInOrder) {
    EXPECT_THAT(parse_query("b=1&a=x+y&b=2&&flag&e=&q=a=b"),
                Optional(ElementsAre(Pair("b", "1"), Pair("a", "x y"), Pair("b", "2"), Pair("flag", ""), Pair("e", ""),
                                     Pair("q", "a=b"))));
    EXPECT_THAT(parse_query(""), Optional(testing::IsEmpty()));
}

TEST(ParseQuery, IsRefusedWholeForOneBrokenEscape) {
    EXPECT_EQ(parse_query("a=1&b=%"), std::nullopt);
    EXPECT_EQ(parse_query("a%00=1"), std::nullopt);
}

}  // namespace
}  // namespace terrace::http
