#include "platform/resource/declaration/action.hpp"

#include "platform/resource/declaration/choices.hpp"
#include "platform/resource/finish_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::resource {

std::string Action::word() const {
    std::string word(name);
    std::ranges::replace(word, '-', '_');
    return word;
}

std::string Action::title() const {
    return title_of(name);
}

std::string Action::Transition::sources() const {
    return fmt::format("{}", fmt::join(from, " or "));
}

namespace detail {
namespace {

FieldMeta& state_field(Resource& resource, std::string_view name) {
    return *std::ranges::find(resource.fields, name, &FieldMeta::name);
}

void check_state(const Resource& resource, const FieldMeta& field, std::string_view value, std::string_view where) {
    if (std::ranges::find(field.choices(), value) == field.choices().end())
        refuse(resource, fmt::format("{} of {} is \"{}\", which is none of its choices.", where, field.name, value));
}

/// `text`, for as long as the resource.
std::string_view text_of(Resource& resource, std::string text) {
    resource.texts.push_back(std::make_unique<const std::string>(std::move(text)));
    return *resource.texts.back();
}

/// A state is described by the steps that change it.
void describe_state(Resource& resource, FieldMeta& field) {
    std::string text(field.description);
    for (const Action& action : resource.actions) {
        if (!action.transition || action.transition->field != field.name) continue;
        if (!text.empty()) text += ' ';
        text += fmt::format("`{}`: {} to {}.", action.name, action.transition->sources(), action.transition->to);
    }
    field.description = text_of(resource, std::move(text));
}

/// `schema`: of the body or the answer that the form is.
std::shared_ptr<const Resource> form_of(Resource& resource, std::string schema, const std::vector<FieldMeta>& fields,
                                        ObjectType type) {
    return finish_form({.name = resource.name,
                        .schema = text_of(resource, std::move(schema)),
                        .table = "",
                        .fields = fields,
                        .input_type = type});
}

}  // namespace

void finish_states(Resource& resource) {
    std::vector<FieldMeta*> states;
    for (Action& action : resource.actions) {
        if (!action.transition) continue;
        FieldMeta& field = state_field(resource, action.transition->field);
        if (field.required || field.create_only)
            refuse(resource, fmt::format("{} is a state; it can be neither required nor create_only.", field.name));
        for (const std::string_view from : action.transition->from)
            check_state(resource, field, from, fmt::format("a source of the transition {}", action.name));
        check_state(resource, field, action.transition->to,
                    fmt::format("the target of the transition {}", action.name));
        field.accepted = false;
        action.transition->meta = &field;
        if (std::ranges::find(states, &field) == states.end()) states.push_back(&field);
    }
    for (FieldMeta* field : states) {
        const Object initial = resource.object_type.make();
        check_state(resource, *field, std::get<std::string>(field->get(initial.get())), "the initial value");
        describe_state(resource, *field);
    }
}

void finish_actions(Resource& resource) {
    if (!resource.refusals.empty()) resource.problem = text_of(resource, fmt::format("{}Problem", resource.schema));
    for (Action& action : resource.actions) {
        const auto twice = std::ranges::count(resource.actions, action.word(), &Action::word);
        if (twice > 1) refuse(resource, fmt::format("two actions are called {}.", action.name));
        const std::string schema = fmt::format("{}{}", resource.schema, action.title());
        if (!action.refusals.empty()) action.problem = text_of(resource, schema + "Problem");
        action.input = form_of(resource, schema, action.input_fields, action.input_type);
        if (!action.output_fields.empty())
            action.output = form_of(resource, schema + "Result", action.output_fields, {});
        if (!action.rule) continue;
        action.guard = std::make_shared<const Guard>(resource, *action.rule);
        if (action.on_list() && !action.guard->is_of_permissions())
            refuse(resource,
                   fmt::format("the action {} is on the list; its rule has no object to look at, so let it name "
                               "permissions only.",
                               action.name));
    }
}

}  // namespace detail
}  // namespace terrace::resource
