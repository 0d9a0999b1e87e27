#include "platform/resource/values/array.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace terrace::resource {
namespace {

std::string as_json(std::string_view array) {
    std::string out;
    append_json_texts(out, array);
    return out;
}

TEST(Array, OfTextsIsReadAsItIsWritten) {
    const std::vector<std::string> texts{"a", "", "b c", "NULL", "x,y", "{}", "say \"hi\"", "back\\slash", "न"};
    EXPECT_EQ(text_elements(array_text(texts)), texts);
    EXPECT_EQ(text_elements("{}"), std::vector<std::string>{});
    EXPECT_EQ(text_elements(R"({a,"b c",न})"), (std::vector<std::string>{"a", "b c", "न"}));
}

TEST(Array, OfIntegersIsReadAsItIsWritten) {
    const std::vector<std::int64_t> numbers{0, -5, INT64_MAX, INT64_MIN};
    EXPECT_EQ(integer_elements(array_text(numbers)), numbers);
    EXPECT_EQ(array_text(std::vector<std::int64_t>{}), "{}");
}

TEST(Array, BecomesJsonAsItStands) {
    EXPECT_EQ(as_json("{}"), "[]");
    EXPECT_EQ(as_json(R"({a,"b \"c\"","\\"})"), R"(["a","b \"c\"","\\"])");
    std::string out;
    append_json_integers(out, "{1,-2}");
    EXPECT_EQ(out, "[1,-2]");
}

TEST(Array, WithANullOrMoreDimensionsIsABug) {
    for (const char* array : {"", "{", "a", "{NULL}", "{a,}", "{{a}}", "{\"a}", "{\"a\"b}", "[0:1]={a}"})
        EXPECT_THROW(text_elements(array), std::logic_error) << array;
    EXPECT_THROW(integer_elements("{a}"), std::logic_error);
}

}  // namespace
}  // namespace terrace::resource
