#include "platform/api/openapi.hpp"

#include "platform/base/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace terrace::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

boost::asio::awaitable<Result<http::Response>> nothing(Context&) {
    co_return http::Response::no_content();
}

/// Three operations on notes, a health check and the reference.
Api notes() {
    Api api;
    api.schemas = {
        {"Note", R"({"type":"object","required":["text"],"properties":{"id":{"type":"string","format":"uuid",)"
                 R"("readOnly":true},"text":{"type":["string","null"],"description":"What <it> says"}}})"},
        {"NoteList", R"({"type":"object","properties":{"results":{"type":"array",)"
                     R"("items":{"$ref":"#/components/schemas/Note"}}}})"},
    };
    api.endpoints.push_back({.method = http::Method::get,
                             .path = "/api/v1/notes",
                             .access = Access::requires_permission("notes.read"),
                             .handler = nothing,
                             .documentation = {.operation_id = "notes_list",
                                               .summary = "List notes",
                                               .description = "Newest first.",
                                               .tag = "Notes",
                                               .parameters = {{.name = "search", .description = "Words"},
                                                              {.name = "limit", .schema = R"({"type":"integer"})"}},
                                               .response_schema = "NoteList"}});
    api.tags.emplace_back("Notes", "What people write down.");
    api.problems.push_back({"LineTakenProblem", 409, {"line_taken"}, "Somebody else writes on this line."});
    api.problems.push_back({"LineLockedProblem", 409, {"line_locked"}, "It is locked.", Problem::Extra::none, true});
    api.endpoints.push_back({.method = http::Method::get,
                             .path = "/api/v1/notes/{id}",
                             .access = Access::requires_permission("notes.read"),
                             .handler = nothing,
                             .documentation = {.operation_id = "notes_retrieve",
                                               .tag = "Notes",
                                               .parameters = {{.name = "If-None-Match", .in = "header"}},
                                               .response_schema = "Note"}});
    api.endpoints.push_back({.method = http::Method::patch,
                             .path = "/api/v1/notes/{id}/lines/{line}",
                             .access = Access::signed_in(),
                             .handler = nothing,
                             .documentation = {.operation_id = "notes_update",
                                               .summary = "Change a line",
                                               .tag = "Notes",
                                               .parameters = {{.name = "If-Match", .in = "header"}},
                                               .request_schema = "Note",
                                               .response_schema = "Note",
                                               .problems = {409, 412}}});
    api.endpoints.push_back({.method = http::Method::get,
                             .path = "/healthz",
                             .access = Access::open(),
                             .handler = nothing,
                             .documentation = {.operation_id = "health", .tag = "Operations"},
                             .any_host = true});
    add_document_endpoint(api);
    return api;
}

void collect_references(const json::Value& value, std::set<std::string>& references) {
    if (value.kind() == json::Kind::object) {
        value.each_member([&](std::string_view key, const json::Value& member) {
            if (key == "$ref") references.emplace(*member.as_string());
            collect_references(member, references);
        });
    } else if (value.kind() == json::Kind::array) {
        value.each_element([&](const json::Value& element) { collect_references(element, references); });
    }
}

/// `schemas`, `Note` of `#/components/schemas/Note`.
std::pair<std::string, std::string> parts_of(const std::string& reference) {
    constexpr std::string_view prefix = "#/components/";
    const auto slash = reference.find('/', prefix.size());
    if (!reference.starts_with(prefix) || slash == std::string::npos) throw std::runtime_error("strange: " + reference);
    return {reference.substr(prefix.size(), slash - prefix.size()), reference.substr(slash + 1)};
}

std::vector<std::string> keys(const json::Value& object) {
    std::vector<std::string> result;
    object.each_member([&](std::string_view key, const json::Value&) { result.emplace_back(key); });
    return result;
}

json::Value at(json::Value value, std::initializer_list<std::string_view> path) {
    for (const auto key : path) {
        const auto next = value.find(key);
        if (!next) throw std::runtime_error("the document has no " + std::string(key));
        value = *next;
    }
    return value;
}

class OpenApiTest : public ::testing::Test {
  protected:
    const Api api = notes();
    const json::Document document = json::Document::parse(openapi(api)).value();
    const json::Value root = document.root();
};

TEST_F(OpenApiTest, IsOfVersionThreeOne) {
    EXPECT_EQ(at(root, {"openapi"}).as_string(), "3.1.0");
    EXPECT_THAT(keys(root), ElementsAre("openapi", "info", "servers", "tags", "paths", "components"));
}

TEST_F(OpenApiTest, ResolvesEveryReference) {
    std::set<std::string> references;
    collect_references(root, references);
    EXPECT_TRUE(references.contains("#/components/schemas/Note"));
    EXPECT_TRUE(references.contains("#/components/responses/Conflict"));
    for (const auto& reference : references) {
        const auto [kind, name] = parts_of(reference);
        EXPECT_TRUE(at(root, {"components", kind}).find(name)) << reference;
    }
}

TEST_F(OpenApiTest, ListsEveryEndpointInItsOrder) {
    EXPECT_THAT(keys(at(root, {"paths"})),
                ElementsAre("/api/v1/notes", "/api/v1/notes/{id}", "/api/v1/notes/{id}/lines/{line}", "/healthz",
                            "/api/v1/openapi.json"));
}

TEST_F(OpenApiTest, DeclaresThePathParametersAsRequired) {
    std::vector<std::string> found;
    at(root, {"paths", "/api/v1/notes/{id}/lines/{line}", "patch", "parameters"})
        .each_element([&](const json::Value& parameter) {
            found.push_back(std::string(*at(parameter, {"in"}).as_string()) + ' ' +
                            std::string(*at(parameter, {"name"}).as_string()));
            EXPECT_EQ(parameter.find("required").has_value(), at(parameter, {"in"}).as_string() == "path");
        });
    EXPECT_THAT(found, ElementsAre("path id", "path line", "header If-Match"));
}

TEST_F(OpenApiTest, SaysWhoMayCall) {
    EXPECT_EQ(at(root, {"paths", "/api/v1/notes", "get", "x-permission"}).as_string(), "notes.read");
    EXPECT_EQ(at(root, {"paths", "/api/v1/notes", "get", "security"}).size(), 2U);
    EXPECT_EQ(at(root, {"paths", "/healthz", "get", "security"}).size(), 0U);
}

TEST(OpenApi, NamesTheRolesThatMayCall) {
    access::Catalogue catalogue;
    catalogue.add_permission({"notes.read", "Read notes"});
    catalogue.add_role({"clerk", "Clerk", {"notes.read"}});
    Api api = notes();
    api.catalogue = &catalogue;
    const auto document = json::Document::parse(openapi(api)).value();
    const auto list = at(document.root(), {"paths", "/api/v1/notes", "get"});
    EXPECT_EQ(
        at(list, {"description"}).as_string(),
        "Newest first.\n\nNeeds `notes.read`. Roles, unless the organisation has changed them: owner, admin, clerk.");
    std::vector<std::string> roles;
    at(list, {"x-roles"}).each_element([&](const json::Value& role) { roles.emplace_back(*role.as_string()); });
    EXPECT_THAT(roles, ElementsAre("owner", "admin", "clerk"));
    EXPECT_FALSE(at(document.root(), {"paths", "/healthz", "get"}).find("x-roles"));
}

TEST_F(OpenApiTest, ListsTheProblemsOfThePipelineAndOfTheEndpoint) {
    EXPECT_THAT(keys(at(root, {"paths", "/api/v1/notes/{id}/lines/{line}", "patch", "responses"})),
                ElementsAre("200", "400", "401", "403", "404", "406", "409", "412", "413", "415", "500", "503"));
    EXPECT_THAT(keys(at(root, {"paths", "/healthz", "get", "responses"})), ElementsAre("200", "400", "500", "503"));
}

TEST(OpenApi, ListsAProblemOfOneOperationThereAlone) {
    Api api = notes();
    api.endpoints[2].documentation.own_problems = {"LineLockedProblem"};
    const auto document = json::Document::parse(openapi(api)).value();
    const auto schema = at(document.root(), {"paths", "/api/v1/notes/{id}/lines/{line}", "patch", "responses", "409",
                                             "content", "application/problem+json", "schema"});
    EXPECT_THAT(keys(at(schema, {"discriminator", "mapping"})), ElementsAre("line_taken", "line_locked"));
    EXPECT_EQ(at(document.root(),
                 {"components", "responses", "Conflict", "content", "application/problem+json", "schema", "$ref"})
                  .as_string(),
              "#/components/schemas/LineTakenProblem");
    api.endpoints[2].documentation.own_problems = {"NoProblem"};
    EXPECT_THROW(openapi(api), std::logic_error);
}

TEST_F(OpenApiTest, DescribesNoProblemThatNoOperationAnswers) {
    EXPECT_FALSE(at(root, {"components", "schemas"}).find("LineLockedProblem"));
    EXPECT_FALSE(at(root, {"components", "schemas"}).find("TransitionProblem"));
    EXPECT_TRUE(at(root, {"components", "schemas"}).find("LineTakenProblem"));
}

TEST_F(OpenApiTest, SaysWhatEndpointsAndTagsAreAbout) {
    EXPECT_EQ(at(root, {"paths", "/api/v1/notes", "get", "description"}).as_string(), "Newest first.");
    EXPECT_THAT(openapi(api), HasSubstr(R"({"name":"Notes","description":"What people write down."})"));
}

TEST_F(OpenApiTest, KnowsTheAnswerToWhoHoldsTheObjectAlready) {
    EXPECT_EQ(at(root, {"paths", "/api/v1/notes/{id}", "get", "responses", "304", "description"}).as_string(),
              "Not Modified");
}

TEST_F(OpenApiTest, HasTheProductsOwnProblems) {
    EXPECT_THAT(keys(at(root, {"components", "schemas", "LineTakenProblem", "properties"})),
                ElementsAre("type", "title", "status", "code", "detail", "request_id"));
    EXPECT_THAT(openapi(api), HasSubstr(R"({"$ref":"#/components/schemas/LineTakenProblem"})"));
}

TEST_F(OpenApiTest, IsTheSameTextEachTime) {
    EXPECT_EQ(openapi(api), openapi(notes()));
}

TEST(DocumentEndpoint, IsOpenToAll) {
    auto api = notes();
    EXPECT_EQ(api.endpoints.back().path, "/api/v1/openapi.json");
    EXPECT_EQ(api.endpoints.back().access.kind, Access::Kind::open);
}

TEST(Routes, TellTheIsolationSuiteWhatThereIs) {
    const auto document = json::Document::parse(routes_json(notes())).value();
    std::vector<std::string> rows;
    document.root().each_element([&](const json::Value& route) {
        rows.push_back(std::string(*at(route, {"method"}).as_string()) + ' ' +
                       std::string(*at(route, {"path"}).as_string()) + ' ' +
                       std::string(*at(route, {"access"}).as_string()) + ' ' +
                       std::string(at(route, {"permission"}).as_string().value_or("-")) + ' ' +
                       (*at(route, {"tenant"}).as_bool() ? "tenant" : "-"));
    });
    EXPECT_THAT(rows, ElementsAre("GET /api/v1/notes permission notes.read tenant",
                                  "GET /api/v1/notes/{id} permission notes.read tenant",
                                  "PATCH /api/v1/notes/{id}/lines/{line} signed_in - tenant", "GET /healthz open - -",
                                  "GET /api/v1/openapi.json open - -"));
}

}  // namespace
}  // namespace terrace::api
