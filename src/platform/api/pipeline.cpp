#include "platform/api/pipeline.hpp"

#include "platform/api/admitted_body.hpp"
#include "platform/api/cors.hpp"
#include "platform/api/request_checks.hpp"
#include "platform/base/log.hpp"
#include "platform/base/mutant.hpp"
#include "platform/http/problem.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

namespace terrace::api {
namespace {

namespace asio = boost::asio;
using tenancy::TenantPtr;
using tenancy::TenantState;

/// An endpoint with what the pipeline needs beside it.
struct Route {
    Endpoint endpoint;
    PipelineParts parts;
    std::shared_ptr<const Cors> cors;
    std::vector<std::string> query_names;
};

Error unknown_host() {
    return {.status = 404, .code = "unknown_host", .detail = "No organisation has this address."};
}

Error tenant_suspended() {
    return {.status = 403, .code = "tenant_suspended", .detail = "This organisation is suspended."};
}

Error tenant_mismatch() {
    return {.status = 403, .code = "tenant_mismatch", .detail = "You are signed in to another organisation."};
}

/// The tenant that the host names; none at the root host.
asio::awaitable<Result<TenantPtr>> tenant_of_host(const PipelineParts& parts, const http::Request& request) {
    auto name = tenancy::classify_host(request.host, parts.config.origin, parts.config.tenant_hosts);
    if (name.kind == tenancy::HostName::Kind::root) co_return nullptr;
    if (name.kind == tenancy::HostName::Kind::unknown) co_return std::unexpected(unknown_host());

    const bool own_domain = name.kind == tenancy::HostName::Kind::domain;
    TERRACE_CO_TRY(tenant, own_domain ? co_await parts.directory.by_domain(std::move(name.domain))
                                      : co_await parts.directory.by_slug(std::move(name.slug)));
    if (!tenant || tenant->state == TenantState::provisioning) co_return std::unexpected(unknown_host());
    if (!tenant->open() && !mutant("shut-clinics-served")) co_return std::unexpected(tenant_suspended());
    co_return std::move(tenant);
}

/// The tenant of a credential. A session of a tenant that is gone is no session.
asio::awaitable<Result<TenantPtr>> tenant_of_credential(const PipelineParts& parts, Uuid id) {
    TERRACE_CO_TRY(tenant, co_await parts.directory.by_id(id));
    if (!tenant || tenant->state == TenantState::provisioning) co_return std::unexpected(errors::not_authenticated());
    if (!tenant->open() && !mutant("shut-clinics-served")) co_return std::unexpected(tenant_suspended());
    co_return std::move(tenant);
}

/// Fills tenant, scope and principal, or says why not.
asio::awaitable<Result<void>> sign_in(const Route& route, Context& context) {
    const auto& parts = route.parts;
    TERRACE_CO_TRY(credential, co_await parts.authenticator.authenticate(context.request));
    if (!credential) co_return std::unexpected(errors::not_authenticated());
    if (const auto id = context.request.header("x-tenant-id"); id && mutant("tenant-of-a-header"))
        credential->tenant = Uuid::parse(*id).value_or(credential->tenant);

    if (!context.tenant) {
        TERRACE_CO_TRY(tenant, co_await tenant_of_credential(parts, credential->tenant));
        context.tenant = std::move(tenant);
    } else if (context.tenant->id != credential->tenant && !mutant("tenant-mismatch-unseen")) {
        co_return std::unexpected(tenant_mismatch());
    }

    context.scope = tenancy::Directory::scope(*context.tenant);
    TERRACE_CO_TRY(membership, co_await parts.memberships.find(*context.scope, credential->user));
    if (!membership) co_return std::unexpected(errors::permission_denied());
    context.principal = access::Principal{.user = credential->user,
                                          .session = credential->session,
                                          .tenant = credential->tenant,
                                          .role_slug = membership->role_slug,
                                          .role_name = membership->role_name,
                                          .permissions = membership->permissions};

    if (mutant("permission-unchecked", route.endpoint.documentation.operation_id)) co_return Result<void>();
    co_return admit(route.endpoint.access, context.request.method, context);
}

/// Where a tenant asks for more than can be done, most of the work would be for what is refused in the end. The queue
/// is fair between tenants, so it must be known who asks: this comes after the checks, which are look-ups in memory.
/// A tenant gets no other refused unless the whole queue is full, and who is not let in hears of no queue. The body has
/// come, since the next request on the connection lies behind it, but nobody has looked into it.
bool is_in_vain(const Route& route, const Context& context) {
    return route.endpoint.writes && context.scope &&
           route.parts.database.is_hopeless(*context.scope, db::UnitKind::write);
}

asio::awaitable<Result<http::Response>> run(const Route& route, Context& context) {
    const auto& request = context.request;
    if (!route.endpoint.any_host && !mutant("host-unread")) {
        TERRACE_CO_TRY(tenant, co_await tenant_of_host(route.parts, request));
        context.tenant = std::move(tenant);
    }
    const bool negotiates = !route.endpoint.documentation.formats.empty();
    if (!negotiates) {
        if (const auto acceptable = check_accept(route.endpoint, request); !acceptable)
            co_return std::unexpected(acceptable.error());
    }
    if (!http::is_safe(request.method)) {
        const auto sound = check_unsafe(route.endpoint, *route.cors, request);
        if (!sound) co_return std::unexpected(sound.error());
    }
    TERRACE_CO_TRY(query, read_query(route.query_names, request));
    context.query = std::move(query);
    if (negotiates) {
        TERRACE_CO_TRY(format, choose_format(route.endpoint, context));
        context.format = format;
    }
    if (route.endpoint.access.kind != Access::Kind::open) {
        const auto signed_in = co_await sign_in(route, context);
        if (!signed_in) co_return std::unexpected(signed_in.error());
    }
    if (is_in_vain(route, context)) co_return std::unexpected(errors::unavailable());
    TERRACE_CO_TRY(response, co_await route.endpoint.handler(context));
    if (response.rest && context.principal)
        response.rest =
            std::make_unique<AdmittedBody>(route.parts, *context.principal, *context.scope, std::move(response.rest));
    co_return std::move(response);
}

/// So that whoever has the request id of a 403 finds why it came.
void log_forbidden(const Route& route, const Context& context, const Error& error) {
    const auto& caller = context.principal;
    log::info("forbidden", {{"code", error.code},
                            {"operation", route.endpoint.documentation.operation_id},
                            {"needs", route.endpoint.access.permission},
                            {"role", caller ? std::string_view(caller->role_slug) : ""},
                            {"request_id", context.request.request_id}});
}

asio::awaitable<http::Response> answer(const Route& route, http::Request& request, http::PathParameters parameters) {
    Context context{.request = request, .parameters = std::move(parameters)};
    auto outcome = co_await run(route, context);
    if (!outcome && outcome.error().status == 403) log_forbidden(route, context, outcome.error());
    auto response = outcome ? std::move(*outcome) : http::problem(outcome.error(), request.request_id);
    if (!route.endpoint.documentation.formats.empty()) response.header("Vary", "Accept");
    route.cors->decorate(request, response);
    co_return response;
}

/// OPTIONS of one path.
struct OptionsRoute {
    std::string allow;
    std::shared_ptr<const Cors> cors;
    std::shared_ptr<const Route> told;  ///< its own endpoint (options.hpp), where it has one
};

/// Nobody is told the methods alone; so is a browser that asks whether another origin may, which sends no credential.
asio::awaitable<http::Response> answer_options(const OptionsRoute& route, http::Request& request,
                                               http::PathParameters parameters) {
    const bool is_preflight = request.header("access-control-request-method").has_value();
    const bool is_somebody = request.header("authorization") || carries_our_cookie(request);
    if (!route.told || is_preflight || !is_somebody) co_return route.cors->preflight(request, route.allow);
    auto response = co_await answer(*route.told, request, std::move(parameters));
    if (response.status == 200) response.header("Allow", route.allow);
    co_return response;
}

/// The methods of each path, for the Allow header.
std::map<std::string, std::string> allowed_methods(const Api& api) {
    std::map<std::string, std::set<std::string_view>> methods;
    for (const auto& endpoint : api.endpoints) {
        auto& of_path = methods[endpoint.path];
        of_path.insert({"OPTIONS", http::to_string(endpoint.method)});
        if (endpoint.method == http::Method::get) of_path.insert("HEAD");
    }
    std::map<std::string, std::string> allowed;
    for (const auto& [path, names] : methods) allowed[path] = fmt::format("{}", fmt::join(names, ", "));
    return allowed;
}

void add_options_routes(http::Router& router, const std::map<std::string, std::string>& allowed,
                        const std::map<std::string, std::shared_ptr<const Route>>& told,
                        const std::shared_ptr<const Cors>& cors) {
    for (const auto& [path, allow] : allowed) {
        const auto found = told.find(path);
        const auto route =
            std::make_shared<const OptionsRoute>(allow, cors, found == told.end() ? nullptr : found->second);
        router.add(http::Method::options, path, [route](http::Request& request, http::PathParameters parameters) {
            return answer_options(*route, request, std::move(parameters));
        });
    }
}

void check_permissions(const Api& api, const access::Catalogue& catalogue) {
    for (const auto& endpoint : api.endpoints) {
        const auto& access = endpoint.access;
        auto named = access.rule_permissions;
        if (access.kind == Access::Kind::permission) named.push_back(access.permission);
        for (const auto& permission : named) {
            if (catalogue.knows(permission)) continue;
            throw std::logic_error(endpoint.path + " asks for the unknown permission " + permission);
        }
    }
}

}  // namespace

http::Router make_router(Api api, PipelineParts parts) {
    check_permissions(api, parts.memberships.catalogue());
    http::Router router;
    const auto cors = std::make_shared<const Cors>(parts.config.cors_allowed_origins);
    const auto allowed = allowed_methods(api);
    std::map<std::string, std::shared_ptr<const Route>> options;
    for (auto& endpoint : api.endpoints) {
        auto route = std::make_shared<Route>(Route{.endpoint = std::move(endpoint), .parts = parts, .cors = cors});
        for (const auto& parameter : route->endpoint.documentation.parameters) {
            if (parameter.in == "query") route->query_names.push_back(parameter.name);
        }
        const auto method = route->endpoint.method;
        auto path = route->endpoint.path;
        if (method == http::Method::options) {
            options[path] = std::move(route);
            continue;
        }
        router.add(method, std::move(path),
                   [route = std::move(route)](http::Request& request, http::PathParameters parameters) {
                       return answer(*route, request, std::move(parameters));
                   });
    }
    add_options_routes(router, allowed, options, cors);
    return router;
}

asio::awaitable<http::Response> dispatch(const http::Router& router, http::Request& request) {
    auto found = router.find(request.method, request.path);
    if (auto* match = std::get_if<http::Router::Match>(&found)) {
        co_return co_await (*match->handler)(request, std::move(match->parameters));
    }
    const auto* refused = std::get_if<http::Router::MethodNotAllowed>(&found);
    if (!refused) co_return http::problem(errors::not_found(), request.request_id);

    const Error not_allowed{.status = 405, .code = "method_not_allowed", .detail = "This method is not allowed here."};
    auto response = http::problem(not_allowed, request.request_id);
    response.header("Allow", refused->allow);
    co_return response;
}

}  // namespace terrace::api
