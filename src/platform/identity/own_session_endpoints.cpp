#include "platform/base/json.hpp"
#include "platform/identity/answers.hpp"
#include "platform/identity/browser.hpp"
#include "platform/identity/device_name.hpp"
#include "platform/identity/endpoints.hpp"
#include "platform/identity/identity.hpp"
#include "platform/identity/input.hpp"

#include <algorithm>
#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

std::string write_sessions(const std::vector<LiveSession>& sessions, Uuid current) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("results").begin_array();
    for (const LiveSession& session : sessions) {
        writer.begin_object().member("id", session.id.to_string());
        writer.key("tenant").begin_object();
        writer.member("slug", session.tenant_slug).member("name", session.tenant_name).end_object();
        writer.member("created_at", session.created_at).member("last_used_at", session.last_used_at);
        writer.member("user_agent", device_name(session.user_agent)).key("ip");
        session.address.empty() ? writer.null() : writer.string(session.address);
        writer.member("current", session.id == current).end_object();
    }
    writer.end_array().key("next").null().key("previous").null().end_object();
    return body;
}

Actor actor_of(const api::Context& context) {
    return {.user = context.principal->user, .session = context.principal->session};
}

http::Response nothing_left() {
    http::Response response = http::Response::no_content();
    response.header("Cache-Control", "no-store");
    return response;
}

asio::awaitable<Result<http::Response>> list(Service& service, api::Context& context) {
    const access::Principal& principal = *context.principal;
    TERRACE_CO_TRY(sessions, co_await service.own_sessions().list(principal.user, principal.session));
    co_return private_json(200, write_sessions(sessions, principal.session));
}

asio::awaitable<Result<http::Response>> end(Service& service, api::Context& context) {
    const auto id = Uuid::parse(context.parameter("id"));
    if (!id) co_return std::unexpected(errors::not_found());
    const Actor actor = actor_of(context);
    TERRACE_CO_TRY(ended, co_await service.own_sessions().end(actor.user, *id,
                                                              device_of(service.config(), context.request), actor));
    if (ended.empty()) co_return std::unexpected(errors::not_found());
    http::Response response = nothing_left();
    if (std::ranges::find(ended, actor.session) != ended.end()) clear_session_cookies(response);
    co_return response;
}

asio::awaitable<Result<http::Response>> logout_all(Service& service, api::Context& context) {
    if (auto object = read_empty_object(context); !object) co_return std::unexpected(std::move(object).error());
    const Actor actor = actor_of(context);
    const auto ended =
        co_await service.own_sessions().end_all(actor.user, device_of(service.config(), context.request), actor);
    if (!ended) co_return std::unexpected(ended.error());
    http::Response response = nothing_left();
    clear_session_cookies(response);
    co_return response;
}

}  // namespace

void add_own_session_endpoints(api::Api& api, Service& service) {
    using http::Method;
    api.endpoints.push_back(
        {Method::get,
         "/api/v1/auth/sessions",
         api::Access::signed_in(),
         [&service](api::Context& context) { return list(service, context); },
         {.operation_id = "auth_sessions",
          .summary = "Where the caller is signed in: this session, then the latest used, 100 at most",
          .description = "Each with the device that it began on, and when it was last used.",
          .tag = "Accounts",
          .response_schema = "SessionList",
          .problems = {}}});
    api.endpoints.push_back({Method::del,
                             "/api/v1/auth/sessions/{id}",
                             api::Access::signed_in(),
                             [&service](api::Context& context) { return end(service, context); },
                             {.operation_id = "auth_sessions_end",
                              .summary = "End a session of one's own, also where it was handed over to",
                              .description = "It can do nothing more within a second. Ending one that is not "
                                             "there, or not one's own, is no error and does nothing.",
                              .tag = "Accounts",
                              .success_status = 204,
                              .problems = {}}});
    api.endpoints.push_back({Method::post,
                             "/api/v1/auth/logout-all",
                             api::Access::signed_in(),
                             [&service](api::Context& context) { return logout_all(service, context); },
                             {.operation_id = "auth_logout_all",
                              .summary = "Sign out everywhere: end every session of the caller, this one included",
                              .description = "They can do nothing more within a second, on whatever device they "
                                             "are.",
                              .tag = "Accounts",
                              .request_schema = "EmptyRequest",
                              .success_status = 204,
                              .problems = {}}});
}

}  // namespace terrace::identity
