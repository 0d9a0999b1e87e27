#include "platform/api/test_pipeline.hpp"

#include <stdexcept>

namespace terrace::api {
namespace {

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
    const PipelineParts parts{.config = config,
                              .directory = directory,
                              .memberships = memberships,
                              .database = database,
                              .authenticator = tokens};
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
    tests.run("delete from catalog.membership where tenant_id = $1", db::Params().add(first));
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
    db::Database gone{loop.get_executor(), tests.options()};
    tenancy::Directory unknown{loop.get_executor(), gone, feed};
    gone.close();
    router = make_router(api(), {.config = config,
                                 .directory = unknown,
                                 .memberships = memberships,
                                 .database = gone,
                                 .authenticator = tokens});
    const auto response = send({.path = "/open", .host = first_host});
    EXPECT_EQ(response.status, 503);
    EXPECT_TRUE(header(response, "Retry-After"));
    EXPECT_EQ(outcome({.path = "/healthz", .host = first_host}), "200 none");
}

}  // namespace
}  // namespace terrace::api
