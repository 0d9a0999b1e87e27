#include "platform/resource/endpoints/endpoint_parts.hpp"
#include "platform/resource/endpoints/field_schema.hpp"
#include "platform/resource/query/expansion.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::resource {
namespace {

using Method = boost::asio::awaitable<Result<http::Response>> (Engine::*)(api::Context&);

api::Handler handler(std::shared_ptr<Engine> engine, Method method) {
    return [engine = std::move(engine), method](api::Context& context) { return ((*engine).*method)(context); };
}

/// Several values stand in one parameter, separated by commas: `style: form` without `explode`.
std::string filter_schema(const Filter& filter) {
    if (filter.lookup == Lookup::isnull) return R"({"type":"boolean"})";
    if (filter.lookup == Lookup::prefix || filter.lookup == Lookup::contains) return R"({"type":"string"})";
    const std::string one = schema(*filter.field, SchemaOf::filter);
    if (filter.lookup != Lookup::in) return one;
    return fmt::format(R"({{"type":"array","items":{},"minItems":1,"maxItems":50}})", one);
}

std::string filter_description(const Resource& resource, const Filter& filter) {
    const auto sentence = [&](std::string_view form) {
        const std::string_view time = " A date means the whole day in the organisation's time zone.";
        const std::string whose = filter.related.resource ? fmt::format("{}'s ", filter.related.resource->object) : "";
        return fmt::format(fmt::runtime(form), whose + std::string(filter.field->name)) +
               std::string(filter.field->type == Type::timestamp && filter.lookup != Lookup::isnull ? time : "");
    };
    switch (filter.lookup) {
        case Lookup::exact:
            return sentence("Only those with this {}.");
        case Lookup::in:
            return sentence("Only those with one of these values of {}.");
        case Lookup::lt:
            return sentence("Only those whose {} is below.");
        case Lookup::lte:
            return sentence("Only those whose {} is this or below.");
        case Lookup::gt:
            return sentence("Only those whose {} is above.");
        case Lookup::gte:
            return sentence("Only those whose {} is this or above.");
        case Lookup::prefix:
            return sentence("Only those whose {} begins so.");
        case Lookup::isnull:
            return sentence("`true`: only those without {}; `false`: only those with one.");
        case Lookup::contains:
            return sentence("Only those with this piece in {}, as it is written.") +
                   fmt::format(" Needs {} beside it.", resource.filters[filter.within.front()].name);
    }
    std::unreachable();
}

std::string ordering_schema(const Resource& resource) {
    return fmt::format(R"({{"$ref":"#/components/schemas/{}","default":"{}"}})", ordering_type(resource),
                       resource.default_ordering);
}

/// Names in one parameter, with commas between.
std::string names_schema(std::string_view type) {
    return fmt::format(R"({{"type":"array","items":{{"$ref":"#/components/schemas/{}"}},"minItems":1}})", type);
}

/// What of an object is answered.
void add_projection(const Resource& resource, std::vector<api::Parameter>& parameters) {
    std::string fields = "Only these members of an object, with commas between; the answer has no others.";
    if (!resource.relations.empty())
        fields += " With a dot: of an object within, which `expand` names if it is not always answered.";
    parameters.push_back({.name = "fields",
                          .description = std::move(fields),
                          .schema = names_schema(field_type(resource)),
                          .explode = false});
    if (resource.relations.empty()) return;
    parameters.push_back(
        {.name = "expand",
         .description = "Other objects to answer within an object, with commas between: what it refers to, and lists "
                        "of what refers to it. What the caller may not see is null or left out.",
         .schema = names_schema(expansion_type(resource)),
         .explode = false});
}

api::Parameter format_parameter() {
    return {.name = "format",
            .description = "Instead of `Accept`, for a link: `csv` and `ndjson` have the whole list and no pages.",
            .schema = R"({"type":"string","enum":["json","csv","ndjson"]})"};
}

std::vector<api::Parameter> list_parameters(const Resource& resource) {
    std::vector<api::Parameter> parameters{
        {.name = "limit",
         .description = "How many to answer at most.",
         .schema = R"({"type":"integer","minimum":1,"maximum":100,"default":20})"},
        {.name = "cursor", .description = "A place in the list, from `next` or `previous`."},
        {.name = "ordering",
         .description = "By these columns, each ascending, or descending with `-`; then by id.",
         .schema = ordering_schema(resource)}};
    add_projection(resource, parameters);
    parameters.push_back(format_parameter());
    parameters.push_back({.name = "count",
                          .description = "Also how many there are in all, counted as far as 10,000.",
                          .schema = R"({"type":"string","enum":["exact"]})"});
    if (resource.search)
        parameters.push_back(
            {.name = "search",
             .description =
                 "Words. The object has each: as the beginning of a word, or, under three letters, as a whole one. "
                 "Digits are also the end of a phone number.",
             .schema = R"({"type":"string","maxLength":100})"});
    for (const Filter& filter : resource.filters)
        parameters.push_back({.name = filter.name,
                              .description = filter_description(resource, filter),
                              .schema = filter_schema(filter),
                              .explode = filter.lookup != Lookup::in});
    if (resource.archivable)
        parameters.push_back({.name = "archived",
                              .description = "`true`: those that are archived; else those that are not.",
                              .schema = R"({"type":"boolean","default":false})"});
    return parameters;
}

api::Access access_of(const Resource& resource, Act act) {
    return access_by(resource.guard(act), resource.permission(act));
}

std::string note_of(const Resource& resource, Act act) {
    const Guard* guard = resource.guard(act);
    if (!guard || guard->is_of_permissions()) return {};
    switch (act) {
        case Act::read:
            return fmt::format("Shows those {} for which the caller has: {}. Others are not found.", resource.name,
                               guard->text());
        case Act::create:
            return fmt::format("The new {} must be one for which the caller has: {}. Others are refused with 403.",
                               resource.object, guard->text());
        case Act::update:
        case Act::archive:
            break;
    }
    return fmt::format("Takes a {} for which the caller has: {}. One that may be read only is refused with 403.",
                       resource.object, guard->text());
}

api::Endpoint list(const Resource& resource) {
    auto endpoint = begin(resource, http::Method::get, "", "list", Act::read, fmt::format("List {}", resource.name));
    describe(
        endpoint,
        "A page at a time. `next` and `previous` are the neighbours' addresses, null where there is none; a page stays "
        "where it is while others write. As CSV or NDJSON the whole list, a row or an object a line, without `limit` "
        "and "
        "`cursor`: it is read while it is sent, so it is no snapshot, but each object that is there throughout comes "
        "once. A download that ends without its last chunk is not whole. An organisation has few of them under way at "
        "once: 429 with `Retry-After` for one more.");
    endpoint.documentation.parameters = list_parameters(resource);
    endpoint.documentation.response_schema = fmt::format("{}Page", resource.schema);
    endpoint.documentation.formats = {{"csv", "text/csv"}, {"ndjson", "application/x-ndjson"}};
    endpoint.documentation.problems = {400};
    endpoint.documentation.own_problems = {"DownloadsProblem"};
    return endpoint;
}

api::Endpoint create(const Resource& resource) {
    auto endpoint =
        begin(resource, http::Method::post, "", "create", Act::create, fmt::format("Create a {}", resource.object));
    describe(endpoint, "Answers the object as it is stored, and its address in `Location`.");
    endpoint.documentation.parameters = {idempotency_key()};
    endpoint.documentation.request_schema = fmt::format("{}Create", resource.schema);
    endpoint.documentation.success_status = 201;
    endpoint.documentation.problems = {400, 422};
    add_refusals(resource, endpoint);
    if (resource.bulk && resource.bulk->create) describe_create_many(resource, endpoint);
    return endpoint;
}

api::Endpoint retrieve(const Resource& resource) {
    auto endpoint =
        begin(resource, http::Method::get, "/{id}", "retrieve", Act::read, fmt::format("Show a {}", resource.object));
    describe(
        endpoint,
        "With an `ETag` for a later `If-Match`. What is out of the caller's sight is answered like what never was: "
        "404.");
    endpoint.documentation.parameters = {{.name = "If-None-Match",
                                          .in = "header",
                                          .description = "An ETag; 304 without a body when it is still current."}};
    add_projection(resource, endpoint.documentation.parameters);
    endpoint.documentation.problems = {404};
    return endpoint;
}

api::Endpoint update(const Resource& resource) {
    auto endpoint = begin(resource, http::Method::patch, "/{id}", "update", Act::update,
                          fmt::format("Change some fields of a {}", resource.object));
    describe(
        endpoint,
        "What is not sent stays as it is; null empties a field. Without `If-Match` the last writer of a field wins.");
    endpoint.documentation.parameters = {idempotency_key(), if_match()};
    endpoint.documentation.request_schema = fmt::format("{}Update", resource.schema);
    endpoint.documentation.problems = {400, 404, 412, 422};
    add_refusals(resource, endpoint);
    return endpoint;
}

api::Endpoint replace(const Resource& resource) {
    auto endpoint = begin(resource, http::Method::put, "/{id}", "replace", Act::update,
                          fmt::format("Replace a {}", resource.object));
    describe(endpoint, "A field that is left out gets its initial value.");
    endpoint.documentation.parameters = {idempotency_key(), if_match()};
    endpoint.documentation.request_schema = fmt::format("{}Replace", resource.schema);
    endpoint.documentation.problems = {400, 404, 412, 422};
    add_refusals(resource, endpoint);
    return endpoint;
}

api::Endpoint archive(const Resource& resource) {
    auto endpoint = begin(resource, http::Method::del, "/{id}", "archive", Act::archive,
                          fmt::format("Archive a {}", resource.object));
    describe(endpoint, "It leaves the lists and can be brought back. Archiving what is archived does nothing.");
    endpoint.documentation.parameters = {idempotency_key(), if_match()};
    endpoint.documentation.success_status = 204;
    endpoint.documentation.response_schema.clear();
    endpoint.documentation.problems = {404, 412, 422};
    return endpoint;
}

api::Endpoint restore(const Resource& resource) {
    auto endpoint = begin(resource, http::Method::post, "/{id}/restore", "restore", Act::archive,
                          fmt::format("Bring an archived {} back", resource.object));
    describe(endpoint, "Bringing back what is not archived does nothing.");
    endpoint.documentation.parameters = {idempotency_key(), if_match()};
    endpoint.documentation.request_schema = "EmptyRequest";
    endpoint.documentation.problems = {400, 404, 412, 422};
    return endpoint;
}

api::Problem refusal_problem(std::string_view schema, const std::vector<Action::Refusal>& refusals) {
    api::Problem problem{
        .schema = schema, .status = 409, .codes = {}, .meaning = refusals.front().meaning, .own = true};
    for (const auto& refusal : refusals) problem.codes.push_back(refusal.code);
    return problem;
}

}  // namespace

api::Endpoint begin(const Resource& resource, http::Method method, std::string_view path, std::string_view action,
                    Act act, std::string summary) {
    api::Endpoint endpoint{.method = method,
                           .path = fmt::format("{}{}", resource.path(), path),
                           .access = access_of(resource, act),
                           .handler = {},
                           .documentation = {}};
    endpoint.documentation.operation_id = fmt::format("{}_{}", resource.name, action);
    endpoint.documentation.summary = std::move(summary);
    endpoint.documentation.description = note_of(resource, act);
    endpoint.documentation.tag = resource.name;
    endpoint.documentation.response_schema = resource.schema;
    return endpoint;
}

void describe(api::Endpoint& endpoint, std::string_view text) {
    std::string& description = endpoint.documentation.description;
    description = description.empty() ? std::string(text) : fmt::format("{} {}", text, description);
}

void add_refusals(const Resource& resource, api::Endpoint& endpoint) {
    if (!resource.problem.empty()) endpoint.documentation.own_problems.push_back(resource.problem);
}

api::Parameter idempotency_key() {
    return {.name = "Idempotency-Key",
            .in = "header",
            .description =
                "1 to 255 visible ASCII characters. A second request with the same key and body does nothing "
                "more and is answered like the first, for 24 hours.",
            .schema = R"({"type":"string","minLength":1,"maxLength":255})"};
}

api::Parameter if_match() {
    return {.name = "If-Match",
            .in = "header",
            .description = "The ETag that the change is based on; 412 when the object has changed since."};
}

api::Access access_by(const Guard* guard, std::string otherwise) {
    if (!guard) return api::Access::requires_permission(std::move(otherwise));
    if (guard->is_one_permission()) return api::Access::requires_permission(guard->permissions().front());
    return api::Access::by_rule(guard->text(), guard->permissions(),
                                [guard](const access::Principal& caller) { return guard->admits(caller); });
}

std::vector<api::Endpoint> endpoints(const Resource& resource, EngineParts parts) {
    const auto engine = std::make_shared<Engine>(resource, parts);
    std::vector<api::Endpoint> all;
    const auto add = [&](api::Endpoint endpoint, Method method) {
        endpoint.handler = handler(engine, method);
        all.push_back(std::move(endpoint));
    };
    add(list(resource), &Engine::list);
    add(create(resource), &Engine::create);
    add(retrieve(resource), &Engine::retrieve);
    add(update(resource), &Engine::update);
    add(replace(resource), &Engine::replace);
    if (resource.bulk && resource.bulk->update) add(update_many(resource), &Engine::update_many);
    if (resource.bulk && resource.bulk->archive) add(archive_many(resource), &Engine::archive_many);
    if (resource.archivable) {
        add(archive(resource), &Engine::archive);
        add(restore(resource), &Engine::restore);
    }
    add_actions(resource, engine, all);
    return all;
}

std::vector<api::Problem> problems(const Resource& resource) {
    std::vector<api::Problem> problems;
    if (resource.bulk) problems.push_back(bulk_problem());
    if (!resource.problem.empty()) problems.push_back(refusal_problem(resource.problem, resource.refusals));
    for (const Action& action : resource.actions)
        if (!action.problem.empty()) problems.push_back(refusal_problem(action.problem, action.refusals));
    return problems;
}

void add(const Resource& resource, EngineParts parts, api::Api& api) {
    if (api.catalogue) check_permissions(resource, *api.catalogue);
    for (api::Endpoint& endpoint : endpoints(resource, parts)) api.endpoints.push_back(std::move(endpoint));
    for (auto& [name, schema] : schemas(resource)) api::add_schema(api, std::move(name), std::move(schema));
    for (const api::Problem& problem : problems(resource))
        if (std::ranges::find(api.problems, problem.schema, &api::Problem::schema) == api.problems.end())
            api.problems.push_back(problem);
    api.tags.emplace_back(resource.name, resource.about);
}

}  // namespace terrace::resource
