#include "platform/resource/endpoints/field_schema.hpp"
#include "platform/resource/finish_parts.hpp"
#include "platform/resource/input/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace terrace::resource::detail {
namespace {

/// An example is a value that is taken, in the form in which it is answered.
void check_example(const Resource& resource, const FieldMeta& field) {
    const std::string given = example_json(field);
    const auto document = json::Document::parse(given);
    if (!document) refuse(resource, fmt::format("the example of {} is not JSON.", field.name));
    const auto checked = check_value(resource, field, document->root());
    if (!checked)
        refuse(resource,
               fmt::format("the example of {} is not valid: {}", field.name, checked.error().front().second.message));
    std::string answered;
    json::Writer out(answered);
    write_value(*checked, out);
    if (answered != given) refuse(resource, fmt::format("the example of {} is answered as {}.", field.name, answered));
}

void check_file(const Resource& resource, const FieldMeta& field) {
    if (field.type != Type::file) return;
    if (!field.nullable && !field.required && field.source == FieldMeta::Source::column)
        refuse(resource, fmt::format("{} is a file and may be absent: make it a std::optional<File>, or required().",
                                     field.name));
    if (field.most_file_bytes < 1 || field.most_file_bytes > most_bytes_of_files)
        refuse(resource, fmt::format("most_bytes of {} is 1 to {}.", field.name, most_bytes_of_files));
    for (const std::string_view type : field.file_types())
        if (std::ranges::count(type, '/') != 1 || type.ends_with('*'))
            refuse(resource, fmt::format("{} takes files of types such as image/png; {} is none.", field.name, type));
}

}  // namespace

void check_examples(const Resource& resource) {
    for (const FieldMeta& field : resource.fields)
        if (!field.example.empty()) check_example(resource, field);
}

void check_fields(const Resource& resource) {
    for (const FieldMeta& field : resource.fields) {
        if (field.required && !field.accepted)
            refuse(resource, fmt::format("{} is required and read-only; drop one of the two.", field.name));
        if (field.required && field.nullable && field.source == FieldMeta::Source::column)
            refuse(resource, fmt::format("{} is required and std::optional; drop one of the two.", field.name));
        if (field.max_length != 0 && field.max_length < field.min_length)
            refuse(resource, fmt::format("max_length of {} is below its min_length.", field.name));
        if (field.max_items < field.min_items)
            refuse(resource, fmt::format("the most items of {} are fewer than the least.", field.name));
        if (field.least && field.most && *field.least > *field.most)
            refuse(resource, fmt::format("the range of {} is empty.", field.name));
        if (field.type == Type::decimal && (field.max_digits <= field.scale || field.max_digits > most_decimal_digits))
            refuse(resource, fmt::format("max_digits of {} must lie above its decimals and not above {}.", field.name,
                                         most_decimal_digits));
        check_file(resource, field);
        if (field.reference && field.reference->refuses_archived && !field.reference->archivable)
            refuse(resource, fmt::format("{} is not_archived, and its object has no archived_at.", field.name));
        if (field.kept_without_reference)
            refuse(resource,
                   fmt::format("{} is kept_in a column, and is no reference; write refers_to<…>(…) before it.",
                               field.name));
        if (!field.lookup_by.empty() && !resource.find_column(field.lookup_by))
            refuse(resource, fmt::format("{} is looked up by {}, which is no column.", field.name, field.lookup_by));
    }
    const auto twice = [&](const std::vector<const FieldMeta*>& fields, std::string_view where) {
        for (auto a = fields.begin(); a != fields.end(); ++a)
            for (auto b = std::next(a); b != fields.end(); ++b)
                if ((*a)->name == (*b)->name)
                    refuse(resource, fmt::format("{} stands twice in {}.", (*a)->name, where));
    };
    twice(resource.answered, "the answer");
    twice(resource.acceptable, "the body");
}

void check_secrets(const Resource& resource) {
    const auto check_searched = [&](const FieldMeta& field) {
        if (!field.visible_to.empty())
            refuse(resource,
                   fmt::format("the search reads {}, which not everybody sees; its words would tell it.", field.name));
    };
    if (resource.search) {
        for (const auto& [kind, field] : resource.search->sources) check_searched(*field);
        if (resource.search->number) check_searched(*resource.search->number);
    }
    for (const auto& rule : resource.exactly_one)
        for (const FieldMeta* field : rule.fields)
            if (!field->visible_to.empty() || !field->writable_by.empty())
                refuse(resource, fmt::format("exactly_one_of names {}, which not everybody may write.", field->name));
}

void check_orderings(const Resource& resource) {
    const auto asked_by = [](std::string_view name) {
        return [name](const Resource::OrderKey& key) { return key.name == name || key.reverse == name; };
    };
    if (std::ranges::none_of(resource.orderings, asked_by(resource.default_ordering)))
        refuse(resource, "it needs orderings(otherwise, {by<…>()}), and `otherwise` must be one of them.");
    for (const auto& key : resource.orderings)
        if (std::ranges::count_if(resource.orderings, asked_by(key.name)) != 1)
            refuse(resource, fmt::format("the ordering {} is declared twice.", key.name));
    for (const auto& term : std::ranges::find_if(resource.orderings, asked_by(resource.default_ordering))->terms)
        if (!term.field->visible_to.empty())
            refuse(resource, fmt::format("not everybody sees {}, so it cannot be the ordering of those who do not say.",
                                         term.field->name));
}

void check_bulk(const Resource& resource) {
    if (!resource.bulk) return;
    if (resource.bulk->archive && !resource.archivable)
        refuse(resource, "bulk can archive only what is archivable(): write .bulk({.archive = false}).");
    if (resource.bulk->most == 0 || resource.bulk->most > 1'000)
        refuse(resource, "bulk takes at most 1 to 1,000 objects: write .bulk({.most = 100}).");
    if (!resource.bulk->create && !resource.bulk->update) return;
    for (const FieldMeta& field : resource.fields)
        if (field.type == Type::file)
            refuse(resource, fmt::format("{} is a file, which bulk does not write: write "
                                         ".bulk({{.create = false, .update = false}}).",
                                         field.name));
}

}  // namespace terrace::resource::detail
