#include "platform/resource/endpoints/endpoint_parts.hpp"
#include "platform/resource/endpoints/field_schema.hpp"
#include "platform/resource/query/expansion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace terrace::resource {
namespace {

std::vector<const FieldMeta*> changeable(const Resource& resource) {
    std::vector<const FieldMeta*> fields;
    std::ranges::copy_if(resource.acceptable, std::back_inserter(fields),
                         [](const FieldMeta* field) { return !field->create_only; });
    return fields;
}

std::string strings_schema(std::span<const std::string_view> values) {
    std::string schema;
    json::Writer out(schema);
    out.begin_object().member("type", "string").key("enum").begin_array();
    for (const std::string_view value : values) out.string(value);
    out.end_array().end_object();
    return schema;
}

/// The types of the fields that have choices, each once.
void add_choices(const std::vector<const FieldMeta*>& fields, api::Schemas& all) {
    for (const FieldMeta* field : fields) {
        const std::string_view name = field->choices_name;
        if (!name.empty() && std::ranges::find(all, name, &api::Schemas::value_type::first) == all.end())
            all.emplace_back(name, strings_schema(field->choices()));
    }
}

/// What the parameters of a list may name: its orderings and its fields.
void add_parameter_schemas(const Resource& resource, const Viewer& viewer, api::Schemas& all) {
    std::vector<std::string_view> orderings, fields;
    for (const auto& ordering : resource.orderings) {
        if (!viewer.sees(ordering)) continue;
        orderings.push_back(ordering.name);
        orderings.push_back(ordering.reverse);
    }
    const std::vector<std::string> selectable = selectable_names(resource, viewer);
    const std::vector<std::string> expandable = expandable_names(resource, viewer);
    fields.assign(selectable.begin(), selectable.end());
    all.emplace_back(ordering_type(resource), strings_schema(orderings));
    all.emplace_back(field_type(resource), strings_schema(fields));
    if (expandable.empty()) return;
    fields.assign(expandable.begin(), expandable.end());
    all.emplace_back(expansion_type(resource), strings_schema(fields));
}

/// A body that is taken as it stands, where the examples of all fields would not be: of those of which exactly one is
/// given it has the first.
std::string example_of(const Resource& resource, const std::vector<const FieldMeta*>& fields, const Viewer& viewer) {
    if (resource.exactly_one.empty()) return {};
    std::string example;
    json::Writer out(example);
    out.begin_object();
    for (const FieldMeta* field : fields) {
        const bool is_other = std::ranges::any_of(resource.exactly_one, [&](const auto& rule) {
            return std::ranges::find(rule.fields.begin() + 1, rule.fields.end(), field) != rule.fields.end();
        });
        const std::string sample = sample_json(*field);
        if (!is_other && viewer.writes(*field) && !sample.empty()) out.key(field->name).raw(sample);
    }
    out.end_object();
    return example;
}

}  // namespace

void add_choices(const Resource& resource, api::Schemas& all) {
    add_choices(resource.answered, all);
    add_choices(resource.acceptable, all);
    for (const Filter& filter : resource.filters) add_choices({filter.field}, all);
    for (const Action& action : resource.actions) {
        add_choices(action.input->acceptable, all);
        if (action.output) add_choices(action.output->answered, all);
    }
}

std::string ordering_type(const Resource& resource) {
    return fmt::format("{}Ordering", resource.schema);
}

std::string expansion_type(const Resource& resource) {
    return fmt::format("{}Expansion", resource.schema);
}

std::string field_type(const Resource& resource) {
    return fmt::format("{}Field", resource.schema);
}

std::string object_schema(const std::vector<const FieldMeta*>& fields, const Viewer& viewer, const ObjectSchema& of) {
    std::string schema;
    json::Writer out(schema);
    out.begin_object().member("type", "object").member("additionalProperties", false);
    out.key("properties").begin_object();
    for (const FieldMeta* field : fields) {
        if (!viewer.sees(*field)) continue;
        const bool locked = of.use == SchemaOf::body && !viewer.writes(*field);
        write_schema(*field, of.use, out.key(field->name), of.defaulted(*field) ? of.initial : nullptr, locked);
    }
    for (const SchemaMember& member : of.more) out.key(member.name).raw(member.schema);
    out.end_object().key("required").begin_array();
    for (const FieldMeta* field : fields)
        if (of.required(*field) && viewer.sees(*field)) out.string(field->name);
    for (const SchemaMember& member : of.more)
        if (member.required) out.string(member.name);
    out.end_array();
    if (!of.example.empty()) out.key("examples").begin_array().raw(of.example).end_array();
    out.end_object();
    return schema;
}

std::string answer_schema(const Resource& resource, const Viewer& viewer) {
    const auto always_shown = [](const FieldMeta& field) { return field.visible_to.empty(); };
    return object_schema(
        resource.answered, viewer,
        {.use = SchemaOf::answer, .required = always_shown, .more = related_members(resource, viewer)});
}

api::Schemas schemas(const Resource& resource) {
    return schemas(resource, Viewer::system());
}

api::Schemas schemas(const Resource& resource, const Viewer& viewer) {
    const std::string name(resource.schema);
    const std::string_view truncated =
        resource.search ? R"(,"truncated":{"type":"boolean","const":true,"description":)"
                          R"("Present when a word of the search begins so many words that not all were looked at."})"
                        : "";
    const auto all = [](const FieldMeta&) { return true; };
    const auto required = [](const FieldMeta& field) { return field.required; };
    const auto changeable_required = [](const FieldMeta& field) { return field.required && !field.create_only; };
    const auto changes = [](const FieldMeta& field) { return !field.create_only; };
    const Object initial = resource.object_type.make();
    const std::vector<const FieldMeta*> changed = changeable(resource);
    const std::string example = example_of(resource, resource.acceptable, viewer);
    api::Schemas schemas{
        {name, answer_schema(resource, viewer)},
        {name + "Create", object_schema(resource.acceptable, viewer,
                                        {.required = required,
                                         .initial = initial.get(),
                                         .defaulted = all,
                                         .more = nested_members(resource, "Create", viewer),
                                         .example = example})},
        {name + "Update", object_schema(changed, viewer,
                                        {.more = nested_members(resource, "Update", viewer),
                                         .example = example_of(resource, changed, viewer)})},
        {name + "Replace", object_schema(resource.acceptable, viewer,
                                         {.required = changeable_required,
                                          .initial = initial.get(),
                                          .defaulted = changes,
                                          .more = nested_members(resource, "Replace", viewer),
                                          .example = example})},
        {name + "Page",
         fmt::format(R"({{"type":"object","additionalProperties":false,"properties":{{)"
                     R"("results":{{"type":"array","items":{{"$ref":"#/components/schemas/{}"}}}},)"
                     R"("next":{{"type":["string","null"]}},"previous":{{"type":["string","null"]}},)"
                     R"("count":{{"type":"integer","minimum":0,"maximum":10000,"description":"As `count` asks."}},)"
                     R"("count_truncated":{{"type":"boolean","const":true,)"
                     R"("description":"Present when there are more than `count`."}}{}}},)"
                     R"("required":["results","next","previous"]}})",
                     name, truncated)},
    };
    add_bulk_schemas(resource, viewer, schemas);
    add_action_schemas(resource, schemas);
    add_parameter_schemas(resource, viewer, schemas);
    add_related_schemas(resource, viewer, schemas);
    add_choices(resource, schemas);
    return schemas;
}

}  // namespace terrace::resource
