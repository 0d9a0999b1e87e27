#include "platform/base/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace terrace::json {
namespace {

std::string nested(int levels) {
    return std::string(levels, '[') + std::string(levels, ']');
}

struct Hostile {
    std::string name;
    std::string text;
};

std::ostream& operator<<(std::ostream& out, const Hostile& hostile) {
    return out << hostile.name;
}

class HostileText : public testing::TestWithParam<Hostile> {};

TEST_P(HostileText, IsRefusedAsParseError) {
    const auto document = Document::parse(GetParam().text);
    ASSERT_FALSE(document.has_value());
    EXPECT_EQ(document.error().status, 400);
    EXPECT_EQ(document.error().code, "parse_error");
    EXPECT_NE(document.error().detail, "");
}

INSTANTIATE_TEST_SUITE_P(
    Json, HostileText,
    testing::Values(
        Hostile{"Empty", ""}, Hostile{"OnlySpace", " \n "}, Hostile{"Unclosed", R"({"a":1)"},
        Hostile{"TwoValues", "{} {}"}, Hostile{"TrailingComma", R"({"a":1,})"}, Hostile{"Comment", "/* */ {}"},
        Hostile{"SingleQuotes", "{'a':1}"}, Hostile{"BareWord", "nope"}, Hostile{"NaN", "NaN"},
        Hostile{"LeadingZero", "[012]"}, Hostile{"PlusSign", "[+1]"}, Hostile{"HugeExponent", "[1e999]"},
        Hostile{"HugeInteger", "[123456789012345678901234567890]"}, Hostile{"ByteOrderMark", "\xEF\xBB\xBF{}"},
        Hostile{"DuplicateName", R"({"a":1,"a":2})"}, Hostile{"DuplicateByEscape", R"({"a":1,"\u0061":2})"},
        Hostile{"DuplicateInside", R"([{"x":{"k":1,"j":2,"k":1}}])"}, Hostile{"NulInText", R"({"a":"b\u0000c"})"},
        Hostile{"NulInName", R"({"a\u0000":1})"}, Hostile{"RawNul", std::string("{\"a\":\"b\0c\"}", 11)},
        Hostile{"RawControl", "{\"a\":\"b\nc\"}"}, Hostile{"TooDeep", nested(65)},
        Hostile{"TooDeepAroundAValue", std::string(65, '[') + "1" + std::string(65, ']')},
        Hostile{"FarTooDeep", std::string(500'000, '[')}, Hostile{"Latin1", "{\"a\":\"\xE9\"}"},
        Hostile{"OverlongUtf8", "{\"a\":\"\xC0\xAF\"}"}, Hostile{"SurrogateInUtf8", "{\"a\":\"\xED\xA0\x80\"}"},
        Hostile{"LoneHighSurrogate", R"({"a":"\ud800"})"}, Hostile{"LoneLowSurrogate", R"({"a":"\udc00"})"},
        Hostile{"BrokenPair", R"({"a":"\ud83dx"})"}, Hostile{"BadEscape", R"({"a":"\x41"})"}),
    [](const auto& info) { return info.param.name; });

TEST(Json, AcceptsSixtyFourLevels) {
    EXPECT_TRUE(Document::parse(nested(64)).has_value());
}

TEST(Json, NamesTheMemberThatStandsTwice) {
    EXPECT_THAT(Document::parse(R"({"phone":1,"phone":2})").error().detail, testing::HasSubstr("phone"));
}

TEST(Json, GivesEachValueOfItsKindAndNothingElse) {
    const auto document = Document::parse(
        R"({"b":true,"i":-7,"n":2.5,"s":"caf\u00e9","z":null,"a":[1,2],"big":18446744073709551615,"o":{}})");
    ASSERT_TRUE(document.has_value());
    const Value root = document->root();
    EXPECT_EQ(root.kind(), Kind::object);
    EXPECT_EQ(root.size(), 8u);
    EXPECT_EQ(root.find("b")->as_bool(), true);
    EXPECT_EQ(root.find("i")->as_integer(), -7);
    EXPECT_EQ(root.find("i")->as_number(), -7.0);
    EXPECT_EQ(root.find("n")->as_number(), 2.5);
    EXPECT_EQ(root.find("n")->as_integer(), std::nullopt);
    EXPECT_EQ(root.find("s")->as_string(), "café");
    EXPECT_EQ(root.find("s")->as_integer(), std::nullopt);
    EXPECT_TRUE(root.find("z")->is_null());
    EXPECT_EQ(root.find("z")->as_string(), std::nullopt);
    EXPECT_EQ(root.find("a")->size(), 2u);
    EXPECT_EQ(root.find("big")->kind(), Kind::number);
    EXPECT_EQ(root.find("missing").has_value(), false);
    EXPECT_EQ(root.find("i")->find("x").has_value(), false);
}

TEST(Json, VisitsMembersAndElementsInOrder) {
    const auto document = Document::parse(R"({"z":[3,1],"a":2})");
    std::string seen;
    document->root().each_member([&](std::string_view key, Value value) {
        seen += key;
        value.each_element([&](Value element) { seen += std::to_string(*element.as_integer()); });
    });
    EXPECT_EQ(seen, "z31a");
}

TEST(Json, ValuesOutliveTheParseOfAnotherDocument) {
    auto first = Document::parse(R"({"name":"Asha"})");
    const Value name = *first->root().find("name");
    const Document kept = std::move(*first);
    ASSERT_TRUE(Document::parse(R"({"name":"Somebody Else Entirely"})").has_value());
    EXPECT_EQ(name.as_string(), "Asha");
}

TEST(JsonWriter, WritesNestedValuesWithCommas) {
    std::string out;
    Writer writer(out);
    writer.begin_object().member("a", 1).member("b", "x").key("c").begin_array().integer(-2).null().boolean(true);
    writer.begin_object().end_object().end_array().member("d", false).key("e").raw("[1]").end_object();
    EXPECT_EQ(out, R"({"a":1,"b":"x","c":[-2,null,true,{}],"d":false,"e":[1]})");
    EXPECT_TRUE(Document::parse(out).has_value());
}

TEST(JsonWriter, WritesTheExtremesOfIntegers) {
    std::string out;
    Writer(out).begin_array().integer(INT64_MIN).integer(INT64_MAX).end_array();
    EXPECT_EQ(out, "[-9223372036854775808,9223372036854775807]");
}

TEST(JsonWriter, EscapesSoThatTheTextReadsBackTheSame) {
    std::string text = "plain \"quoted\" back\\slash </script> नमस्ते ";
    for (char c = 1; c < 0x20; ++c) text += c;
    std::string out;
    append_string(out, text);
    EXPECT_EQ(Document::parse(out)->root().as_string(), text);
}

TEST(JsonWriter, EscapesAtEveryPlaceOfAText) {
    for (const char special : {'"', '\\', '\n', '\x1f'}) {
        for (std::size_t at = 0; at < 20; ++at) {
            std::string text = "Twenty characters ~\x7f";
            text[at] = special;
            std::string out;
            append_string(out, text);
            EXPECT_EQ(Document::parse(out)->root().as_string(), text);
        }
    }
}

}  // namespace
}  // namespace terrace::json
