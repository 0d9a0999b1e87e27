#include "platform/api/pipeline.hpp"

#include "platform/api/body.hpp"
#include "platform/base/json.hpp"
#include "platform/tenancy/provisioning.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace terrace::api {
namespace {

namespace asio = boost::asio;
using testing::TestDatabase;

/// Tokens are what the test says they are: `Bearer <name>` or the cookie `__Host-at=<name>`.
class TokenTable : public Authenticator {
  public:
    asio::awaitable<Result<std::optional<Credential>>> authenticate(const http::Request& request) override {
        ++asked;
        std::string_view token = request.header("authorization").value_or("");
        if (token.starts_with("Bearer ")) {
            token.remove_prefix(7);
        } else {
            token = request.cookie("__Host-at").value_or("");
        }
        if (token.empty()) co_return std::nullopt;
        const auto found = credentials.find(std::string(token));
        if (found == credentials.end()) co_return std::unexpected(errors::not_authenticated());
        co_return found->second;
    }

    std::map<std::string, Credential> credentials;
    int asked = 0;
};

asio::awaitable<Result<http::Response>> say_tenant(Context& context) {
    co_return http::Response::json(200, context.tenant ? context.tenant->slug : "none");
}

asio::awaitable<Result<http::Response>> say_who(Context& context) {
    const auto& who = context.principal.value();
    std::string text = who.role_slug + " of " + context.tenant->slug;
    if (context.scope->tenant() != who.tenant) text = "scope and principal differ";
    co_return http::Response::json(200, text);
}

asio::awaitable<Result<http::Response>> take_object(Context& context) {
    TERRACE_CO_TRY(document, parse_object(context));
    co_return http::Response::json(201, std::to_string(document.root().size()));
}

asio::awaitable<Result<http::Response>> say_note(Context& context) {
    std::string text(context.parameter("id"));
    if (const auto search = context.query_value("search")) text.append("?").append(*search);
    co_return http::Response::json(200, text);
}

asio::awaitable<Result<http::Response>> say_format(Context& context) {
    co_return http::Response::json(200, std::string(context.format));
}

Endpoint endpoint(http::Method method, std::string path, Access access, Handler handler) {
    return {.method = method, .path = std::move(path), .access = std::move(access), .handler = std::move(handler)};
}

Api api() {
    Api api;
    using http::Method;
    api.endpoints.push_back(endpoint(Method::get, "/open", Access::open(), say_tenant));
    api.endpoints.push_back(endpoint(Method::post, "/open", Access::open(), take_object));
    api.endpoints.push_back(
        endpoint(Method::get, "/ruled", Access::by_rule("any", {}, [](auto&) { return true; }), say_who));
    api.endpoints.push_back(
        endpoint(Method::get, "/ruled/never", Access::by_rule("none", {}, [](auto&) { return false; }), say_who));
    api.endpoints.push_back(endpoint(Method::get, "/me", Access::signed_in(), say_who));
    api.endpoints.back().documentation.response_schema = "Who";
    api.endpoints.push_back(endpoint(Method::get, "/notes/{id}", Access::requires_permission("notes.read"), say_note));
    api.endpoints.back().documentation.parameters = {{.name = "search"}, {.name = "If-Match", .in = "header"}};
    api.endpoints.push_back(endpoint(Method::post, "/notes", Access::requires_permission("notes.create"), take_object));
    api.endpoints.push_back(endpoint(Method::get, "/list", Access::open(), say_format));
    api.endpoints.back().documentation.parameters = {{.name = "format"}};
    api.endpoints.back().documentation.formats = {{"csv", "text/csv"}, {"ndjson", "application/x-ndjson"}};
    api.endpoints.push_back(endpoint(Method::get, "/healthz", Access::open(), say_tenant));
    api.endpoints.back().any_host = true;
    return api;
}

access::Catalogue catalogue() {
    access::Catalogue catalogue;
    catalogue.add_permission({"notes.read", "Read notes"});
    catalogue.add_permission({"notes.create", "Write notes"});
    catalogue.add_role({.slug = "reader", .name = "Reader", .permissions = {"notes.read"}});
    return catalogue;
}

/// What a request is made of, so that a test names what matters to it.
struct Call {
    http::Method method = http::Method::get;
    std::string path;
    std::string host = "localhost:8000";
    std::vector<http::Header> headers = {};
    std::string body = {};
};

/// Two tenants; Asha reads in the first and owns the second, Ravi is in none.
class PipelineTest : public ::testing::Test {
  protected:
    PipelineTest() {
        tokens.credentials = {{"asha", {.user = asha, .session = Uuid::v7(), .tenant = first}},
                              {"asha-second", {.user = asha, .session = Uuid::v7(), .tenant = second}},
                              {"ravi", {.user = ravi, .session = Uuid::v7(), .tenant = first}},
                              {"gone", {.user = asha, .session = Uuid::v7(), .tenant = Uuid::v7()}}};
        add_tenant(first, first_slug);
        add_tenant(second, second_slug);
        add_person(asha);
        add_person(ravi);
        join(asha, first, "reader");
        join(asha, second, "owner");
    }

    void add_tenant(const Uuid& id, const std::string& slug) {
        admin.run("insert into catalog.tenant (id, slug, name) values ($1, $2, 'Acme')",
                  db::Params().add(id).add(slug));
        admin.run("insert into shared.tenant_place (tenant_id, epoch) values ($1, 1)", db::Params().add(id));
        tenancy::Provisioner provisioner(database, directory,
                                         {[this](const Uuid& tenant, auto& rows) { roles.seed(tenant, rows); }});
        testing::run(loop, provisioner.complete(id)).value();
    }

    void add_person(const Uuid& id) {
        admin.run("insert into catalog.user_account (id, email, full_name) values ($1, $2, 'A person')",
                  db::Params().add(id).add(id.to_string() + "@example.in"));
    }

    void join(const Uuid& user, const Uuid& tenant, const std::string& role) {
        admin.run("insert into catalog.membership (tenant_id, user_id, role_slug) values ($1, $2, $3)",
                  db::Params().add(tenant).add(user).add(role));
    }

    void set_state(const Uuid& tenant, const std::string& state) {
        admin.run("update catalog.tenant set state = $2 where id = $1", db::Params().add(tenant).add(state));
    }

    http::Response send(const Call& call) {
        if (!router) {
            router = make_router(
                api(), {.config = config, .directory = directory, .memberships = memberships, .authenticator = tokens});
        }
        http::Request request;
        request.method = call.method;
        request.target = call.path;
        request.path = std::string_view(call.path).substr(0, call.path.find('?'));
        if (const auto mark = call.path.find('?'); mark != std::string::npos) {
            request.query = std::string_view(call.path).substr(mark + 1);
        }
        request.headers = call.headers;
        request.host = call.host;
        request.scheme = "http";
        request.request_id = "r-1";
        request.body = call.body;
        return testing::run(loop, dispatch(*router, request));
    }

    /// `404 not_found` for a problem, `200 body` for anything else.
    std::string outcome(const Call& call) {
        const auto response = send(call);
        std::string text = std::to_string(response.status) + " ";
        if (response.content_type != "application/problem+json") return text + response.body;
        const auto document = json::Document::parse(response.body).value();
        return text + std::string(*document.root().find("code")->as_string());
    }

    static std::optional<std::string> header(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return std::nullopt;
    }

    const access::Catalogue roles = catalogue();
    Config config{.origin = {.scheme = "http", .base_domain = "localhost", .port = 8000}};
    asio::io_context loop;
    db::Database database{loop.get_executor(), TestDatabase::instance().options()};
    db::AdminConnection admin = TestDatabase::instance().admin();
    tenancy::ChangeFeed feed;
    tenancy::Directory directory{loop.get_executor(), database, feed};
    access::Memberships memberships{loop.get_executor(), database, feed, roles};
    TokenTable tokens;
    std::optional<http::Router> router;

    const Uuid first = Uuid::v7();
    const Uuid second = Uuid::v7();
    const Uuid asha = Uuid::v7();
    const Uuid ravi = Uuid::v7();
    const std::string first_slug = "a" + first.to_string().substr(24);
    const std::string second_slug = "b" + second.to_string().substr(24);
    const std::string first_host = first_slug + ".localhost:8000";
    const std::string second_host = second_slug + ".localhost:8000";
    const http::Header as_asha{"authorization", "Bearer asha"};
    const http::Header json_body{"content-type", "application/json"};
};

TEST_F(PipelineTest, NamesTheTenantByItsHost) {
    EXPECT_EQ(outcome({.path = "/open"}), "200 none");
    EXPECT_EQ(outcome({.path = "/open", .host = "127.0.0.1:8000"}), "200 none");
    EXPECT_EQ(outcome({.path = "/open", .host = first_host}), "200 " + first_slug);
    EXPECT_EQ(outcome({.path = "/open", .host = "nobody-here.localhost:8000"}), "404 unknown_host");
    EXPECT_EQ(outcome({.path = "/open", .host = "evil.example"}), "404 unknown_host");
}

TEST_F(PipelineTest, NamesNoTenantByAHostWhereOneHostServesAll) {
    config.tenant_hosts = TenantHosts::none;
    EXPECT_EQ(outcome({.path = "/open", .host = "clinic.lan:8000"}), "200 none");
    EXPECT_EQ(outcome({.path = "/open", .host = first_host}), "200 none");
    EXPECT_EQ(outcome({.path = "/me", .host = "clinic.lan:8000", .headers = {as_asha}}), "200 reader of " + first_slug);
}

TEST_F(PipelineTest, AnswersSomeEndpointsOnEveryHost) {
    EXPECT_EQ(outcome({.path = "/healthz", .host = "10.0.0.1"}), "200 none");
    EXPECT_EQ(outcome({.path = "/healthz", .host = "evil.example"}), "200 none");
}

TEST_F(PipelineTest, HidesATenantThatIsNotReadyAndStopsASuspendedOne) {
    set_state(first, "provisioning");
    EXPECT_EQ(outcome({.path = "/open", .host = first_host}), "404 unknown_host");
    EXPECT_EQ(outcome({.path = "/me", .headers = {as_asha}}), "401 not_authenticated");
    set_state(first, "suspended");
    EXPECT_EQ(outcome({.path = "/open", .host = first_host}), "403 tenant_suspended");
    EXPECT_EQ(outcome({.path = "/me", .headers = {as_asha}}), "403 tenant_suspended");
    set_state(first, "deleting");
    EXPECT_EQ(outcome({.path = "/open", .host = first_host}), "404 unknown_host");
    EXPECT_EQ(outcome({.path = "/me", .headers = {as_asha}}), "401 not_authenticated");
}

TEST_F(PipelineTest, RefusesWritesToATenantThatIsReadOnly) {
    set_state(first, "read_only");
    set_state(second, "read_only");
    const http::Header as_owner{"authorization", "Bearer asha-second"};
    const Call write{.method = http::Method::post, .path = "/notes", .headers = {as_owner}};
    EXPECT_EQ(outcome(write), "403 tenant_read_only");
    EXPECT_EQ(send({.path = "/notes/7", .headers = {as_owner}}).status, 200);
    EXPECT_EQ(outcome({.path = "/me", .headers = {as_owner}}), "200 owner of " + second_slug);
    // Who may not write anyway hears that.
    EXPECT_EQ(outcome({.method = http::Method::post, .path = "/notes", .headers = {as_asha}}), "403 permission_denied");
}

TEST_F(PipelineTest, LetsTheTokenNameTheTenantAtTheRootHost) {
    EXPECT_EQ(outcome({.path = "/me", .headers = {as_asha}}), "200 reader of " + first_slug);
    EXPECT_EQ(outcome({.path = "/me", .headers = {{"authorization", "Bearer asha-second"}}}),
              "200 owner of " + second_slug);
}

TEST_F(PipelineTest, RefusesATokenAtAnotherTenantsHost) {
    EXPECT_EQ(outcome({.path = "/me", .host = first_host, .headers = {as_asha}}), "200 reader of " + first_slug);
    EXPECT_EQ(outcome({.path = "/me", .host = second_host, .headers = {as_asha}}), "403 tenant_mismatch");
}

TEST_F(PipelineTest, AsksForACredentialThatIsGood) {
    const auto response = send({.path = "/me"});
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(header(response, "WWW-Authenticate"), "Bearer");
    EXPECT_EQ(outcome({.path = "/me", .headers = {{"authorization", "Bearer forged"}}}), "401 not_authenticated");
    EXPECT_EQ(outcome({.path = "/me", .headers = {{"authorization", "Bearer gone"}}}), "401 not_authenticated");
    EXPECT_EQ(outcome({.path = "/me", .headers = {{"cookie", "__Host-at=asha"}}}), "200 reader of " + first_slug);
}

TEST_F(PipelineTest, LooksAtNoCredentialWhereAnyoneMayCall) {
    EXPECT_EQ(outcome({.path = "/open", .headers = {{"authorization", "Bearer forged"}}}), "200 none");
    EXPECT_EQ(tokens.asked, 0);
}

TEST_F(PipelineTest, RefusesWhoIsNoMemberWithTheSameBytesAsWhoMayNot) {
    const Call stranger{.path = "/notes/1", .headers = {{"authorization", "Bearer ravi"}}};
    const Call reader{.method = http::Method::post, .path = "/notes", .headers = {as_asha, json_body}, .body = "{}"};
    EXPECT_EQ(outcome(stranger), "403 permission_denied");
    EXPECT_EQ(outcome(reader), "403 permission_denied");
    EXPECT_EQ(send(stranger).body, send(reader).body);
}

TEST_F(PipelineTest, AsksForThePermissionOfTheEndpoint) {
    EXPECT_EQ(outcome({.path = "/notes/1", .headers = {as_asha}}), "200 1");
    EXPECT_EQ(outcome({.method = http::Method::post,
                       .path = "/notes",
                       .headers = {{"authorization", "Bearer asha-second"}, json_body},
                       .body = R"({"text":"x"})"}),
              "201 1");
}

TEST_F(PipelineTest, IsNotMadeForAPermissionThatNobodyRegistered) {
    Api misspelt;
    misspelt.endpoints.push_back(
        endpoint(http::Method::get, "/notes", Access::requires_permission("notes.raed"), say_who));
    const PipelineParts parts{
        .config = config, .directory = directory, .memberships = memberships, .authenticator = tokens};
    EXPECT_THROW(make_router(std::move(misspelt), parts), std::logic_error);

    Api ruled;
    ruled.endpoints.push_back(endpoint(http::Method::get, "/notes",
                                       Access::by_rule("notes.raed or own", {"notes.raed"}, [](auto&) { return true; }),
                                       say_who));
    EXPECT_THROW(make_router(std::move(ruled), parts), std::logic_error);
}

TEST_F(PipelineTest, AsksARuleBeforeTheHandler) {
    EXPECT_EQ(outcome({.path = "/ruled", .headers = {as_asha}}), "200 reader of " + first_slug);
    EXPECT_EQ(outcome({.path = "/ruled/never", .headers = {as_asha}}), "403 permission_denied");
    EXPECT_EQ(outcome({.path = "/ruled"}), "401 not_authenticated");
}

TEST_F(PipelineTest, RefusesARemovedMemberOnTheNextRequest) {
    EXPECT_EQ(outcome({.path = "/me", .headers = {as_asha}}), "200 reader of " + first_slug);
    admin.run("delete from catalog.membership where tenant_id = $1", db::Params().add(first));
    EXPECT_EQ(outcome({.path = "/me", .headers = {as_asha}}), "403 permission_denied");
}

TEST_F(PipelineTest, RefusesACrossSiteCallBeforeItLooksAtTheBody) {
    Call call{.method = http::Method::post,
              .path = "/open",
              .headers = {{"sec-fetch-site", "cross-site"}, {"content-type", "text/plain"}},
              .body = "{"};
    EXPECT_EQ(outcome(call), "403 cross_site");
    call.headers = {{"sec-fetch-site", "same-origin"}, json_body};
    call.body = "{}";
    EXPECT_EQ(outcome(call), "201 0");
    EXPECT_EQ(outcome({.path = "/open", .headers = {{"sec-fetch-site", "cross-site"}}}), "200 none");
}

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

TEST_F(PipelineTest, AnswersOtherPathsAndMethodsWithProblems) {
    EXPECT_EQ(outcome({.path = "/nothing"}), "404 not_found");
    EXPECT_EQ(outcome({.path = "/nothing", .host = "evil.example"}), "404 not_found");
    const auto response = send({.method = http::Method::del, .path = "/notes/1", .headers = {as_asha}});
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD, OPTIONS");
    EXPECT_NE(response.body.find("\"request_id\":\"r-1\""), std::string::npos);
}

TEST_F(PipelineTest, AnswersHeadAsGetAndOptionsWithoutACredential) {
    EXPECT_EQ(outcome({.method = http::Method::head, .path = "/notes/1", .headers = {as_asha}}), "200 1");
    EXPECT_EQ(outcome({.method = http::Method::head, .path = "/notes/1"}), "401 not_authenticated");
    EXPECT_EQ(tokens.asked, 2);
    const auto response = send({.method = http::Method::options, .path = "/notes/1"});
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(tokens.asked, 2);
}

TEST_F(PipelineTest, SaysNothingOfOtherOriginsUnlessConfigured) {
    for (const auto method : {http::Method::get, http::Method::options}) {
        const auto response = send({.method = method, .path = "/open", .headers = {{"origin", "https://app.example"}}});
        for (const auto& [name, value] : response.headers) EXPECT_FALSE(name.starts_with("Access-Control-")) << name;
    }
}

TEST_F(PipelineTest, ServesAListedOriginWithATokenAndNeverByACookie) {
    config.cors_allowed_origins = {"https://app.example"};
    const http::Header origin{"origin", "https://app.example"};
    const http::Header site{"sec-fetch-site", "cross-site"};
    const auto read = send({.path = "/me", .headers = {as_asha, origin, site}});
    EXPECT_EQ(read.status, 200);
    EXPECT_EQ(header(read, "Access-Control-Allow-Origin"), "https://app.example");

    const auto refused = send({.path = "/me", .headers = {origin, site}});
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(header(refused, "Access-Control-Allow-Origin"), "https://app.example");

    EXPECT_EQ(outcome({.method = http::Method::post,
                       .path = "/open",
                       .headers = {origin, site, json_body, {"cookie", "__Host-at=asha"}},
                       .body = "{}"}),
              "403 cross_site");
    const auto preflight = send({.method = http::Method::options,
                                 .path = "/open",
                                 .headers = {origin, site, {"access-control-request-method", "POST"}}});
    EXPECT_EQ(preflight.status, 204);
    EXPECT_EQ(header(preflight, "Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS, POST");
}

TEST_F(PipelineTest, IsUnavailableWithoutPostgresql) {
    database.close();
    const auto response = send({.path = "/open", .host = first_host});
    EXPECT_EQ(response.status, 503);
    EXPECT_TRUE(header(response, "Retry-After"));
    EXPECT_EQ(outcome({.path = "/healthz", .host = first_host}), "200 none");
}

}  // namespace
}  // namespace terrace::api
