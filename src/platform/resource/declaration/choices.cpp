#include "platform/resource/declaration/choices.hpp"

#include "platform/resource/finish_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace terrace::resource {

std::string title_of(std::string_view name) {
    std::string title;
    bool begins = true;
    for (const char c : name) {
        const bool separates = c == '-' || c == '_';
        if (!separates) title += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = separates;
    }
    return title;
}

namespace detail {
namespace {

bool is_type_name(std::string_view name) {
    return !name.empty() && name.front() >= 'A' && name.front() <= 'Z' && std::ranges::all_of(name, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
}

}  // namespace

void name_choices(Resource& resource) {
    for (FieldMeta& field : resource.fields) {
        if (field.choice_count == 0 || !field.choices_name.empty()) continue;
        resource.texts.push_back(
            std::make_unique<const std::string>(fmt::format("{}{}", resource.schema, title_of(field.name))));
        field.choices_name = *resource.texts.back();
    }
    for (const FieldMeta& field : resource.fields) {
        if (field.choice_count == 0) continue;
        if (!is_type_name(field.choices_name))
            refuse(resource, fmt::format("the choices of {} are called \"{}\"; a type's name is letters and digits, "
                                         "such as PhoneRelation.",
                                         field.name, field.choices_name));
        for (const FieldMeta& other : resource.fields)
            if (other.choices_name == field.choices_name && !std::ranges::equal(other.choices(), field.choices()))
                refuse(resource, fmt::format("{} names two sets of choices, those of {} and of {}; give one another "
                                             "name: choices({{…}}, \"Name\").",
                                             field.choices_name, field.name, other.name));
    }
}

}  // namespace detail
}  // namespace terrace::resource
