#include "platform/base/clock.hpp"
#include "platform/base/json.hpp"
#include "platform/identity/answers.hpp"
#include "platform/identity/browser.hpp"
#include "platform/identity/endpoints.hpp"
#include "platform/identity/identity.hpp"
#include "platform/identity/input.hpp"
#include "platform/identity/password_policy.hpp"

#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

constexpr TextRule secret_text{.most_characters = most_password_bytes, .trim = false};

Result<SignIn::Request> read_credentials(Input& input, const api::Context& context) {
    SignIn::Request credentials{.email = input.required_email("email"),
                                .password = input.required("password", secret_text),
                                .tenant_slug = input.optional("tenant"),
                                .host_tenant = context.tenant,
                                .address = context.request.client_address,
                                .request_id = context.request.request_id};
    if (auto faults = input.finish(); !faults) return std::unexpected(std::move(faults).error());
    return credentials;
}

/// The answer to a program. A browser never sees these.
Result<http::Response> tokens(Service& service, const Session& session) {
    TERRACE_TRY(access_token, service.access_tokens().sign(session.user, session.tenant, session.id, unix_seconds()));
    std::string body;
    json::Writer(body)
        .begin_object()
        .member("access_token", access_token)
        .member("refresh_token", session.refresh_token)
        .member("token_type", "Bearer")
        .member("expires_in", access_token_life.count())
        .end_object();
    return private_json(200, std::move(body));
}

asio::awaitable<Result<http::Response>> token_by_password(Service& service, api::Context& context, Input input) {
    TERRACE_CO_TRY(credentials, read_credentials(input, context));
    TERRACE_CO_TRY(who, co_await service.sign_in().run(std::move(credentials)));
    TERRACE_CO_TRY(
        session, co_await service.sessions().open(who.user, who.tenant, device_of(service.config(), context.request)));
    co_return tokens(service, session);
}

asio::awaitable<Result<http::Response>> token_by_refresh(Service& service, api::Context& context, Input input) {
    std::string refresh_token = input.required("refresh_token", secret_text);
    if (auto faults = input.finish(); !faults) co_return std::unexpected(std::move(faults).error());
    TERRACE_CO_TRY(session, co_await service.sessions().refresh(std::move(refresh_token), host_tenant(context),
                                                                device_of(service.config(), context.request)));
    co_return tokens(service, session);
}

asio::awaitable<Result<http::Response>> token(Service& service, api::Context& context) {
    TERRACE_CO_TRY(input, Input::read(context));
    const std::string grant = input.required("grant_type");
    if (grant == "refresh_token") co_return co_await token_by_refresh(service, context, std::move(input));
    if (grant != "password" && !input.failed("grant_type"))
        input.fail("grant_type", {"invalid_choice", "Use password or refresh_token."});
    co_return co_await token_by_password(service, context, std::move(input));
}

asio::awaitable<Result<http::Response>> login(Service& service, api::Context& context) {
    TERRACE_CO_TRY(input, Input::read(context));
    TERRACE_CO_TRY(credentials, read_credentials(input, context));
    TERRACE_CO_TRY(who, co_await service.sign_in().run(std::move(credentials)));
    TERRACE_CO_TRY(
        session, co_await service.sessions().open(who.user, who.tenant, device_of(service.config(), context.request)));
    co_return co_await enter_browser(service, context.request, std::move(session));
}

asio::awaitable<Result<http::Response>> refresh(Service& service, api::Context& context) {
    if (auto object = read_empty_object(context); !object) co_return std::unexpected(std::move(object).error());
    const std::string presented(context.request.cookie(refresh_cookie).value_or(""));
    const auto session = co_await service.sessions().refresh(presented, host_tenant(context),
                                                             device_of(service.config(), context.request));
    if (!session && session.error().status == 401) co_return signed_out(session.error(), context.request);
    if (!session) co_return std::unexpected(session.error());
    TERRACE_CO_TRY(access_token,
                   service.access_tokens().sign(session->user, session->tenant, session->id, unix_seconds()));
    std::string body;
    json::Writer(body).begin_object().member("expires_in", access_token_life.count()).end_object();
    http::Response response = private_json(200, std::move(body));
    set_session_cookies(response, access_token, session->refresh_token);
    co_return response;
}

/// The session to end: of the access token, or of the refresh token when that is all that is left. Its seal is proof
/// enough for an ending.
asio::awaitable<Result<std::optional<Uuid>>> session_to_end(Service& service, const http::Request& request) {
    auto credential = co_await service.authenticator().authenticate(request);
    if (credential && *credential) co_return (*credential)->session;
    if (!credential && credential.error().status != 401) co_return std::unexpected(credential.error());
    const auto presented = request.cookie(refresh_cookie);
    const auto token = presented ? service.refresh_tokens().read(*presented) : std::nullopt;
    co_return token ? std::optional(token->session) : std::nullopt;
}

asio::awaitable<Result<http::Response>> logout(Service& service, api::Context& context) {
    if (auto object = read_empty_object(context); !object) co_return std::unexpected(std::move(object).error());
    TERRACE_CO_TRY(session, co_await session_to_end(service, context.request));
    if (session)
        if (auto closed = co_await service.sessions().close(*session, device_of(service.config(), context.request));
            !closed)
            co_return std::unexpected(std::move(closed).error());
    http::Response response = http::Response::no_content();
    response.header("Cache-Control", "no-store");
    clear_session_cookies(response);
    co_return response;
}

asio::awaitable<Result<http::Response>> jwks(Service& service) {
    const auto snapshot = service.keys().snapshot();
    if (snapshot->keys.empty()) co_return std::unexpected(errors::unavailable());
    http::Response response = http::Response::json(200, snapshot->jwks);
    response.header("Cache-Control", "public, max-age=300");
    co_return response;
}

}  // namespace

void add_session_endpoints(api::Api& api, Service& service) {
    using http::Method;
    const auto open = api::Access::open();
    api.endpoints.push_back(
        {Method::post,
         "/api/v1/auth/token",
         open,
         [&service](api::Context& context) { return token(service, context); },
         {.operation_id = "auth_token",
          .summary = "Get tokens by password or refresh token, for programs",
          .description = "`tenant` is the sub-domain; it may be left out where the host "
                         "names one, or where the person has only one. A refresh token works once: its "
                         "answer holds the next. Keep both out of browsers; those use `/auth/login`. A person has a "
                         "hundred sessions at most: one more ends the one that was used longest ago.",
          .tag = "Accounts",
          .request_schema = "TokenRequest",
          .response_schema = "Tokens",
          .problems = {400, 403, 429},
          .own_problems = {"CredentialsProblem", "GrantProblem", "TenantChoiceProblem"}}});
    api.endpoints.push_back({Method::post,
                             "/api/v1/auth/login",
                             open,
                             [&service](api::Context& context) { return login(service, context); },
                             {.operation_id = "auth_login",
                              .summary = "Sign a browser in: the tokens come as cookies",
                              .description = "Sets the cookies `__Host-at` and `__Host-rt`; the body holds no "
                                             "token.",
                              .tag = "Accounts",
                              .request_schema = "LoginRequest",
                              .response_schema = "Me",
                              .problems = {400, 403, 429},
                              .own_problems = {"CredentialsProblem", "TenantChoiceProblem"}}});
    api.endpoints.push_back({Method::post,
                             "/api/v1/auth/refresh",
                             open,
                             [&service](api::Context& context) { return refresh(service, context); },
                             {.operation_id = "auth_refresh",
                              .summary = "Exchange a browser's refresh cookie for fresh cookies",
                              .description = "Tabs that refresh at the same time get the same session. 401 "
                                             "`invalid_grant`: sign in again.",
                              .tag = "Accounts",
                              .request_schema = "EmptyRequest",
                              .response_schema = "RefreshResponse",
                              .problems = {400},
                              .own_problems = {"GrantProblem"}}});
    // A session can be ended wherever its cookies are: also at the host of an organisation that lets nobody in.
    api.endpoints.push_back(
        {.method = Method::post,
         .path = "/api/v1/auth/logout",
         .access = open,
         .handler = [&service](api::Context& context) { return logout(service, context); },
         .documentation = {.operation_id = "auth_logout",
                           .summary = "Sign out: end the session, also where it was handed over to",
                           .description = "Takes the cookies away. Works without a session too, and at every host.",
                           .tag = "Accounts",
                           .request_schema = "EmptyRequest",
                           .success_status = 204,
                           .problems = {400}},
         .any_host = true});
    api.endpoints.push_back({.method = Method::get,
                             .path = "/.well-known/jwks.json",
                             .access = open,
                             .handler = [&service](api::Context&) { return jwks(service); },
                             .documentation = {.operation_id = "jwks",
                                               .summary = "The public keys that verify access tokens (RFC 7517)",
                                               .description = "A token names its key by `kid`. Keys that were "
                                                              "retired stay until the last token that they signed has "
                                                              "expired.",
                                               .tag = "Accounts",
                                               .response_schema = "JsonWebKeySet",
                                               .problems = {503}},
                             .any_host = true});
}

}  // namespace terrace::identity
