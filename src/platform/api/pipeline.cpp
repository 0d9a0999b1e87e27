#include "platform/api/pipeline.hpp"

#include "platform/api/body.hpp"
#include "platform/api/cors.hpp"
#include "platform/api/negotiate.hpp"
#include "platform/http/problem.hpp"

#include <algorithm>
#include <map>
#include <memory>
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

Error tenant_read_only() {
    return {
        .status = 403, .code = "tenant_read_only", .detail = "This organisation can be read, not changed, for now."};
}

Error tenant_mismatch() {
    return {.status = 403, .code = "tenant_mismatch", .detail = "You are signed in to another organisation."};
}

Error cross_site() {
    return {.status = 403, .code = "cross_site", .detail = "This call comes from another site."};
}

Error unsupported_media_type(std::string_view type) {
    return {.status = 415, .code = "unsupported_media_type", .detail = "Send " + std::string(type) + "."};
}

Error not_acceptable(const Endpoint& endpoint) {
    std::string detail = "This is answered as application/json";
    for (const auto& format : endpoint.documentation.formats) detail += ", " + format.media_type;
    return {.status = 406, .code = "not_acceptable", .detail = detail + " only."};
}

/// The tenant that the host names; none at the root host.
asio::awaitable<Result<TenantPtr>> tenant_of_host(const PipelineParts& parts, const http::Request& request) {
    auto name = tenancy::classify_host(request.host, parts.config.origin, parts.config.tenant_hosts);
    if (name.kind == tenancy::HostName::Kind::root) co_return nullptr;
    if (name.kind == tenancy::HostName::Kind::unknown) co_return std::unexpected(unknown_host());

    TERRACE_CO_TRY(tenant, co_await parts.directory.by_slug(std::move(name.slug)));
    if (!tenant || tenant->state == TenantState::provisioning) co_return std::unexpected(unknown_host());
    if (!tenant->open()) co_return std::unexpected(tenant_suspended());
    co_return std::move(tenant);
}

/// The tenant of a credential. A session of a tenant that is gone is no session.
asio::awaitable<Result<TenantPtr>> tenant_of_credential(const PipelineParts& parts, Uuid id) {
    TERRACE_CO_TRY(tenant, co_await parts.directory.by_id(id));
    if (!tenant || tenant->state == TenantState::provisioning) co_return std::unexpected(errors::not_authenticated());
    if (!tenant->open()) co_return std::unexpected(tenant_suspended());
    co_return std::move(tenant);
}

/// An endpoint that answers objects answers JSON; one without a body, or with bytes, admits any Accept.
Result<void> check_accept(const Route& route, const http::Request& request) {
    if (route.endpoint.documentation.response_schema.empty()) return {};
    const auto accept = request.header("accept");
    if (!accept || admits(*accept, route.endpoint.documentation.response_type)) return {};
    return std::unexpected(not_acceptable(route.endpoint));
}

/// JSON, or the format that the client wants more. What `?format=` names must be admitted by Accept, too.
Result<std::string_view> choose_format(const Route& route, const Context& context) {
    const auto asked = context.query_value("format");
    const auto accept = context.request.header("accept").value_or("");
    bool known = false;
    std::string_view best;
    int most = 0;
    const auto consider = [&](std::string_view name, std::string_view media_type) {
        if (asked && *asked != name) return;
        known = true;
        const int wanted = weight(accept, media_type);
        if (wanted <= most) return;
        best = name;
        most = wanted;
    };
    consider("json", route.endpoint.documentation.response_type);
    for (const auto& format : route.endpoint.documentation.formats) consider(format.name, format.media_type);
    if (!known)
        return std::unexpected(
            errors::validation_failed({{"format", {"invalid_choice", "This is not a format of this list."}}}));
    if (best.empty()) return std::unexpected(not_acceptable(route.endpoint));
    return best;
}

/// What an unsafe request must keep to before its body is looked at.
Result<void> check_unsafe(const Route& route, const http::Request& request) {
    if (!is_same_site_call(request) && !route.cors->admits(request)) return std::unexpected(cross_site());
    const auto type = request.header("content-type");
    const std::string_view taken = route.endpoint.documentation.request_type;
    const bool acceptable = type ? is_media_type(*type, taken) : request.body.empty();
    if (!acceptable) return std::unexpected(unsupported_media_type(taken));
    return {};
}

Result<http::Query> read_query(const Route& route, const http::Request& request) {
    if (request.query.empty()) return http::Query{};
    auto query = http::parse_query(request.query);
    if (!query) return std::unexpected(errors::parse_error("The query string is malformed."));
    FieldErrors faults;
    for (auto parameter = query->begin(); parameter != query->end(); ++parameter) {
        const std::string& name = parameter->first;
        if (std::ranges::find(route.query_names, name) == route.query_names.end())
            faults.emplace_back(name, FieldError{"unknown_field", "This parameter is not known here."});
        else if (std::ranges::find(query->begin(), parameter, name, &http::Query::value_type::first) != parameter)
            faults.emplace_back(name, FieldError{"invalid", "This parameter stands twice."});
    }
    if (!faults.empty()) return std::unexpected(errors::validation_failed(std::move(faults)));
    return std::move(*query);
}

/// Fills tenant, scope and principal, or says why not.
asio::awaitable<Result<void>> sign_in(const Route& route, Context& context) {
    const auto& parts = route.parts;
    TERRACE_CO_TRY(credential, co_await parts.authenticator.authenticate(context.request));
    if (!credential) co_return std::unexpected(errors::not_authenticated());

    if (!context.tenant) {
        TERRACE_CO_TRY(tenant, co_await tenant_of_credential(parts, credential->tenant));
        context.tenant = std::move(tenant);
    } else if (context.tenant->id != credential->tenant) {
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

    const auto& access = route.endpoint.access;
    if (!access.allows(*context.principal)) co_return std::unexpected(errors::permission_denied());
    // A session of one's own may still end: only what asks for a permission changes what belongs to the tenant.
    if (access.guarded() && context.tenant->state == TenantState::read_only && !http::is_safe(context.request.method)) {
        co_return std::unexpected(tenant_read_only());
    }
    co_return Result<void>{};
}

asio::awaitable<Result<http::Response>> run(const Route& route, Context& context) {
    const auto& request = context.request;
    if (!route.endpoint.any_host) {
        TERRACE_CO_TRY(tenant, co_await tenant_of_host(route.parts, request));
        context.tenant = std::move(tenant);
    }
    const bool negotiates = !route.endpoint.documentation.formats.empty();
    if (!negotiates) {
        if (const auto acceptable = check_accept(route, request); !acceptable)
            co_return std::unexpected(acceptable.error());
    }
    if (!http::is_safe(request.method)) {
        const auto sound = check_unsafe(route, request);
        if (!sound) co_return std::unexpected(sound.error());
    }
    TERRACE_CO_TRY(query, read_query(route, request));
    context.query = std::move(query);
    if (negotiates) {
        TERRACE_CO_TRY(format, choose_format(route, context));
        context.format = format;
    }
    if (route.endpoint.access.kind != Access::Kind::open) {
        const auto signed_in = co_await sign_in(route, context);
        if (!signed_in) co_return std::unexpected(signed_in.error());
    }
    co_return co_await route.endpoint.handler(context);
}

asio::awaitable<http::Response> answer(const Route& route, http::Request& request, http::PathParameters parameters) {
    Context context{.request = request, .parameters = std::move(parameters)};
    auto outcome = co_await run(route, context);
    auto response = outcome ? std::move(*outcome) : http::problem(outcome.error(), request.request_id);
    if (!route.endpoint.documentation.formats.empty()) response.header("Vary", "Accept");
    route.cors->decorate(request, response);
    co_return response;
}

asio::awaitable<http::Response> answer_preflight(const Cors& cors, http::Request& request, const std::string& allow) {
    co_return cors.preflight(request, allow);
}

/// OPTIONS for every path: only where CORS is configured, else dispatch() answers them.
void add_preflights(http::Router& router, const Api& api, const std::shared_ptr<const Cors>& cors) {
    std::map<std::string, std::vector<std::string_view>> methods;
    for (const auto& endpoint : api.endpoints) {
        auto& of_path = methods[endpoint.path];
        of_path.push_back(http::to_string(endpoint.method));
        if (endpoint.method == http::Method::get) of_path.push_back("HEAD");
    }
    for (auto& [path, names] : methods) {
        names.push_back("OPTIONS");
        std::ranges::sort(names);
        std::string allow;
        for (const auto name : names) allow.append(allow.empty() ? "" : ", ").append(name);
        router.add(http::Method::options, path,
                   [cors, allow = std::move(allow)](http::Request& request, const http::PathParameters&) {
                       return answer_preflight(*cors, request, allow);
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
    if (cors->enabled()) add_preflights(router, api, cors);
    for (auto& endpoint : api.endpoints) {
        auto route = std::make_shared<Route>(Route{.endpoint = std::move(endpoint), .parts = parts, .cors = cors});
        for (const auto& parameter : route->endpoint.documentation.parameters) {
            if (parameter.in == "query") route->query_names.push_back(parameter.name);
        }
        const auto method = route->endpoint.method;
        auto path = route->endpoint.path;
        router.add(method, std::move(path),
                   [route = std::move(route)](http::Request& request, http::PathParameters parameters) {
                       return answer(*route, request, std::move(parameters));
                   });
    }
    return router;
}

asio::awaitable<http::Response> dispatch(const http::Router& router, http::Request& request) {
    auto found = router.find(request.method, request.path);
    if (auto* match = std::get_if<http::Router::Match>(&found)) {
        co_return co_await (*match->handler)(request, std::move(match->parameters));
    }
    const auto* refused = std::get_if<http::Router::MethodNotAllowed>(&found);
    if (!refused) co_return http::problem(errors::not_found(), request.request_id);

    if (request.method == http::Method::options) {
        auto response = http::Response::no_content();
        response.header("Allow", refused->allow);
        co_return response;
    }
    const Error not_allowed{.status = 405, .code = "method_not_allowed", .detail = "This method is not allowed here."};
    auto response = http::problem(not_allowed, request.request_id);
    response.header("Allow", refused->allow);
    co_return response;
}

}  // namespace terrace::api
