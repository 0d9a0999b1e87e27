#include "platform/resource/input/json_schema.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace terrace::resource {
namespace {

using ::testing::HasSubstr;

/// `path: code` of everything that is wrong.
std::string faults(std::string_view schema, std::string_view text) {
    const auto document = json::Document::parse(text);
    FieldErrors errors;
    JsonSchema(schema).check(document->root(), "f", errors);
    std::string found;
    for (const auto& [path, error] : errors) found += (found.empty() ? "" : ", ") + path + ": " + error.code;
    return found;
}

std::string refusal(std::string_view schema) {
    try {
        JsonSchema compiled(schema);
    } catch (const std::logic_error& error) {
        return error.what();
    }
    return "";
}

TEST(JsonSchema, KnowsTypes) {
    EXPECT_EQ(faults(R"({"type":"integer"})", "1"), "");
    EXPECT_EQ(faults(R"({"type":"integer"})", "1.5"), "f: invalid");
    EXPECT_EQ(faults(R"({"type":"number"})", "1"), "");
    EXPECT_EQ(faults(R"({"type":["string","null"]})", "null"), "");
    EXPECT_EQ(faults(R"({"type":["string","null"]})", "[]"), "f: invalid");
    EXPECT_EQ(faults("{}", R"({"a":[1,"x",null]})"), "");
}

TEST(JsonSchema, NamesWhatIsWrongByItsPath) {
    constexpr std::string_view schema = R"({"type":"object","required":["a"],"additionalProperties":false,"properties":{
        "a":{"type":"integer","minimum":1,"maximum":3},
        "b":{"type":"array","minItems":1,"maxItems":2,"items":{"type":"string","minLength":2,"maxLength":3}},
        "c":{"enum":["x","y"]}}})";
    EXPECT_EQ(faults(schema, R"({"a":2,"b":["aa"],"c":"x"})"), "");
    EXPECT_EQ(faults(schema, "{}"), "f.a: required");
    EXPECT_EQ(faults(schema, R"({"a":0,"b":[],"c":"z","d":1})"),
              "f.a: min_value, f.b: min_length, f.c: invalid_choice, f.d: unknown_field");
    EXPECT_EQ(faults(schema, R"({"a":4,"b":["a","bbbb",3]})"),
              "f.a: max_value, f.b: max_length, f.b.0: min_length, f.b.1: max_length, f.b.2: invalid");
    EXPECT_EQ(faults(schema, "[]"), "f: invalid");
}

TEST(JsonSchema, HasLimitsWhateverItSays) {
    std::string deep = "1";
    for (int i = 0; i < 7; ++i) deep.insert(0, "[").append("]");
    EXPECT_EQ(faults("{}", deep), "");
    EXPECT_EQ(faults("{}", "[" + deep + "]"), "f.0.0.0.0.0.0.0.0: invalid");
    EXPECT_EQ(faults("{}", R"(["a\u0001"])"), "f.0: invalid");
    EXPECT_EQ(faults("{}", "[9223372036854775807,-9223372036854775808,0.1]"), "");
    EXPECT_EQ(faults("{}", "[1e19,-1e300,18446744073709551615]"), "f.0: invalid, f.1: invalid, f.2: invalid");
    EXPECT_EQ(faults("{}", R"({"a\u0001":1})"), "f: invalid");
    std::string many = "[0";
    for (int i = 0; i < 100; ++i) many += ",0";
    const auto document = json::Document::parse(many + "]");
    FieldErrors errors;
    JsonSchema(R"({"items":{"type":"string"}})").check(document->root(), "f", errors);
    EXPECT_EQ(errors.size(), JsonSchema::most_errors);
}

TEST(JsonSchema, IsRefusedWithASentence) {
    EXPECT_THAT(refusal("{"), HasSubstr("JSON"));
    EXPECT_THAT(refusal("[]"), HasSubstr("a schema is an object"));
    EXPECT_THAT(refusal(R"({"type":"text"})"), HasSubstr("`text` is no type of JSON"));
    EXPECT_THAT(refusal(R"({"pattern":"x"})"), HasSubstr("`pattern` is not among the keywords"));
    EXPECT_THAT(refusal(R"({"additionalProperties":{}})"), HasSubstr("`additionalProperties` is not among"));
    EXPECT_THAT(refusal(R"({"minLength":-1})"), HasSubstr("`minLength` is a whole number"));
    EXPECT_THAT(refusal(R"({"enum":[1]})"), HasSubstr("`enum` is a list of texts"));
    EXPECT_EQ(refusal(R"({"title":"t","description":"d","default":{},"examples":[1]})"), "");
}

}  // namespace
}  // namespace terrace::resource
