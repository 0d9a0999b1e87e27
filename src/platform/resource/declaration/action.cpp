#include "platform/resource/declaration/action.hpp"

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
    std::string title;
    bool begins = true;
    for (const char c : name) {
        if (c != '-') title += begins && c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = c == '-';
    }
    return title;
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

/// A state is described by the steps that change it.
void describe_state(Resource& resource, FieldMeta& field) {
    std::string text(field.description);
    for (const Action& action : resource.actions) {
        if (!action.transition || action.transition->field != field.name) continue;
        if (!text.empty()) text += ' ';
        text += fmt::format("`{}`: {} to {}.", action.name, action.transition->sources(), action.transition->to);
    }
    resource.texts.push_back(std::make_unique<const std::string>(std::move(text)));
    field.description = *resource.texts.back();
}

std::shared_ptr<const Resource> form_of(const Resource& resource, const std::vector<FieldMeta>& fields,
                                        ObjectType type) {
    return finish_form({.name = resource.name, .table = "", .fields = fields, .input_type = type});
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
    for (Action& action : resource.actions) {
        const auto twice = std::ranges::count(resource.actions, action.word(), &Action::word);
        if (twice > 1) refuse(resource, fmt::format("two actions are called {}.", action.name));
        action.input = form_of(resource, action.input_fields, action.input_type);
        if (!action.output_fields.empty()) action.output = form_of(resource, action.output_fields, {});
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
