#include "platform/api/test_pipeline.hpp"

#include <fmt/format.h>

namespace terrace::api {
namespace {

TEST_F(PipelineTest, TakesJsonAlone) {
    const auto post = [this](std::vector<http::Header> headers, std::string body) {
        return outcome(
            {.method = http::Method::post, .path = "/open", .headers = std::move(headers), .body = std::move(body)});
    };
    EXPECT_EQ(post({json_body}, "{}"), "201 0");
    EXPECT_EQ(post({}, "{}"), "415 unsupported_media_type");
    EXPECT_EQ(post({{"content-type", "text/plain"}}, "{}"), "415 unsupported_media_type");
    EXPECT_EQ(post({{"content-type", "application/x-www-form-urlencoded"}}, ""), "415 unsupported_media_type");
    EXPECT_EQ(post({}, ""), "400 parse_error");
    EXPECT_EQ(post({json_body}, "{"), "400 parse_error");
    EXPECT_EQ(post({json_body}, "[]"), "400 validation_failed");
}

TEST_F(PipelineTest, AnswersObjectsAsJsonOrNotAtAll) {
    const auto get = [this](std::string path, std::string_view accept) {
        return outcome({.path = std::move(path), .headers = {as_asha, {"accept", accept}}});
    };
    EXPECT_EQ(get("/me", "application/xml"), "406 not_acceptable");
    EXPECT_EQ(get("/me", "application/xml, */*;q=0.1"), "200 reader of " + first_slug);
    EXPECT_EQ(get("/open", "application/xml"), "200 none");  // it names no schema of what it answers
    // Before anybody is asked who they are, as in Django REST Framework.
    EXPECT_EQ(outcome({.path = "/me", .headers = {{"accept", "text/html"}}}), "406 not_acceptable");
}

TEST_F(PipelineTest, AnswersInTheFormatThatTheClientWantsMost) {
    const auto get = [this](std::string_view accept) {
        return outcome({.path = "/list", .headers = {{"accept", accept}}});
    };
    EXPECT_EQ(outcome({.path = "/list"}), "200 json");
    EXPECT_EQ(get("*/*"), "200 json");
    EXPECT_EQ(get("text/csv"), "200 csv");
    EXPECT_EQ(get("text/*"), "200 csv");
    EXPECT_EQ(get("application/x-ndjson"), "200 ndjson");
    EXPECT_EQ(get("application/json;q=0.5, text/csv;q=0.7, application/x-ndjson;q=0.6"), "200 csv");
    EXPECT_EQ(get("text/csv, application/json"), "200 json") << "between equals JSON";
    EXPECT_EQ(get("application/json;q=0, */*;q=0.1"), "200 csv");
    EXPECT_EQ(get("image/png"), "406 not_acceptable");
    EXPECT_EQ(get("text/csv;q=0"), "406 not_acceptable");
}

TEST_F(PipelineTest, TakesTheFormatAsAParameterWhereAcceptAdmitsIt) {
    const auto get = [this](std::string path, std::string_view accept) {
        return outcome({.path = std::move(path), .headers = {{"accept", accept}}});
    };
    const std::string_view browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    EXPECT_EQ(get("/list?format=csv", browser), "200 csv");
    EXPECT_EQ(get("/list?format=json", "*/*"), "200 json");
    EXPECT_EQ(get("/list?format=ndjson", ""), "200 ndjson");
    EXPECT_EQ(get("/list?format=csv", "application/json"), "406 not_acceptable");
    EXPECT_EQ(get("/list?format=xml", "*/*"), "400 validation_failed");
    EXPECT_EQ(get("/list?format=csv&format=json", "*/*"), "400 validation_failed");
    EXPECT_EQ(get("/open?format=json", "*/*"), "400 validation_failed") << "a parameter of lists";
}

TEST_F(PipelineTest, SaysThatAnAnswerDependsOnAccept) {
    const auto vary = [this](std::string path) {
        const auto response = send({.path = std::move(path)});
        for (const auto& [name, value] : response.headers)
            if (name == "Vary") return value;
        return std::string();
    };
    EXPECT_EQ(vary("/list"), "Accept");
    EXPECT_EQ(vary("/list?format=xml"), "Accept");
    EXPECT_EQ(vary("/open"), "");
}

TEST_F(PipelineTest, TakesTheParametersThatTheEndpointNames) {
    EXPECT_EQ(outcome({.path = "/notes/1?search=a%20b", .headers = {as_asha}}), "200 1?a b");
    EXPECT_EQ(outcome({.path = "/notes/1?search=%zz", .headers = {as_asha}}), "400 parse_error");
    EXPECT_EQ(outcome({.path = "/notes/1?search=%00", .headers = {as_asha}}), "400 parse_error");
    // A header parameter is no query parameter.
    EXPECT_EQ(outcome({.path = "/notes/1?If-Match=1", .headers = {as_asha}}), "400 validation_failed");
}

TEST_F(PipelineTest, TakesAParameterOnce) {
    const auto response = send({.path = "/notes/1?search=a&search=b", .headers = {as_asha}});
    EXPECT_EQ(response.status, 400);
    const auto document = json::Document::parse(response.body).value();
    document.root().find("errors")->find("search")->each_element(
        [](const json::Value& fault) { EXPECT_EQ(fault.find("code")->as_string(), "invalid"); });
}

TEST_F(PipelineTest, NamesTheFirstHundredOfManyUnknownParameters) {
    std::string path = "/notes/1?";
    for (int i = 0; i < 3'000; ++i) path += fmt::format("p{}&", i);
    const auto response = send({.path = path, .headers = {as_asha}});
    const auto document = json::Document::parse(response.body).value();
    EXPECT_EQ(document.root().find("errors")->size(), 100U);
    EXPECT_TRUE(response.body.contains("\"p99\"") && !response.body.contains("\"p100\"")) << response.body;
}

TEST_F(PipelineTest, NamesEveryUnknownParameter) {
    const auto response = send({.path = "/notes/1?x=1&search=a&y=2", .headers = {as_asha}});
    EXPECT_EQ(response.status, 400);
    const auto document = json::Document::parse(response.body).value();
    const auto fields = *document.root().find("errors");
    EXPECT_EQ(fields.size(), 2U);
    fields.each_member([](std::string_view name, const json::Value& of_field) {
        EXPECT_TRUE(name == "x" || name == "y") << name;
        of_field.each_element(
            [](const json::Value& fault) { EXPECT_EQ(fault.find("code")->as_string(), "unknown_field"); });
    });
}

}  // namespace
}  // namespace terrace::api
