#include "platform/resource/endpoints/endpoint_parts.hpp"
#include "platform/resource/endpoints/teller.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::resource {
namespace {

using Method = boost::asio::awaitable<Result<http::Response>> (Engine::*)(api::Context&);

api::Handler handler(std::shared_ptr<Engine> engine, Method method) {
    return [engine = std::move(engine), method](api::Context& context) { return ((*engine).*method)(context); };
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
    endpoint.documentation.parameters = retrieve_parameters(resource, Viewer::system());
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
    endpoint.writes = act != Act::read;
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
    const auto add = [&](api::Endpoint endpoint, Method method, Tells tells) {
        endpoint.handler = handler(engine, method);
        endpoint.teller = make_teller(resource, engine, tells);
        all.push_back(std::move(endpoint));
    };
    const Tells updates{.guard = resource.guard(Act::update)}, archives{.guard = resource.guard(Act::archive)};
    add(list_endpoint(resource), &Engine::list, {.parameters = list_parameters});
    add(create(resource), &Engine::create, {});
    add(retrieve(resource), &Engine::retrieve, {.parameters = retrieve_parameters});
    add(update(resource), &Engine::update, updates);
    add(replace(resource), &Engine::replace, updates);
    if (resource.bulk && resource.bulk->update) add(update_many(resource), &Engine::update_many, {});
    if (resource.bulk && resource.bulk->archive) add(archive_many(resource), &Engine::archive_many, {});
    if (resource.archivable) {
        add(archive(resource), &Engine::archive, archives);
        add(restore(resource), &Engine::restore, archives);
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
