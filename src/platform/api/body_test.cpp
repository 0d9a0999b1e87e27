#include "platform/api/body.hpp"

#include <gtest/gtest.h>

#include <string>

namespace terrace::api {
namespace {

TEST(MediaType, IsJsonAloneOrInUtf8) {
    for (const auto* type : {"application/json", "Application/JSON", "application/json; charset=utf-8",
                             "application/json;charset=UTF-8", "application/json; charset=\"utf-8\" "}) {
        EXPECT_TRUE(is_media_type(type, "application/json")) << type;
    }
    for (const auto* type : {"", "text/plain", "application/jsonx", "application/json, text/plain",
                             "application/problem+json", "application/json; charset=latin1", "application/json;",
                             "application/x-www-form-urlencoded", "multipart/form-data; boundary=application/json"}) {
        EXPECT_FALSE(is_media_type(type, "application/json")) << type;
    }
}

Result<json::Document> parse(std::string body) {
    http::Request request;
    request.body = std::move(body);
    const Context context{.request = request};
    return parse_object(context);
}

TEST(ParseObject, TakesAnObject) {
    EXPECT_TRUE(parse("{}"));
    const auto document = parse(R"({"name":"Asha"})");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().find("name")->as_string(), "Asha");
}

TEST(ParseObject, RefusesWhatIsNoJson) {
    for (const auto* body : {"", " ", "{", "{} {}", "name=Asha", R"({"a":1,"a":2})"}) {
        const auto document = parse(body);
        ASSERT_FALSE(document) << body;
        EXPECT_EQ(document.error().code, "parse_error") << body;
        EXPECT_EQ(document.error().status, 400) << body;
    }
}

TEST(ParseObject, SaysWhatItGotInsteadOfAnObject) {
    const std::pair<const char*, const char*> cases[]{
        {"[]", "list"}, {"\"a\"", "str"}, {"1", "int"}, {"1.5", "float"}, {"true", "bool"}};
    for (const auto& [body, name] : cases) {
        const auto document = parse(body);
        ASSERT_FALSE(document) << body;
        EXPECT_EQ(document.error().code, "validation_failed");
        const FieldErrors expected{
            {"non_field_errors",
             {"invalid", std::string("Invalid data. Expected a dictionary, but got ") + name + "."}}};
        EXPECT_EQ(document.error().fields, expected) << body;
    }
    const FieldErrors nothing{{"non_field_errors", {"null", "No data provided"}}};
    EXPECT_EQ(parse("null").error().fields, nothing);
}

}  // namespace
}  // namespace terrace::api
