#pragma once

#include "platform/access/permissions.hpp"
#include "platform/api/problems.hpp"
#include "platform/base/error.hpp"
#include "platform/db/scope.hpp"
#include "platform/http/message.hpp"
#include "platform/http/router.hpp"
#include "platform/tenancy/tenant.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::api {

/// One request on its way through the pipeline. What an endpoint's Access promises is set; the rest may be empty.
struct Context {
    http::Request& request;
    http::PathParameters parameters;
    http::Query query;
    /// The tenant that the host or the token names.
    tenancy::TenantPtr tenant;
    /// Set together with `tenant` where the endpoint is signed in.
    std::optional<db::TenantScope> scope;
    std::optional<access::Principal> principal;
    /// Which of the endpoint's formats the client wants.
    std::string_view format = "json";

    /// The value of `{name}` in the path; throws std::logic_error when the pattern has none (a bug).
    std::string_view parameter(std::string_view name) const;
    /// The first value of a query parameter.
    std::optional<std::string_view> query_value(std::string_view name) const;
};

/// Who may call an endpoint. There is no default: an endpoint says it (deny by default).
struct Access {
    enum class Kind {
        open,        ///< anybody; a session is not looked at
        signed_in,   ///< a live session with a membership in the tenant
        permission,  ///< signed in, and the role holds `permission`
        rule,        ///< signed in, and `admits` says yes; the handler decides for each object
    };
    Kind kind;
    std::string permission;  ///< of a rule its text for a person, such as `bookings.read or own doctor_id`
    std::vector<std::string> rule_permissions;  ///< those that a rule names
    std::function<bool(const access::Principal&)> admits;

    static Access open() { return {Kind::open, {}, {}, {}}; }
    static Access signed_in() { return {Kind::signed_in, {}, {}, {}}; }
    static Access requires_permission(std::string name) { return {Kind::permission, std::move(name), {}, {}}; }
    static Access by_rule(std::string text, std::vector<std::string> permissions,
                          std::function<bool(const access::Principal&)> admits) {
        return {Kind::rule, std::move(text), std::move(permissions), std::move(admits)};
    }

    /// Whether it asks for more than a session; only such an endpoint changes what belongs to the tenant.
    bool guarded() const { return kind == Kind::permission || kind == Kind::rule; }
    bool allows(const access::Principal& principal) const {
        return kind == Kind::rule ? admits(principal) : kind != Kind::permission || principal.may(permission);
    }
};

/// 403 where the signed-in caller may not call an endpoint by this method, whatever is sent: `permission_denied`, or
/// `tenant_read_only` for a write to an organisation that can only be read for now.
Result<void> admit(const Access& access, http::Method method, const Context& context);

using Handler = std::function<boost::asio::awaitable<Result<http::Response>>(Context& context)>;

/// A query or header parameter, for OpenAPI; unknown query parameters are refused with 400 by the pipeline, so every
/// one that the handler reads is listed.
struct Parameter {
    std::string name;
    std::string in = "query";  ///< "query" or "header"; path parameters come from the pattern
    std::string description;
    std::string schema = R"({"type":"string"})";  ///< JSON Schema text
    bool explode = true;                          ///< false: the items of an array stand in one value, between commas
};

/// A form of an answer beside JSON. A client asks for it by `Accept`, or by `?format=<name>` where it cannot set a
/// header, as in a link.
struct Format {
    std::string name;        ///< "csv"
    std::string media_type;  ///< "text/csv"
};

/// What OpenAPI says of an endpoint beside its path. Schema names refer to Api::schemas.
struct Documentation {
    std::string operation_id;  ///< "patients_list"
    std::string summary;
    std::string description;  ///< what a caller must know beyond the summary, in Markdown
    std::string tag;
    std::vector<Parameter> parameters;
    std::string request_schema;  ///< "" when it takes no body, or one that is not JSON
    std::string request_type = "application/json";
    int success_status = 200;
    std::string response_schema;                     ///< "" when it answers no body, or one that is not JSON
    std::string response_type = "application/json";  ///< `*/*`: bytes of any type
    std::vector<Format> formats;                 ///< of the answer, beside JSON; then `format` is one of the parameters
    std::vector<int> problems;                   ///< statuses beside those that the pipeline may give
    std::vector<std::string_view> own_problems;  ///< kinds that few operations answer, by schema (Problem::own)
    std::string extensions;  ///< further members as raw JSON, such as `"x-transitions":[…]`; often empty
};

class Teller;

/// Unsafe methods take `application/json`, or else the one type that is documented, and refuse a browser's cross-site
/// call (csrf.hpp).
struct Endpoint {
    http::Method method;
    std::string path;  ///< "/api/v1/patients/{id}"
    Access access;
    Handler handler;
    Documentation documentation;
    /// Answers whatever the host names: `/healthz`, `/readyz`, JWKS. Context::tenant is empty then.
    bool any_host = false;
    /// Does its work in a write of the tenant's own. Refused with 503 before it begins, and before anybody looks into
    /// its body, while such a write would wait for a lane in vain (db::Database::is_hopeless).
    bool writes = false;
    /// What OPTIONS says of it, where that is not for every caller what the documentation says (options.hpp).
    std::shared_ptr<const Teller> teller = {};
};

/// Component schemas by name, as JSON Schema text (OpenAPI 3.1).
using Schemas = std::vector<std::pair<std::string, std::string>>;

/// The names of the `{name}` segments of a pattern, in order.
std::vector<std::string> path_names(std::string_view pattern);

/// Everything that the server answers: made once per loop by the composition root; `terrace routes`, `terrace openapi`
/// and the isolation suite read the same list.
struct Api {
    std::vector<Endpoint> endpoints;
    Schemas schemas;
    /// What the endpoints of a tag are about, by the tag.
    std::vector<std::pair<std::string, std::string>> tags;
    /// The product's own kinds of problems, beside platform_problems().
    std::vector<Problem> problems;
    /// Whose roles the documentation names; nullptr names none.
    const access::Catalogue* catalogue = nullptr;
};

/// Adds a component schema that several parts of a program may share. Throws std::logic_error when there is another of
/// this name.
void add_schema(Api& api, std::string name, std::string schema);

}  // namespace terrace::api
