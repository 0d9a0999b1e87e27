#include "platform/api/openapi_operation.hpp"

#include "platform/api/openapi.hpp"
#include "platform/http/status.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

namespace terrace::api {
namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view bytes_schema = R"({"type":"string","contentMediaType":"application/octet-stream"})";

bool is_unsafe(const Endpoint& endpoint) {
    return !http::is_safe(endpoint.method);
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return result;
}

std::string schema_reference(std::string_view name) {
    return R"({"$ref":"#/components/schemas/)" + std::string(name) + R"("})";
}

void write_media_type(json::Writer& out, std::string_view type, std::string_view schema) {
    out.key(type).begin_object().key("schema").raw(schema).end_object();
}

void write_content(json::Writer& out, std::string_view type, std::string_view schema) {
    out.key("content").begin_object();
    write_media_type(out, type, schema);
    out.end_object();
}

void write_parameter(json::Writer& out, const Parameter& parameter, bool required) {
    out.begin_object().member("name", parameter.name).member("in", parameter.in);
    if (required) out.member("required", true);
    if (!parameter.description.empty()) out.member("description", parameter.description);
    if (!parameter.explode) out.member("style", "form").member("explode", false);
    out.key("schema").raw(parameter.schema).end_object();
}

void write_parameters(json::Writer& out, const Endpoint& endpoint) {
    const auto names = path_names(endpoint.path);
    const auto& declared = endpoint.documentation.parameters;
    if (names.empty() && declared.empty()) return;
    out.key("parameters").begin_array();
    for (const auto& name : names) {
        const bool id = name == "id" || name.ends_with("_id");
        const Parameter parameter{
            .name = name, .in = "path", .schema = id ? R"({"type":"string","format":"uuid"})" : R"({"type":"string"})"};
        write_parameter(out, parameter, true);
    }
    for (const auto& parameter : declared) write_parameter(out, parameter, false);
    out.end_array();
}

/// The statuses of those of `problems` that are the endpoint's own.
std::set<int> own_statuses(std::span<const Problem> problems, const Endpoint& endpoint) {
    std::set<int> statuses;
    for (const auto schema : endpoint.documentation.own_problems) {
        const auto found = std::ranges::find(problems, schema, &Problem::schema);
        if (found == problems.end()) throw std::logic_error("no problem is called " + std::string(schema));
        statuses.insert(found->status);
    }
    return statuses;
}

void write_success(json::Writer& out, const Documentation& documentation) {
    out.key(std::to_string(documentation.success_status)).begin_object();
    out.member("description", http::reason_phrase(documentation.success_status));
    if (!documentation.response_schema.empty()) {
        out.key("content").begin_object();
        write_media_type(out, json_type, schema_reference(documentation.response_schema));
        for (const auto& format : documentation.formats)
            write_media_type(out, format.media_type, R"({"type":"string"})");
        out.end_object();
    } else if (documentation.response_type != json_type) {
        const bool bytes = documentation.response_type == "*/*";
        write_content(out, documentation.response_type, bytes ? bytes_schema : R"({"type":"string"})");
    }
    out.end_object();
}

void write_empty(json::Writer& out, int status) {
    out.key(std::to_string(status)).begin_object().member("description", http::reason_phrase(status)).end_object();
}

bool takes(const Documentation& documentation, std::string_view parameter) {
    return std::ranges::find(documentation.parameters, parameter, &Parameter::name) != documentation.parameters.end();
}

void write_part(json::Writer& out, const Documentation& documentation) {
    out.key("206").begin_object().member("description", http::reason_phrase(206));
    out.key("headers").raw(R"({"Content-Range":{"description":"`bytes 0-99/1234`","schema":{"type":"string"}}})");
    write_content(out, documentation.response_type, bytes_schema);
    out.end_object();
}

void write_responses(json::Writer& out, std::span<const Problem> problems, const Endpoint& endpoint) {
    const auto& documentation = endpoint.documentation;
    out.key("responses").begin_object();
    write_success(out, documentation);
    if (endpoint.method == http::Method::options) write_empty(out, 204);  // to who is not signed in
    if (takes(documentation, "Range")) write_part(out, documentation);
    // Where a caller may say what it holds already, it may be answered that this is current.
    if (takes(documentation, "If-None-Match")) write_empty(out, 304);
    const std::set<int> own = own_statuses(problems, endpoint);
    std::set<int> statuses = problem_statuses(endpoint);
    statuses.insert(own.begin(), own.end());
    for (const int status : statuses) {
        out.key(std::to_string(status));
        if (own.contains(status))
            write_problem(out, status, problem_schema(problems, status, documentation.own_problems));
        else
            out.begin_object().member("$ref", "#/components/responses/" + response_name(status)).end_object();
    }
    out.end_object();
}

/// The roles that may call an endpoint, as a new organisation has them.
std::vector<std::string_view> roles_of(const Api& api, const Access& access) {
    std::vector<std::string_view> roles;
    if (!api.catalogue || !access.guarded()) return roles;
    for (const access::RoleTemplate& role : api.catalogue->roles()) {
        const access::Principal holder{
            .permissions = std::make_shared<const access::PermissionSet>(
                role.holds_all ? api.catalogue->all() : access::PermissionSet(role.permissions))};
        if (access.allows(holder)) roles.push_back(role.slug);
    }
    return roles;
}

/// ``Needs `patients.read`. Roles, unless the organisation has changed them: owner, admin, doctor.``
std::string note_of(const Access& access, const std::vector<std::string_view>& roles) {
    std::string note = "Needs `" + access.permission + "`. Roles, unless the organisation has changed them:";
    for (const auto role : roles) note.append(role == roles.front() ? " " : ", ").append(role);
    return note + '.';
}

void write_description(json::Writer& out, const Api& api, const Endpoint& endpoint) {
    std::string text = endpoint.documentation.description;
    const auto roles = roles_of(api, endpoint.access);
    if (!roles.empty()) text.append(text.empty() ? "" : "\n\n").append(note_of(endpoint.access, roles));
    if (!text.empty()) out.member("description", text);
}

void write_security(json::Writer& out, const Api& api, const Endpoint& endpoint) {
    const Access& access = endpoint.access;
    out.key("security");
    if (access.kind == Access::Kind::open) {
        out.raw("[]");
        return;
    }
    // OPTIONS tells less to who sends neither.
    const bool optional = endpoint.method == http::Method::options;
    out.raw(optional ? R"([{"bearerAuth":[]},{"cookieAuth":[]},{}])" : R"([{"bearerAuth":[]},{"cookieAuth":[]}])");
    if (access.guarded()) out.member("x-permission", access.permission);
    const auto roles = roles_of(api, access);
    if (roles.empty()) return;
    out.key("x-roles").begin_array();
    for (const auto role : roles) out.string(role);
    out.end_array();
}

void write_request_body(json::Writer& out, const Documentation& documentation) {
    const bool json = documentation.request_type == json_type;
    if (json && documentation.request_schema.empty()) return;
    out.key("requestBody").begin_object().member("required", true);
    write_content(out, documentation.request_type,
                  json ? schema_reference(documentation.request_schema) : std::string(bytes_schema));
    out.end_object();
}

}  // namespace

std::set<int> problem_statuses(const Endpoint& endpoint) {
    std::set<int> statuses(endpoint.documentation.problems.begin(), endpoint.documentation.problems.end());
    statuses.insert({400, 500});                          // an unknown or repeated parameter
    if (!endpoint.any_host) statuses.insert({403, 404});  // of the host's tenant
    if (!endpoint.documentation.response_schema.empty()) statuses.insert(406);
    if (is_unsafe(endpoint)) statuses.insert({403, 413, 415});
    if (endpoint.access.kind != Access::Kind::open) statuses.insert({401, 403});
    statuses.insert(503);
    return statuses;
}

std::string response_name(int status) {
    std::string name(http::reason_phrase(status));
    std::erase(name, ' ');
    return name;
}

void write_problem(json::Writer& out, int status, std::string_view schema) {
    out.begin_object().member("description", http::reason_phrase(status));
    write_content(out, "application/problem+json", schema);
    out.end_object();
}

void write_operation(json::Writer& out, const Api& api, const Endpoint& endpoint) {
    const auto& documentation = endpoint.documentation;
    out.key(lower(http::to_string(endpoint.method))).begin_object();
    out.member("operationId", documentation.operation_id).member("summary", documentation.summary);
    write_description(out, api, endpoint);
    out.key("tags").begin_array().string(documentation.tag).end_array();
    write_parameters(out, endpoint);
    write_request_body(out, documentation);
    write_responses(out, all_problems(api), endpoint);
    write_security(out, api, endpoint);
    if (!documentation.extensions.empty()) out.raw(documentation.extensions);
    out.end_object();
}

}  // namespace terrace::api
