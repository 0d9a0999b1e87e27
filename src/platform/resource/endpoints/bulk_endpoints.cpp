#include "platform/resource/endpoints/endpoint_parts.hpp"

#include <fmt/format.h>

namespace terrace::resource {
namespace {

constexpr std::string_view bulk_problem_schema = "BulkProblem";

constexpr std::string_view about_many =
    "All of a list is written or nothing, with `partial=true` all that is right; what is wrong is told by index. An "
    "object out of the caller's sight is told like one that never was.";

api::Parameter partial() {
    return {.name = "partial",
            .description = "Of a list: `true` writes what is right, although not all is.",
            .schema = R"({"type":"boolean","default":false})"};
}

std::string reference_to(std::string_view schema) {
    return fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", schema);
}

std::string list_of(std::string_view items, std::size_t most) {
    return fmt::format(R"({{"type":"array","minItems":1,"maxItems":{},"items":{}}})", most, items);
}

/// A change in a list of them: what an update takes, the id of its object, and the version that it is based on.
std::string change_schema(const Resource& resource, const Viewer& viewer) {
    std::string schema;
    json::Writer out(schema);
    out.begin_object().member("type", "object").member("additionalProperties", false).key("properties").begin_object();
    out.key("id").raw(R"({"type":"string","format":"uuid"})");
    out.key("version").raw(R"({"type":"integer","description":"That the change is based on."})");
    for (const FieldMeta* field : resource.acceptable)
        if (!field->create_only && viewer.sees(*field))
            write_schema(*field, SchemaOf::body, out.key(field->name), nullptr, !viewer.writes(*field));
    out.end_object().key("required").raw(R"(["id"])").end_object();
    return schema;
}

}  // namespace

void describe_create_many(const Resource& resource, api::Endpoint& create) {
    describe(create, fmt::format("One {}, or a list of them. {}", resource.object, about_many));
    create.documentation.parameters.push_back(partial());
    create.documentation.own_problems.push_back(bulk_problem_schema);
    create.documentation.request_schema = fmt::format("{}CreateOneOrMany", resource.schema);
    create.documentation.response_schema = fmt::format("{}OneOrMany", resource.schema);
}

api::Endpoint update_many(const Resource& resource) {
    auto endpoint = begin(resource, http::Method::patch, "", "update_many", Act::update,
                          fmt::format("Change some fields of many {}", resource.name));
    describe(endpoint,
             fmt::format("Each as by its own PATCH; with a `version` only if it still has that. {}", about_many));
    endpoint.documentation.parameters = {idempotency_key(), partial()};
    endpoint.documentation.request_schema = fmt::format("{}UpdateMany", resource.schema);
    endpoint.documentation.response_schema = fmt::format("{}Many", resource.schema);
    endpoint.documentation.problems = {400, 422};
    endpoint.documentation.own_problems = {bulk_problem_schema};
    return endpoint;
}

api::Endpoint archive_many(const Resource& resource) {
    auto endpoint = begin(resource, http::Method::del, "", "archive_many", Act::archive,
                          fmt::format("Archive many {}", resource.name));
    describe(endpoint, fmt::format("Answers them as they are archived. {}", about_many));
    endpoint.documentation.parameters = {idempotency_key(), partial()};
    endpoint.documentation.request_schema = fmt::format("{}ArchiveMany", resource.schema);
    endpoint.documentation.response_schema = fmt::format("{}Many", resource.schema);
    endpoint.documentation.problems = {400, 422};
    endpoint.documentation.own_problems = {bulk_problem_schema};
    return endpoint;
}

void add_bulk_schemas(const Resource& resource, const Viewer& viewer, api::Schemas& all) {
    if (!resource.bulk) return;
    const Bulk& bulk = *resource.bulk;
    const std::string name(resource.schema);
    all.emplace_back(
        name + "Many",
        fmt::format(
            R"({{"type":"object","additionalProperties":false,"required":["results","errors"],"properties":{{)"
            R"("results":{{"type":"array","description":"In the order of the request.","items":{{"oneOf":[{},)"
            R"({{"type":"null"}}]}}}},"errors":{{"type":"object","description":"By the index of what was not )"
            R"(written: its errors by field. Empty unless the request was partial.","additionalProperties":{}}}}}}})",
            reference_to(name), api::errors_by_field_schema()));
    if (bulk.create) {
        const std::string one = reference_to(name + "Create");
        all.emplace_back(name + "CreateOneOrMany", fmt::format(R"({{"oneOf":[{},{}]}})", one, list_of(one, bulk.most)));
        all.emplace_back(name + "OneOrMany",
                         fmt::format(R"({{"oneOf":[{},{}]}})", reference_to(name), reference_to(name + "Many")));
    }
    if (bulk.update) all.emplace_back(name + "UpdateMany", list_of(change_schema(resource, viewer), bulk.most));
    if (bulk.archive)
        all.emplace_back(name + "ArchiveMany",
                         fmt::format(R"({{"type":"object","additionalProperties":false,"required":["ids"],)"
                                     R"("properties":{{"ids":{}}}}})",
                                     list_of(R"({"type":"string","format":"uuid"})", bulk.most)));
}

api::Problem bulk_problem() {
    return {bulk_problem_schema,
            400,
            {"bulk_failed"},
            "Some objects of a list are not valid; none was written.",
            api::Problem::Extra::errors_by_index,
            true};
}

}  // namespace terrace::resource
