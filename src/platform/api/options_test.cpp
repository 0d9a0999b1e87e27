#include "platform/api/options.hpp"

#include "platform/api/test_pipeline.hpp"

#include <gmock/gmock.h>

#include <memory>

namespace terrace::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A note is there unless it is called `gone`; one that is called `locked` stays as it is.
class NoteTeller final : public Teller {
  public:
    Told tell(const Documentation& documentation, const access::Principal& caller) const override {
        if (caller.role_slug == "owner") return {documentation.parameters, {}};
        return {{}, {{"Colour", R"({"type":"string","enum":["red"]})"}}};
    }
    asio::awaitable<Result<std::shared_ptr<const void>>> find(Context& context) const override {
        const std::string id(context.parameter("id"));
        if (id == "gone") co_return std::unexpected(errors::not_found());
        co_return std::make_shared<const std::string>(id);
    }
    Result<void> permits(const access::Principal&, const void* object) const override {
        if (*static_cast<const std::string*>(object) != "locked") return {};
        return std::unexpected(errors::conflict("locked", "It is locked."));
    }
};

Endpoint named(Endpoint endpoint, std::string id, std::string request_schema = "") {
    endpoint.documentation.operation_id = std::move(id);
    endpoint.documentation.request_schema = std::move(request_schema);
    return endpoint;
}

/// Notes that reader may read and owner may write.
Api notes_with_options() {
    using http::Method;
    const auto read = Access::requires_permission("notes.read"), create = Access::requires_permission("notes.create");
    Api api;
    api.endpoints.push_back(named(endpoint(Method::get, "/notes", read, say_tenant), "list"));
    api.endpoints.back().documentation.parameters = {
        {.name = "colour", .description = "Of this colour.", .schema = R"({"$ref":"#/components/schemas/Colour"})"}};
    api.endpoints.push_back(named(endpoint(Method::post, "/notes", create, take_object), "create", "NoteCreate"));
    api.endpoints.push_back(named(endpoint(Method::get, "/notes/{id}", read, say_note), "retrieve"));
    api.endpoints.push_back(named(endpoint(Method::patch, "/notes/{id}", create, take_object), "update", "NoteCreate"));
    for (std::size_t i = 2; i < 4; ++i) api.endpoints[i].teller = std::make_shared<const NoteTeller>();
    api.endpoints.push_back(named(endpoint(Method::get, "/scans/{id}", read, say_note), "scan"));
    api.endpoints.push_back(named(endpoint(Method::get, "/me", Access::signed_in(), say_who), "me"));
    api.schemas = {{"Colour", R"({"type":"string","enum":["red","blue"]})"},
                   {"Tree", R"({"type":"object","properties":{"of":{"$ref":"#/components/schemas/Tree"}}})"},
                   {"NoteCreate", R"({"type":"object","properties":{)"
                                  R"("colour":{"$ref":"#/components/schemas/Colour","default":"blue"},)"
                                  R"("tree":{"$ref":"#/components/schemas/Tree"}},"required":["colour"]})"}};
    add_options(api);
    return api;
}

class OptionsTest : public PipelineTest {
  protected:
    OptionsTest() { serve(notes_with_options()); }

    http::Response ask(std::string path, std::vector<http::Header> headers) {
        return send({.method = http::Method::options, .path = std::move(path), .headers = std::move(headers)});
    }
    /// `create`, or `create: permission_denied` of what is refused.
    std::vector<std::string> operations(const std::string& path, const http::Header& who) {
        std::vector<std::string> found;
        const auto document = json::Document::parse(ask(path, {who}).body).value();
        document.root().find("operations")->each_element([&](json::Value operation) {
            std::string text(*operation.find("operation")->as_string());
            EXPECT_NE(operation.find("permitted")->as_bool().value(), operation.find("refusal").has_value());
            if (const auto refusal = operation.find("refusal")) text.append(": ").append(*refusal->as_string());
            found.push_back(text);
        });
        return found;
    }

    const http::Header as_owner{"authorization", "Bearer asha-second"};
};

TEST_F(OptionsTest, TellACallerWhatTheRoleMay) {
    EXPECT_THAT(operations("/notes", as_asha), ElementsAre("list", "create: permission_denied"));
    EXPECT_THAT(operations("/notes", as_owner), ElementsAre("list", "create"));
    EXPECT_THAT(operations("/notes", {"cookie", "__Host-at=asha-second"}), ElementsAre("list", "create"));
    const auto response = ask("/notes", {as_asha});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD, OPTIONS, POST");
    EXPECT_THAT(response.body, HasSubstr(R"("permissions":["notes.create"],"permitted":false)"));
}

TEST_F(OptionsTest, TellNobodyButTheMethods) {
    const auto response = ask("/notes", {});
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD, OPTIONS, POST");
    EXPECT_EQ(ask("/notes/gone", {}).status, 204);
    EXPECT_EQ(tokens.asked, 0);
}

TEST_F(OptionsTest, TakeABadCredentialForWhatItIs) {
    EXPECT_EQ(ask("/notes", {{"authorization", "Bearer forged"}}).status, 401);
    EXPECT_EQ(ask("/notes", {{"authorization", "Bearer ravi"}}).status, 403);
    EXPECT_EQ(outcome({.method = http::Method::options, .path = "/notes?x=1", .headers = {as_asha}}),
              "400 validation_failed");
}

TEST_F(OptionsTest, AnswerAPreflightWithoutALookAtTheCaller) {
    const auto response = ask("/notes", {as_asha, {"access-control-request-method", "POST"}});
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(tokens.asked, 0);
}

TEST_F(OptionsTest, SayWhatMayBeSentAndLeaveNothingToLookUp) {
    const std::string body = ask("/notes", {as_owner}).body;
    EXPECT_THAT(body, HasSubstr(R"("parameters":[{"name":"colour","in":"query","description":"Of this colour.",)"
                                R"("schema":{"type":"string","enum":["red","blue"]}}])"));
    EXPECT_THAT(body, HasSubstr(R"("colour":{"type":"string","enum":["red","blue"],"default":"blue"})"));
    EXPECT_THAT(body, HasSubstr(R"("tree":{"type":"object","properties":{"of":{"$ref":)"))
        << "what refers to itself cannot be put in place";
    EXPECT_THAT(ask("/notes", {as_asha}).body, Not(HasSubstr("\"body\""))) << "of what the caller may not send";
}

TEST_F(OptionsTest, TellEachCallerWhatItsTellerKnows) {
    EXPECT_THAT(ask("/notes/7", {as_owner}).body, HasSubstr(R"("enum":["red","blue"])"));
    tests.run("update catalog.membership set role_slug = 'writer' where tenant_id = $1", db::Params().add(second));
    EXPECT_THAT(ask("/notes/7", {as_owner}).body, HasSubstr(R"("enum":["red"])"));
}

TEST_F(OptionsTest, FindTheObjectForWhoMaySeeIt) {
    EXPECT_THAT(operations("/notes/7", as_owner), ElementsAre("retrieve", "update"));
    EXPECT_THAT(operations("/notes/locked", as_owner), ElementsAre("retrieve: locked", "update: locked"));
    const auto gone = send({.method = http::Method::options, .path = "/notes/gone", .headers = {as_owner}});
    EXPECT_EQ(gone.status, 404);
    EXPECT_EQ(gone.body, send({.path = "/nothing"}).body) << "as if there were no such address";
    EXPECT_EQ(header(gone, "Allow"), std::nullopt);
}

TEST_F(OptionsTest, TellNoObjectFromNoneToWhoMayDoNothingThere) {
    join(ravi, first, "member");
    const http::Header as_ravi{"authorization", "Bearer ravi"};
    const auto there = ask("/notes/7", {as_ravi}), gone = ask("/notes/gone", {as_ravi});
    EXPECT_EQ(there.status, 200);
    EXPECT_EQ(there.body, gone.body);
    EXPECT_THAT(operations("/notes/7", as_ravi),
                ElementsAre("retrieve: permission_denied", "update: permission_denied"));
}

TEST_F(OptionsTest, KnowThatAnOrganisationIsReadOnly) {
    set_state(second, "read_only");
    EXPECT_THAT(operations("/notes", as_owner), ElementsAre("list", "create: tenant_read_only"));
}

TEST_F(OptionsTest, ShowAtOnceThatAPermissionIsGone) {
    EXPECT_THAT(operations("/notes", as_owner), ElementsAre("list", "create"));
    tests.run("update catalog.membership set role_slug = 'reader' where tenant_id = $1", db::Params().add(second));
    EXPECT_THAT(operations("/notes", as_owner), ElementsAre("list", "create: permission_denied"));
}

TEST_F(OptionsTest, AreMethodsAloneWhereNoPermissionDecidesOrNobodyFindsTheObject) {
    for (const char* path : {"/me", "/scans/7"}) EXPECT_EQ(ask(path, {as_owner}).status, 204) << path;
    std::vector<std::string> ids;
    for (const auto& endpoint : notes_with_options().endpoints)
        if (endpoint.method == http::Method::options) ids.push_back(endpoint.documentation.operation_id);
    EXPECT_THAT(ids, ElementsAre("list_options", "retrieve_options"));
}

}  // namespace
}  // namespace terrace::api
