#include "platform/api/openapi.hpp"

#include "platform/api/openapi_operation.hpp"
#include "platform/base/json.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace terrace::api {
namespace {

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
    http::Response response{.content_type = "application/json", .body = *document};
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
