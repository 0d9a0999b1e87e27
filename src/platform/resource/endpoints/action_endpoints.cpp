#include "platform/resource/endpoints/endpoint_parts.hpp"
#include "platform/resource/endpoints/teller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace terrace::resource {
namespace {

std::string schema_of_input(const Action& action) {
    if (action.input_fields.empty()) return "EmptyRequest";
    return std::string(action.input->schema);
}

std::string schema_of_answer(const Resource& resource, const Action& action) {
    return std::string(action.output ? action.output->schema : resource.schema);
}

/// `Mark no show` where the declaration has no sentence.
std::string summary_of(const Resource& resource, const Action& action) {
    if (!action.summary.empty()) return std::string(action.summary);
    std::string summary(action.name);
    std::ranges::replace(summary, '-', ' ');
    summary.front() = static_cast<char>(summary.front() - 'a' + 'A');
    return action.on_list() ? fmt::format("{} {}", summary, resource.name)
                            : fmt::format("{} a {}", summary, resource.object);
}

std::string note_of(const Resource& resource, const Action& action) {
    const Guard* guard = action.guard.get();
    std::string note;
    if (action.transition)
        note =
            fmt::format("Takes a {} whose {} is {}; it becomes {}. Another is refused with 409 `invalid_transition`.",
                        resource.object, action.transition->field, action.transition->sources(), action.transition->to);
    for (const auto& refusal : action.refusals)
        note += fmt::format("{}409 `{}`: {}", note.empty() ? "" : " ", refusal.code, refusal.meaning);
    if (!guard || guard->is_of_permissions()) return note;
    if (!note.empty()) note += ' ';
    return note + fmt::format("Takes a {} for which the caller has: {}. One that may be read only is refused with 403.",
                              resource.object, guard->text());
}

/// For programs: `"x-transitions":[{"field":"status","from":["requested"],"to":"confirmed"}]`.
std::string extensions_of(const Action& action) {
    if (!action.transition) return {};
    std::string text = "\"x-transitions\":[";
    json::Writer out(text);
    out.begin_object().member("field", action.transition->field).key("from").begin_array();
    for (const std::string_view from : action.transition->from) out.string(from);
    out.end_array().member("to", action.transition->to).end_object();
    return text + ']';
}

api::Endpoint endpoint_of(const Resource& resource, const Action& action) {
    api::Endpoint endpoint{
        .method = http::Method::post,
        .path = fmt::format("{}{}/{}", resource.path(), action.on_list() ? "" : "/{id}", action.name),
        .access = access_by(action.guard.get(), resource.permission(action.word())),
        .handler = {},
        .documentation = {.operation_id = fmt::format("{}_{}", resource.name, action.word()),
                          .summary = summary_of(resource, action),
                          .description = note_of(resource, action),
                          .tag = std::string(resource.name),
                          .request_schema = schema_of_input(action),
                          .response_schema = schema_of_answer(resource, action)}};
    endpoint.documentation.parameters.push_back(idempotency_key());
    endpoint.documentation.problems = {400, 422};
    if (action.transition) endpoint.documentation.own_problems.push_back("TransitionProblem");
    if (!action.problem.empty()) endpoint.documentation.own_problems.push_back(action.problem);
    if (!action.on_list()) add_refusals(resource, endpoint);
    endpoint.documentation.extensions = extensions_of(action);
    if (action.on_list()) return endpoint;
    endpoint.writes = true;
    endpoint.documentation.parameters.push_back(if_match());
    endpoint.documentation.problems = {400, 404, 412, 422};
    return endpoint;
}

}  // namespace

void add_actions(const Resource& resource, const std::shared_ptr<Engine>& engine, std::vector<api::Endpoint>& all) {
    for (const Action& action : resource.actions) {
        api::Endpoint endpoint = endpoint_of(resource, action);
        endpoint.handler = [engine, &action](api::Context& context) {
            return action.on_list() ? engine->act_on_list(context, action) : engine->act(context, action);
        };
        endpoint.teller = make_teller(resource, engine, {.guard = action.guard.get(), .step = &action});
        all.push_back(std::move(endpoint));
    }
}

void add_action_schemas(const Resource& resource, api::Schemas& all) {
    const auto every = [](const FieldMeta&) { return true; };
    const auto required = [](const FieldMeta& field) { return field.required; };
    const Viewer viewer = Viewer::system();  // what a form takes is the same for everybody who may send it
    for (const Action& action : resource.actions) {
        const Object initial = action.input_type.make();
        if (!action.input_fields.empty())
            all.emplace_back(schema_of_input(action),
                             object_schema(action.input->acceptable, viewer,
                                           {.required = required, .initial = initial.get(), .defaulted = every}));
        if (action.output)
            all.emplace_back(
                schema_of_answer(resource, action),
                object_schema(action.output->answered, viewer, {.use = SchemaOf::answer, .required = every}));
    }
}

}  // namespace terrace::resource
