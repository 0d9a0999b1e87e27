#include "platform/base/clock.hpp"
#include "platform/base/crypto.hpp"
#include "platform/http/cookie.hpp"
#include "platform/identity/answers.hpp"
#include "platform/identity/browser.hpp"
#include "platform/identity/endpoints.hpp"
#include "platform/identity/identity.hpp"
#include "platform/identity/input.hpp"

#include <string_view>
#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

constexpr std::size_t nonce_bytes = 32;

bool is_digest_text(std::string_view text) {
    const auto bytes = crypto::from_base64url(text);
    return bytes && bytes->size() == nonce_bytes;
}

std::string challenge_of(std::string_view nonce) {
    return crypto::base64url(crypto::sha256(nonce));
}

/// `&next=…` when it is a path of our own, nothing otherwise.
std::string next_parameter(const api::Context& context) {
    const auto next = context.query_value("next");
    return next && is_local_path(*next) ? "&next=" + http::percent_encode(*next) : std::string();
}

/// Where the person came from: the tenant's sub-domain, or one of its own domains, which the root host is told of.
struct Way {
    std::string base;
    std::optional<std::string> domain;
};

Way way_back(const Config& config, const tenancy::Tenant& tenant, std::optional<std::string_view> host) {
    if (host && is_own_domain(config, *host, tenant))
        return {.base = config.origin.scheme + "://" + std::string(*host), .domain = own_domain(config, *host)};
    return {.base = tenant_base(config, tenant.slug), .domain = {}};
}

http::Response to_sign_in(const std::string& base, const api::Context& context) {
    std::string parameters = next_parameter(context);
    if (!parameters.empty()) parameters.front() = '?';
    return redirect(base + "/sign-in" + parameters);
}

/// `&host=…` on one of the tenant's own domains: the way back leads there, where the nonce is.
std::string host_parameter(const Config& config, const api::Context& context) {
    const bool own = context.tenant && is_own_domain(config, context.request.host, *context.tenant);
    return own ? "&host=" + http::percent_encode(context.request.host) : std::string();
}

/// The nonce of a hand-off that is under way in another tab serves this one too.
std::string nonce_of(const http::Request& request) {
    const auto nonce = request.cookie(enter_cookie);
    return nonce && is_digest_text(*nonce) ? std::string(*nonce) : crypto::base64url(crypto::random_bytes(nonce_bytes));
}

/// On the tenant's host: remembers a nonce and asks the root host for a code.
asio::awaitable<Result<http::Response>> begin_enter(Service& service, api::Context& context) {
    const Config& config = service.config();
    std::string slug;
    if (context.tenant)
        slug = context.tenant->slug;
    else if (config.tenant_hosts == TenantHosts::none)
        slug = context.query_value("tenant").value_or("");
    if (slug.empty()) co_return redirect(root_base(config) + "/sign-in");

    const std::string nonce = nonce_of(context.request);
    http::Response response =
        redirect(root_base(config) + "/api/v1/auth/handoff?tenant=" + http::percent_encode(slug) +
                 "&challenge=" + challenge_of(nonce) + host_parameter(config, context) + next_parameter(context));
    response.header("Set-Cookie", http::set_host_cookie(enter_cookie, nonce, enter_cookie_life));
    co_return response;
}

struct RootSession {
    Session session;
    bool refreshed = false;
};

/// A live session: by its access token, or by its refresh cookie where that one has run out, which rotates it. Whether
/// it is one of the root host's own, `make_handoff` asks.
asio::awaitable<Result<std::optional<RootSession>>> root_session(Service& service, const http::Request& request) {
    auto credential = co_await service.authenticator().authenticate(request);
    if (credential && *credential) {
        const api::Credential& who = **credential;
        co_return RootSession{
            .session = {.id = who.session, .user = who.user, .tenant = who.tenant, .refresh_token = {}}};
    }
    if (!credential && credential.error().status != 401) co_return std::unexpected(credential.error());
    const auto presented = request.cookie(refresh_cookie);
    if (!presented) co_return std::optional<RootSession>();
    auto session = co_await service.sessions().refresh(std::string(*presented), std::nullopt,
                                                       device_of(service.config(), request));
    if (!session && session.error().status == 401) co_return std::optional<RootSession>();
    if (!session) co_return std::unexpected(session.error());
    co_return RootSession{.session = std::move(*session), .refreshed = true};
}

/// On the root host: makes a code for the person of its session, bound to the challenge.
asio::awaitable<Result<http::Response>> hand_off(Service& service, api::Context& context) {
    const Config& config = service.config();
    const std::string slug(context.query_value("tenant").value_or(""));
    const std::string challenge(context.query_value("challenge").value_or(""));
    TERRACE_CO_TRY(tenant, co_await service.directory().by_slug(slug));
    if (context.tenant || !tenant || !is_digest_text(challenge)) co_return std::unexpected(errors::not_found());

    TERRACE_CO_TRY(root, co_await root_session(service, context.request));
    const auto [base, domain] = way_back(config, *tenant, context.query_value("host"));
    if (!root) co_return to_sign_in(base, context);
    TERRACE_CO_TRY(code, co_await service.sessions().make_handoff(root->session, slug, challenge, domain));
    http::Response response =
        code ? redirect(base + "/enter?code=" + *code + next_parameter(context)) : to_sign_in(base, context);
    if (root->refreshed) {
        const Session& session = root->session;
        TERRACE_CO_TRY(access_token,
                       service.access_tokens().sign(session.user, session.tenant, session.id, unix_seconds()));
        set_session_cookies(response, access_token, session.refresh_token);
    }
    co_return response;
}

Error spent_code() {
    return {.status = 401, .code = "invalid_grant", .detail = "This link has been used or has run out. Sign in again."};
}

/// On the tenant's host again: takes the code, from the browser that holds the nonce.
asio::awaitable<Result<http::Response>> enter(Service& service, api::Context& context) {
    TERRACE_CO_TRY(input, Input::read(context));
    std::string code = input.required("code", {.trim = false});
    if (auto faults = input.finish(); !faults) co_return std::unexpected(std::move(faults).error());
    const auto nonce = context.request.cookie(enter_cookie);
    if (!nonce) co_return std::unexpected(spent_code());
    TERRACE_CO_TRY(session,
                   co_await service.sessions().take_handoff(std::move(code), challenge_of(*nonce), host_tenant(context),
                                                            device_of(service.config(), context.request)));
    if (!session) co_return std::unexpected(spent_code());
    TERRACE_CO_TRY(response, co_await enter_browser(service, context.request, std::move(*session)));
    response.header("Set-Cookie", http::clear_host_cookie(enter_cookie));
    co_return std::move(response);
}

api::Parameter next_documentation() {
    return {.name = "next", .description = "The path to go to afterwards, on the organisation's host"};
}

}  // namespace

void add_handoff_endpoints(api::Api& api, Service& service) {
    using http::Method;
    const auto open = api::Access::open();
    api.endpoints.push_back(
        {Method::get,
         "/api/v1/auth/enter",
         open,
         [&service](api::Context& context) { return begin_enter(service, context); },
         {.operation_id = "auth_enter_begin",
          .summary = "Bring a sign-in over from the root host (a browser goes here)",
          .description = "Sets a nonce, and sends the browser to the root host, which knows its session, for a "
                         "code.",
          .tag = "Accounts",
          .parameters = {next_documentation(),
                         {.name = "tenant", .description = "The organisation, where one host serves all"}},
          .success_status = 302,
          .problems = {}}});
    api.endpoints.push_back(
        {Method::get,
         "/api/v1/auth/handoff",
         open,
         [&service](api::Context& context) { return hand_off(service, context); },
         {.operation_id = "auth_handoff",
          .summary = "Hand a sign-in over to an organisation's host (a browser is sent here)",
          .description = "For a member of the organisation who has signed in at the root host; anybody else is "
                         "sent to sign in, and so is a session that was itself handed over.",
          .tag = "Accounts",
          .parameters = {next_documentation(),
                         {.name = "tenant", .description = "The organisation to enter"},
                         {.name = "host", .description = "One of its own domains, where the way back leads then"},
                         {.name = "challenge", .description = "SHA-256 of the browser's nonce, base64url"}},
          .success_status = 302,
          .problems = {404}}});
    api.endpoints.push_back({Method::post,
                             "/api/v1/auth/enter",
                             open,
                             [&service](api::Context& context) { return enter(service, context); },
                             {.operation_id = "auth_enter",
                              .summary = "Take the code of a hand-off: the tokens come as cookies",
                              .description = "The code works once, within a minute, in the browser that asked "
                                             "for it.",
                              .tag = "Accounts",
                              .request_schema = "EnterRequest",
                              .response_schema = "Me",
                              .problems = {400},
                              .own_problems = {"GrantProblem"}}});
}

}  // namespace terrace::identity
