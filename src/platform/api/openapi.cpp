#include "platform/api/openapi.hpp"

#include "platform/base/json.hpp"
#include "platform/http/status.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

namespace terrace::api {
namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view bytes_schema = R"({"type":"string","contentMediaType":"application/octet-stream"})";

constexpr std::string_view description =
    "Requests and answers are JSON, over HTTPS. Errors are problem details (RFC 9457) with a stable `code`. Writes "
    "take an "
    "`Idempotency-Key`; objects have an `ETag`, and writes an `If-Match`. Lists are read page by page: follow "
    "`next`.\n\n"
    "**Versions.** What `/api/v1` answers only grows: new paths, optional parameters and members may appear, so ignore "
    "what "
    "you do not know. What exists is not taken away or narrowed within a version.";

constexpr std::string_view security_schemes =
    R"({"bearerAuth":{"type":"http","scheme":"bearer","bearerFormat":"JWT",)"
    R"("description":"An access token of POST /api/v1/auth/token."},)"
    R"("cookieAuth":{"type":"apiKey","in":"cookie","name":"__Host-at",)"
    R"("description":"The session of a browser, from POST /api/v1/auth/login."}})";

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

/// The statuses of the problems that an endpoint may answer beside those: what it lists, and those of the pipeline.
std::set<int> problem_statuses(const Endpoint& endpoint) {
    std::set<int> statuses(endpoint.documentation.problems.begin(), endpoint.documentation.problems.end());
    statuses.insert({400, 500});  // an unknown or repeated parameter
    if (!endpoint.any_host) statuses.insert(404);
    if (!endpoint.documentation.response_schema.empty()) statuses.insert(406);
    if (is_unsafe(endpoint)) statuses.insert({403, 413, 415});
    if (endpoint.access.kind != Access::Kind::open) statuses.insert({401, 403});
    statuses.insert(503);
    return statuses;
}

/// `Forbidden`: the name of the shared answer with a status.
std::string response_name(int status) {
    std::string name(http::reason_phrase(status));
    std::erase(name, ' ');
    return name;
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

bool takes(const Documentation& documentation, std::string_view parameter) {
    return std::ranges::find(documentation.parameters, parameter, &Parameter::name) != documentation.parameters.end();
}

void write_part(json::Writer& out, const Documentation& documentation) {
    out.key("206").begin_object().member("description", http::reason_phrase(206));
    out.key("headers").raw(R"({"Content-Range":{"description":"`bytes 0-99/1234`","schema":{"type":"string"}}})");
    write_content(out, documentation.response_type, bytes_schema);
    out.end_object();
}

void write_problem(json::Writer& out, int status, std::string_view schema) {
    out.begin_object().member("description", http::reason_phrase(status));
    write_content(out, "application/problem+json", schema);
    out.end_object();
}

void write_responses(json::Writer& out, std::span<const Problem> problems, const Endpoint& endpoint) {
    const auto& documentation = endpoint.documentation;
    out.key("responses").begin_object();
    write_success(out, documentation);
    if (takes(documentation, "Range")) write_part(out, documentation);
    // Where a caller may say what it holds already, it may be answered that this is current.
    if (takes(documentation, "If-None-Match")) {
        out.key("304").begin_object().member("description", http::reason_phrase(304)).end_object();
    }
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

void write_security(json::Writer& out, const Api& api, const Access& access) {
    out.key("security");
    if (access.kind == Access::Kind::open) {
        out.raw("[]");
        return;
    }
    out.raw(R"([{"bearerAuth":[]},{"cookieAuth":[]}])");
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

void write_operation(json::Writer& out, const Api& api, const Endpoint& endpoint) {
    const auto& documentation = endpoint.documentation;
    out.key(lower(http::to_string(endpoint.method))).begin_object();
    out.member("operationId", documentation.operation_id).member("summary", documentation.summary);
    write_description(out, api, endpoint);
    out.key("tags").begin_array().string(documentation.tag).end_array();
    write_parameters(out, endpoint);
    write_request_body(out, documentation);
    write_responses(out, all_problems(api), endpoint);
    write_security(out, api, endpoint.access);
    if (!documentation.extensions.empty()) out.raw(documentation.extensions);
    out.end_object();
}

/// The paths in the order in which they were declared, each with its operations.
void write_paths(json::Writer& out, const Api& api) {
    std::vector<std::string> paths;
    for (const auto& endpoint : api.endpoints) {
        if (std::ranges::find(paths, endpoint.path) == paths.end()) paths.push_back(endpoint.path);
    }
    out.key("paths").begin_object();
    for (const auto& path : paths) {
        out.key(path).begin_object();
        for (const auto& endpoint : api.endpoints) {
            if (endpoint.path == path) write_operation(out, api, endpoint);
        }
        out.end_object();
    }
    out.end_object();
}

void write_tags(json::Writer& out, const Api& api) {
    std::vector<std::string_view> tags;
    for (const auto& endpoint : api.endpoints) {
        const std::string_view tag = endpoint.documentation.tag;
        if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(tag);
    }
    out.key("tags").begin_array();
    for (const auto tag : tags) {
        out.begin_object().member("name", tag);
        const auto about = std::ranges::find(api.tags, tag, [](const auto& entry) { return entry.first; });
        if (about != api.tags.end()) out.member("description", about->second);
        out.end_object();
    }
    out.end_array();
}

/// The answers that endpoints share: one a status.
void write_problem_responses(json::Writer& out, const Api& api) {
    const std::vector<Problem> problems = all_problems(api);
    std::set<int> statuses;
    for (const auto& endpoint : api.endpoints) statuses.merge(problem_statuses(endpoint));
    out.key("responses").begin_object();
    for (const int status : statuses) {
        write_problem(out.key(response_name(status)), status, problem_schema(problems, status));
    }
    out.end_object();
}

void write_components(json::Writer& out, const Api& api) {
    out.key("components").begin_object().key("schemas").begin_object();
    for (const auto& [name, schema] : api.schemas) out.key(name).raw(schema);
    for (const auto& [name, schema] : problem_schemas(all_problems(api))) out.key(name).raw(schema);
    out.end_object();
    write_problem_responses(out, api);
    out.key("securitySchemes").raw(security_schemes).end_object();
}

void write_info(json::Writer& out) {
    out.key("info").begin_object().member("title", "Terrace API").member("version", "1.0.0");
    out.member("description", description);
    out.key("contact").begin_object().member("name", "Terrace").end_object();
    out.key("license").begin_object().member("name", "Apache-2.0").member("identifier", "Apache-2.0").end_object();
    out.end_object();
}

boost::asio::awaitable<Result<http::Response>> answer(std::shared_ptr<const std::string> document) {
    http::Response response{.content_type = std::string(json_type), .body = *document};
    response.header("Cache-Control", "no-cache");
    co_return response;
}

bool is_named(const Api& api, const Problem& problem) {
    return std::ranges::any_of(api.endpoints, [&](const Endpoint& endpoint) {
        const auto& own = endpoint.documentation.own_problems;
        return std::ranges::find(own, problem.schema) != own.end();
    });
}

}  // namespace

std::vector<Problem> all_problems(const Api& api) {
    const auto of_platform = platform_problems();
    std::vector<Problem> problems(of_platform.begin(), of_platform.end());
    problems.insert(problems.end(), api.problems.begin(), api.problems.end());
    std::erase_if(problems, [&](const Problem& problem) { return problem.own && !is_named(api, problem); });
    return problems;
}

std::string openapi(const Api& api) {
    std::string text;
    json::Writer out(text);
    out.begin_object().member("openapi", "3.1.0");
    write_info(out);
    out.key("servers").begin_array().begin_object().member("url", "/").end_object().end_array();
    write_tags(out, api);
    write_paths(out, api);
    write_components(out, api);
    out.end_object();
    return text;
}

void add_document_endpoint(Api& api) {
    // Empty until the endpoint stands among the others: the document describes it, too.
    const auto document = std::make_shared<std::string>();
    api.tags.emplace_back("Reference", "What the API is: this for programs, `/api/docs` for people.");
    api.schemas.emplace_back("OpenApi", R"({"type":"object","description":"An OpenAPI 3.1 document."})");
    api.endpoints.push_back(
        {.method = http::Method::get,
         .path = "/api/v1/openapi.json",
         .access = Access::open(),
         .handler = [document](Context&) { return answer(document); },
         .documentation = {.operation_id = "openapi",
                           .summary = "This description of the API",
                           .description = "OpenAPI 3.1, from the declarations that the server runs by.",
                           .tag = "Reference",
                           .response_schema = "OpenApi"}});
    *document = openapi(api);
}

}  // namespace terrace::api
