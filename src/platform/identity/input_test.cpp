#include "platform/identity/input.hpp"

#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

/// `field:code` of every fault, in order.
std::vector<std::string> faults(Input& input) {
    std::vector<std::string> found;
    if (const auto finished = input.finish(); !finished)
        for (const auto& [field, error] : finished.error().fields) found.push_back(field + ":" + error.code);
    return found;
}

class InputTest : public ::testing::Test {
  protected:
    Input read(std::string body) {
        request.body = std::move(body);
        return Input::read(context).value();
    }

    http::Request request;
    api::Context context{.request = request};
};

TEST_F(InputTest, NamesEveryFaultAtOnce) {
    Input input = read(R"({"null":null,"number":1,"blank":"  ","long":"abcdef","control":"a\u0007b","stray":[]})");
    input.required("absent");
    input.required("null");
    input.required("number");
    input.required("blank");
    input.required("long", {.most_characters = 5});
    input.required("control");
    EXPECT_EQ(faults(input), (std::vector<std::string>{"absent:required", "null:null", "number:invalid", "blank:blank",
                                                       "long:max_length", "control:invalid", "stray:unknown_field"}));
}

TEST_F(InputTest, TrimsTextsButNoSecrets) {
    Input input = read(R"({"name":"  Asha Rao\n","password":" with spaces "})");
    EXPECT_EQ(input.required("name"), "Asha Rao");
    EXPECT_EQ(input.required("password", {.trim = false}), " with spaces ");
    EXPECT_TRUE(input.finish());
}

TEST_F(InputTest, CountsCharactersAndNotBytes) {
    Input input = read(R"({"name":"आशा"})");
    EXPECT_EQ(input.required("name", {.most_characters = 3}), "आशा");
    EXPECT_TRUE(input.finish());
}

TEST_F(InputTest, LetsOptionalMembersBeAbsentButNotNull) {
    Input input = read(R"({"locale":null})");
    EXPECT_FALSE(input.optional("full_name"));
    EXPECT_FALSE(input.optional("locale"));
    EXPECT_EQ(faults(input), std::vector<std::string>{"locale:null"});
}

TEST_F(InputTest, IsAnObject) {
    request.body = "[]";
    const auto array = Input::read(context);
    ASSERT_FALSE(array);
    EXPECT_EQ(array.error().fields.front().first, "non_field_errors");
    request.body = "{";
    EXPECT_EQ(Input::read(context).error().code, "parse_error");
    request.body = "";
    EXPECT_EQ(Input::read(context).error().code, "parse_error");
}

TEST(NormalizeEmailTest, FoldsCaseAndTrims) {
    EXPECT_EQ(normalize_email(" Asha.Rao+Clinic@Example.IN "), "asha.rao+clinic@example.in");
}

TEST(NormalizeEmailTest, TakesOrdinaryAddresses) {
    for (const char* email : {"a@b.in", "o'neil@example.com", "a_b-c.d@sub.example.co.in", "1@2.example"})
        EXPECT_TRUE(normalize_email(email)) << email;
}

TEST(NormalizeEmailTest, RefusesWhatIsNoAddress) {
    for (const char* email : {"",
                              "a",
                              "@",
                              "a@",
                              "@b.in",
                              "a@b",
                              "a@@b.in",
                              "a@b@c.in",
                              "a b@c.in",
                              ".a@b.in",
                              "a.@b.in",
                              "a..b@c.in",
                              "a@.b.in",
                              "a@b..in",
                              "a@b.in.",
                              "a@-b.in",
                              "a@b-.in",
                              "a@b_c.in",
                              "a@b.in\n.c",
                              "a@[192.0.2.1]",
                              "\"a\"@b.in",
                              "a,b@c.in",
                              "आशा@example.in"})
        EXPECT_FALSE(normalize_email(email)) << email;
    EXPECT_FALSE(normalize_email(std::string(65, 'a') + "@example.in"));
    EXPECT_FALSE(normalize_email("a@" + std::string(64, 'b') + ".in"));
}

}  // namespace
}  // namespace terrace::identity
