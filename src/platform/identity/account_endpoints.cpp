#include "platform/base/clock.hpp"
#include "platform/base/json.hpp"
#include "platform/identity/answers.hpp"
#include "platform/identity/browser.hpp"
#include "platform/identity/endpoints.hpp"
#include "platform/identity/identity.hpp"
#include "platform/identity/input.hpp"
#include "platform/identity/password_policy.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

constexpr std::array<std::string_view, 2> locales{"en", "hi"};

Result<SignUp> read_sign_up(const api::Context& context) {
    TERRACE_TRY(input, Input::read(context));
    SignUp form{.organization_name = input.required("organization_name", {.most_characters = 200}),
                .slug = input.required("slug"),
                .full_name = input.required("full_name", {.most_characters = 200}),
                .email = input.required("email", {.most_characters = 254}),
                .password = input.required("password", {.most_characters = most_password_bytes, .trim = false})};
    for (auto& [field, error] : check_sign_up(form))
        if (!input.failed(field)) input.fail(field, std::move(error));
    if (auto faults = input.finish(); !faults) return std::unexpected(std::move(faults).error());
    return form;
}

std::string write_registered(const Config& config, const http::Request& request, const Registered& registered) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object();
    writer.key("user")
        .begin_object()
        .member("id", registered.account.id.to_string())
        .member("email", registered.account.email)
        .member("full_name", registered.account.full_name)
        .end_object();
    writer.key("tenant")
        .begin_object()
        .member("id", registered.tenant.to_string())
        .member("slug", registered.slug)
        .member("name", registered.name)
        .member("origin", tenant_origin(config, request, registered.slug))
        .end_object();
    writer.end_object();
    return body;
}

asio::awaitable<Result<http::Response>> register_organization(Service& service, api::Context& context) {
    TERRACE_CO_TRY(form, read_sign_up(context));
    TERRACE_CO_TRY(registered, co_await service.registration().run(std::move(form), context.request.client_address));
    http::Response response = private_json(201, write_registered(service.config(), context.request, registered));
    // On another organisation's host the cookies of a session there stay.
    if (!is_browser_call(context.request) || context.tenant) co_return response;
    // The organisation stands: a session that cannot be opened now is a sign-in later, not a failed sign-up.
    const auto session = co_await service.sessions().open(registered.account.id, registered.tenant,
                                                          device_of(service.config(), context.request));
    if (!session) co_return response;
    const auto access_token = service.access_tokens().sign(session->user, session->tenant, session->id, unix_seconds());
    if (access_token) set_session_cookies(response, *access_token, session->refresh_token);
    co_return response;
}

asio::awaitable<Result<http::Response>> slug_availability(Service& service, api::Context& context) {
    const auto slug = context.query_value("slug");
    if (!slug)
        co_return std::unexpected(errors::validation_failed({{"slug", {"required", "This field is required."}}}));
    TERRACE_CO_TRY(answer, co_await service.registration().check_slug(std::string(*slug)));
    std::string body;
    json::Writer writer(body);
    writer.begin_object().member("slug", *slug).member("available", !answer.error);
    if (answer.error) writer.member("code", answer.error->code).member("message", answer.error->message);
    if (answer.suggestion) writer.member("suggestion", *answer.suggestion);
    writer.end_object();
    co_return private_json(200, std::move(body));
}

asio::awaitable<Result<http::Response>> me(Service& service, api::Context& context) {
    const access::Principal& principal = *context.principal;
    TERRACE_CO_TRY(body, co_await me_body(service, context.request, principal.user, principal.tenant));
    co_return private_json(200, std::move(body));
}

asio::awaitable<Result<http::Response>> update_me(Service& service, api::Context& context) {
    TERRACE_CO_TRY(input, Input::read(context));
    auto full_name = input.optional("full_name", {.most_characters = 200});
    auto locale = input.optional("locale");
    if (locale && std::ranges::find(locales, *locale) == locales.end())
        input.fail("locale", {"invalid_choice", "Choose en or hi."});
    if (auto faults = input.finish(); !faults) co_return std::unexpected(std::move(faults).error());
    if (full_name || locale) {
        const auto updated =
            co_await service.accounts().update(context.principal->user, std::move(full_name), std::move(locale));
        if (!updated) co_return std::unexpected(updated.error());
    }
    co_return co_await me(service, context);
}

}  // namespace

void add_account_endpoints(api::Api& api, Service& service) {
    using http::Method;
    api.endpoints.push_back(
        {Method::post,
         "/api/v1/auth/register",
         api::Access::open(),
         [&service](api::Context& context) { return register_organization(service, context); },
         {.operation_id = "auth_register",
          .summary = "Sign an organisation up, with its owner",
          .description = "The person becomes its owner. Somebody who has an account already "
                         "signs up with the same e-mail and password. 409 `slug_taken` names another "
                         "sub-domain to be chosen; 409 `account_exists`: the e-mail has an account with "
                         "another password.",
          .tag = "Accounts",
          .request_schema = "RegisterRequest",
          .success_status = 201,
          .response_schema = "RegisterResponse",
          .problems = {400, 429},
          .own_problems = {"AccountExistsProblem", "TakenProblem"}}});
    api.endpoints.push_back({Method::get,
                             "/api/v1/auth/slug-availability",
                             api::Access::open(),
                             [&service](api::Context& context) { return slug_availability(service, context); },
                             {.operation_id = "auth_slug_availability",
                              .summary = "Whether an organisation could take an address",
                              .description = "For a form while somebody types. Only signing up decides.",
                              .tag = "Accounts",
                              .parameters = {{.name = "slug", .description = "The sub-domain that is wanted"}},
                              .response_schema = "SlugAvailability",
                              .problems = {400}}});
    api.endpoints.push_back({Method::get,
                             "/api/v1/auth/me",
                             api::Access::signed_in(),
                             [&service](api::Context& context) { return me(service, context); },
                             {.operation_id = "auth_me",
                              .summary = "Who is signed in, where, and what the role allows",
                              .description = "The permissions are what the role holds now; what a screen offers "
                                             "is decided by them.",
                              .tag = "Accounts",
                              .response_schema = "Me",
                              .problems = {}}});
    api.endpoints.push_back({Method::patch,
                             "/api/v1/auth/me",
                             api::Access::signed_in(),
                             [&service](api::Context& context) { return update_me(service, context); },
                             {.operation_id = "auth_me_update",
                              .summary = "Change one's own name or language",
                              .description = "What is not sent stays as it is.",
                              .tag = "Accounts",
                              .request_schema = "MeUpdate",
                              .response_schema = "Me",
                              .problems = {400}}});
}

}  // namespace terrace::identity
