#include "platform/identity/answers.hpp"

#include "platform/base/clock.hpp"
#include "platform/base/json.hpp"
#include "platform/http/problem.hpp"
#include "platform/identity/browser.hpp"
#include "platform/identity/identity.hpp"

#include <algorithm>
#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

constexpr std::size_t longest_user_agent = 300;

void write_tenants(json::Writer& writer, const Config& config, const http::Request& request, const Profile& profile) {
    writer.key("tenants").begin_array();
    for (const Belonging& belonging : profile.belongings)
        writer.begin_object()
            .member("slug", belonging.slug)
            .member("name", belonging.name)
            .member("origin", tenant_origin(config, request, belonging.slug))
            .member("role", belonging.role_slug)
            .end_object();
    writer.end_array();
}

std::string write_me(const Config& config, const http::Request& request, const Profile& profile,
                     const tenancy::Tenant& tenant, const access::Membership& membership) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object();
    writer.key("user")
        .begin_object()
        .member("id", profile.account.id.to_string())
        .member("email", profile.account.email)
        .member("full_name", profile.account.full_name)
        .member("locale", profile.account.locale)
        .end_object();
    writer.key("tenant")
        .begin_object()
        .member("id", tenant.id.to_string())
        .member("slug", tenant.slug)
        .member("name", tenant.name)
        .member("time_zone", tenant.time_zone)
        .member("origin", is_own_domain(config, request.host, tenant) ? request.scheme + "://" + request.host
                                                                      : tenant_origin(config, request, tenant.slug))
        .end_object();
    writer.key("role")
        .begin_object()
        .member("slug", membership.role_slug)
        .member("name", membership.role_name)
        .end_object();
    writer.key("permissions").begin_array();
    for (const std::string& permission : membership.permissions->names()) writer.string(permission);
    writer.end_array();
    write_tenants(writer, config, request, profile);
    writer.end_object();
    return body;
}

}  // namespace

Device device_of(const Config& config, const http::Request& request) {
    std::string user_agent(request.header("user-agent").value_or("").substr(0, longest_user_agent));
    // Header bytes need not be UTF-8, which PostgreSQL would refuse.
    std::ranges::replace_if(user_agent, [](char c) { return c < 0x20 || c > 0x7E; }, '?');
    return {.address = request.client_address,
            .user_agent = std::move(user_agent),
            .request_id = request.request_id,
            .domain = own_domain(config, request.host)};
}

http::Response private_json(int status, std::string body) {
    http::Response response = http::Response::json(status, std::move(body));
    response.header("Cache-Control", "no-store");
    return response;
}

asio::awaitable<Result<std::string>> me_body(Service& service, const http::Request& request, Uuid user,
                                             Uuid tenant_id) {
    TERRACE_CO_TRY(tenant, co_await service.directory().by_id(tenant_id));
    if (!tenant) co_return std::unexpected(errors::not_authenticated());
    TERRACE_CO_TRY(membership, co_await service.memberships().find(tenancy::Directory::scope(*tenant), user));
    TERRACE_CO_TRY(profile, co_await service.accounts().profile(user));
    if (!membership || !profile) co_return std::unexpected(errors::not_authenticated());
    co_return write_me(service.config(), request, *profile, *tenant, *membership);
}

asio::awaitable<Result<http::Response>> enter_browser(Service& service, const http::Request& request, Session session) {
    TERRACE_CO_TRY(access_token,
                   service.access_tokens().sign(session.user, session.tenant, session.id, unix_seconds()));
    TERRACE_CO_TRY(body, co_await me_body(service, request, session.user, session.tenant));
    http::Response response = private_json(200, std::move(body));
    set_session_cookies(response, access_token, session.refresh_token);
    co_return response;
}

std::optional<Uuid> host_tenant(const api::Context& context) {
    return context.tenant ? std::optional(context.tenant->id) : std::nullopt;
}

http::Response signed_out(const Error& error, const http::Request& request) {
    http::Response response = http::problem(error, request.request_id);
    clear_session_cookies(response);
    return response;
}

}  // namespace terrace::identity
