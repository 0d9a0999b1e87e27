#include "platform/api/problems.hpp"

#include "platform/base/json.hpp"

#include <algorithm>
#include <stdexcept>

namespace terrace::api {
namespace {

constexpr std::string_view errors_schema =
    R"({"type":"object","description":"By field, of a nested one by its path; non_field_errors for the whole.",)"
    R"("additionalProperties":{"type":"array","minItems":1,"items":{"type":"object","additionalProperties":false,)"
    R"("required":["code","message"],"properties":{"code":{"type":"string","description":"Stable."},)"
    R"("message":{"type":"string","description":"For a person."}}}}})";

std::string errors_by_index_schema() {
    return R"({"type":"object","description":"By the index of the object: its errors.","additionalProperties":)" +
           std::string(errors_schema) + "}";
}

constexpr std::string_view organisations_schema =
    R"({"type":"array","description":"The organisations to choose from.","items":{"type":"object",)"
    R"("additionalProperties":false,"required":["slug","name"],)"
    R"("properties":{"slug":{"type":"string"},"name":{"type":"string"}}}})";

constexpr std::string_view found_schema =
    R"({"type":"array","description":"What stands there instead, a few of them, cut.","maxItems":5,)"
    R"("items":{"type":"string"}})";

constexpr std::string_view free_at_schema =
    R"({"type":"string","format":"date-time","description":"When it will be possible."})";

void write_properties(json::Writer& out, const Problem& problem) {
    out.key("properties").begin_object();
    out.key("type").raw(R"({"type":"string","const":"about:blank"})");
    out.key("title").raw(R"({"type":"string"})");
    out.key("status").begin_object().member("type", "integer").member("const", problem.status).end_object();
    out.key("code").begin_object().member("type", "string");
    out.member("description", "Stable: what a program decides by.").key("enum").begin_array();
    for (const auto code : problem.codes) out.string(code);
    out.end_array().end_object();
    out.key("detail").raw(R"({"type":"string","description":"For a person."})");
    out.key("request_id").raw(R"({"type":"string","description":"All that differs between equal requests."})");
    switch (problem.extra) {
        case Problem::Extra::none:
            break;
        case Problem::Extra::errors:
        case Problem::Extra::maybe_errors:
            out.key("errors").raw(errors_schema);
            break;
        case Problem::Extra::errors_by_index:
            out.key("errors").raw(errors_by_index_schema());
            break;
        case Problem::Extra::found:
            out.key("found").raw(found_schema);
            break;
        case Problem::Extra::organisations:
            out.key("tenants").raw(organisations_schema);
            break;
        case Problem::Extra::free_at:
            out.key("free_at").raw(free_at_schema);
            break;
    }
    out.end_object();
}

std::string schema_of(const Problem& problem) {
    std::string schema;
    json::Writer out(schema);
    out.begin_object().member("type", "object").member("description", problem.meaning);
    out.member("additionalProperties", false);
    write_properties(out, problem);
    out.key("required")
        .raw(problem.extra == Problem::Extra::errors || problem.extra == Problem::Extra::errors_by_index
                 ? R"(["type","title","status","code","detail","request_id","errors"])"
             : problem.extra == Problem::Extra::found
                 ? R"(["type","title","status","code","detail","request_id","found"])"
             : problem.extra == Problem::Extra::organisations
                 ? R"(["type","title","status","code","detail","request_id","tenants"])"
             : problem.extra == Problem::Extra::free_at
                 ? R"(["type","title","status","code","detail","request_id","free_at"])"
                 : R"(["type","title","status","code","detail","request_id"])");
    out.end_object();
    return schema;
}

std::string reference(std::string_view schema) {
    return "#/components/schemas/" + std::string(schema);
}

/// One of `problems`, told apart by the code.
std::string any_of(const std::vector<const Problem*>& problems) {
    std::string schema;
    json::Writer out(schema);
    out.begin_object();
    if (problems.size() == 1) {
        out.member("$ref", reference(problems.front()->schema)).end_object();
        return schema;
    }
    out.key("oneOf").begin_array();
    for (const Problem* problem : problems) out.begin_object().member("$ref", reference(problem->schema)).end_object();
    out.end_array();
    out.key("discriminator").begin_object().member("propertyName", "code").key("mapping").begin_object();
    for (const Problem* problem : problems)
        for (const auto code : problem->codes) out.member(code, reference(problem->schema));
    out.end_object().end_object().end_object();
    return schema;
}

}  // namespace

std::string_view errors_by_field_schema() {
    return errors_schema;
}

std::span<const Problem> platform_problems() {
    using Extra = Problem::Extra;
    static const std::vector<Problem> problems{
        {"ValidationProblem", 400, {"validation_failed"}, "Some fields or parameters are not valid.", Extra::errors},
        {"ParseProblem", 400, {"parse_error"}, "What was sent cannot be read.", Extra::maybe_errors},
        {"UnauthorizedProblem", 401, {"not_authenticated"}, "There is no session, or it has ended."},
        {"CredentialsProblem", 401, {"invalid_credentials"}, "E-mail or password are not right.", Extra::none, true},
        {"GrantProblem", 401, {"invalid_grant"}, "The session or the link has ended.", Extra::none, true},
        {"ForbiddenProblem",
         403,
         {"permission_denied", "tenant_mismatch", "tenant_suspended", "tenant_read_only", "cross_site"},
         "The caller may not do this, or not here or now. With errors: what of the body they may not change.",
         Extra::maybe_errors},
        {"NotFoundProblem", 404, {"not_found", "unknown_host"}, "There is nothing here that the caller may see."},
        {"NotAcceptableProblem", 406, {"not_acceptable"}, "Accept asks for a type that is not answered here."},
        {"AccountExistsProblem",
         409,
         {"account_exists"},
         "Somebody has an account with this e-mail.",
         Extra::none,
         true},
        {"TransitionProblem",
         409,
         {"invalid_transition"},
         "The object is not in a state to do this.",
         Extra::none,
         true},
        {"FileQuotaProblem",
         409,
         {"file_quota_exceeded"},
         "The organisation's files take as much as they may.",
         Extra::none,
         true},
        {"FileStoredProblem",
         409,
         {"file_stored"},
         "The file is complete; its bytes do not change.",
         Extra::none,
         true},
        {"TakenProblem", 409, {"slug_taken"}, "Somebody else was faster.", Extra::errors, true},
        {"TenantChoiceProblem", 409, {"tenant_required"}, "Say which organisation.", Extra::organisations, true},
        {"PreconditionFailedProblem", 412, {"version_conflict"}, "The object is not as If-Match says."},
        {"ContentTooLargeProblem", 413, {"too_large"}, "The body is larger than it may be."},
        {"UnsupportedMediaTypeProblem",
         415,
         {"unsupported_media_type"},
         "The body is not of a type that is read here."},
        {"RangeNotSatisfiableProblem",
         416,
         {"range_not_satisfiable"},
         "The range lies behind the end; Content-Range says where that is."},
        {"UnprocessableContentProblem",
         422,
         {"idempotency_mismatch"},
         "The Idempotency-Key was used with another request."},
        {"TooManyRequestsProblem", 429, {"throttled"}, "Too many tries; Retry-After says when to come back."},
        {"DownloadsProblem",
         429,
         {"too_many_downloads"},
         "The organisation has as many downloads under way as it may; Retry-After says when to come back.",
         Extra::none,
         true},
        {"InternalProblem", 500, {"internal"}, "A fault of ours. It has been noted."},
        {"UnavailableProblem", 503, {"unavailable"}, "Busy, or a part is away; Retry-After says when to come back."},
    };
    return problems;
}

std::vector<std::pair<std::string, std::string>> problem_schemas(std::span<const Problem> problems) {
    std::vector<std::pair<std::string, std::string>> schemas;
    for (const Problem& problem : problems) schemas.emplace_back(problem.schema, schema_of(problem));
    return schemas;
}

std::string problem_schema(std::span<const Problem> problems, int status, std::span<const std::string_view> own) {
    std::vector<const Problem*> found;
    for (const Problem& problem : problems)
        if (problem.status == status && (!problem.own || std::ranges::find(own, problem.schema) != own.end()))
            found.push_back(&problem);
    if (found.empty()) throw std::logic_error("no problem is described for the status " + std::to_string(status));
    return any_of(found);
}

}  // namespace terrace::api
