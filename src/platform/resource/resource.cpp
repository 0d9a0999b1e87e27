#include "platform/resource/resource.hpp"

#include "platform/resource/check.hpp"
#include "platform/resource/field_schema.hpp"
#include "platform/resource/json_schema.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>

namespace terrace::resource {

std::string Resource::permission(std::string_view action) const {
    return fmt::format("{}.{}", name, action);
}

std::string Resource::path() const {
    return fmt::format("/api/v1/{}", name);
}

std::optional<std::size_t> Resource::find_column(std::string_view name) const {
    // A member's name is one text in the whole program (name_of): computed fields ask by it for every row.
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i]->name.data() == name.data() && columns[i]->name.size() == name.size()) return i;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i]->name == name) return i;
    return {};
}

const FieldMeta& Resource::column(std::string_view name) const {
    const auto index = find_column(name);
    if (!index) throw std::logic_error(fmt::format("the resource {} has no column {}", this->name, name));
    return *columns[*index];
}

const re2::RE2* Resource::pattern_of(const FieldMeta& field) const {
    return patterns[static_cast<std::size_t>(&field - fields.data())].get();
}

const JsonSchema& Resource::json_schema_of(const FieldMeta& field) const {
    return *json_schemas[static_cast<std::size_t>(&field - fields.data())];
}

Value Row::value(std::string_view name) const {
    const auto column = resource.find_column(name);
    if (!column) throw std::logic_error(fmt::format("the resource {} has no column {}", resource.name, name));
    const FieldMeta& field = *resource.columns[*column];
    return value_from_row(field.type, rows, index, *column, field.scale);
}

namespace detail {
namespace {

/// A statement has 99 placeholders; a list's others are its words', its cursor's and a few more.
constexpr std::size_t most_filter_parameters = 60;

constexpr std::array<std::string_view, 9> parameters_of_every_list{"limit", "cursor", "ordering", "search", "archived",
                                                                   "count", "format", "fields",   "expand"};

[[noreturn]] void refuse(const Resource& resource, std::string_view sentence) {
    throw std::logic_error(fmt::format("The description of the resource {}: {}", resource.name, sentence));
}

void sort_fields(Resource& resource) {
    for (const FieldMeta& field : resource.fields) {
        if (field.source == FieldMeta::Source::column) resource.columns.push_back(&field);
        if (field.shown) {
            resource.answer.push_back({fmt::format(",\"{}\":", field.name), &field, resource.columns.size() - 1});
            resource.answered.push_back(&field);
        }
        if (field.accepted) resource.acceptable.push_back(&field);
    }
}

void join_guard(Resource& resource, std::string_view permission, FieldSet field) {
    for (auto& [name, fields] : resource.guarded_fields) {
        if (name != permission) continue;
        fields |= field;
        return;
    }
    resource.guarded_fields.emplace_back(permission, field);
}

void guard_fields(Resource& resource) {
    if (resource.answer.size() > 64) refuse(resource, "an answer has at most 64 fields.");
    for (std::size_t i = 0; i < resource.answer.size(); ++i) {
        const FieldSet field = FieldSet{1} << i;
        resource.all_fields |= field;
        const std::string_view permission = resource.answer[i].field->visible_to;
        if (!permission.empty()) join_guard(resource, permission, field);
    }
    for (const FieldMeta& field : resource.fields) {
        if (field.visible_to.empty() && field.writable_by.empty()) continue;
        resource.has_guarded_fields = true;
        if (is_system_field(field.name)) refuse(resource, fmt::format("{} is seen by everybody.", field.name));
        if (field.required)
            refuse(resource,
                   fmt::format("{} is required, and not everybody may write it; drop one of the two.", field.name));
    }
}

/// What not everybody sees must not be told by the way.
void check_secrets(const Resource& resource) {
    if (resource.search)
        for (const auto& [kind, field] : resource.search->sources)
            if (!field->visible_to.empty())
                refuse(resource, fmt::format("the search reads {}, which not everybody sees; its words would tell it.",
                                             field->name));
    for (const auto& rule : resource.exactly_one)
        for (const FieldMeta* field : rule.fields)
            if (!field->visible_to.empty() || !field->writable_by.empty())
                refuse(resource, fmt::format("exactly_one_of names {}, which not everybody may write.", field->name));
}

void compile_patterns(Resource& resource) {
    for (const FieldMeta& field : resource.fields) {
        auto pattern = Resource::Pattern(nullptr, [](const re2::RE2* p) { delete p; });
        if (!field.pattern.empty()) {
            pattern.reset(new re2::RE2(re2::StringPiece(field.pattern.data(), field.pattern.size()), re2::RE2::Quiet));
            if (!pattern->ok())
                refuse(resource, fmt::format("the pattern of {} is not RE2: {}.", field.name, pattern->error()));
        }
        resource.patterns.push_back(std::move(pattern));
    }
}

void compile_json_schemas(Resource& resource) {
    for (const FieldMeta& field : resource.fields) {
        auto& schema = resource.json_schemas.emplace_back();
        if (field.type != Type::json) continue;
        if (field.json_schema.empty())
            refuse(resource, fmt::format("{} needs json(schema); any object is {{\"type\":\"object\"}}.", field.name));
        try {
            schema = std::make_shared<const JsonSchema>(field.json_schema);
        } catch (const std::logic_error& error) {
            refuse(resource, fmt::format("the schema of {} is not one: {}", field.name, error.what()));
        }
    }
}

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
        if (field.reference && field.reference->refuses_archived && !field.reference->archivable)
            refuse(resource, fmt::format("{} is not_archived, and its object has no archived_at.", field.name));
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

const FieldMeta* acceptable(const Resource& resource, std::string_view name) {
    for (const FieldMeta* field : resource.acceptable)
        if (field->name == name) return field;
    refuse(resource, fmt::format("exactly_one_of names {}, which no body may hold.", name));
}

/// `patient__sex` is the sex of the patient that `patient_id` points to.
Filter filter_of(const Resource& resource, const FilterPart& part) {
    const Resource& owner = part.resource ? *part.resource : resource;
    Filter filter{.name = std::string(part.field),
                  .field = &owner.column(part.field),
                  .lookup = part.lookup,
                  .related = {},
                  .within = {}};
    if (part.resource) {
        filter.related = {part.resource, &resource.column(part.by)};
        std::string_view by = part.by;
        if (by.ends_with("_id")) by.remove_suffix(3);
        filter.name = fmt::format("{}__{}", by, part.field);
    }
    if (part.lookup != Lookup::exact) filter.name.append("__").append(to_string(part.lookup));
    return filter;
}

/// The filters by `field` that narrow a list enough for a `contains` within.
std::vector<std::size_t> narrowing(const Resource& resource, std::string_view field) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < resource.filters.size(); ++i) {
        const Filter& filter = resource.filters[i];
        const bool narrows = filter.lookup == Lookup::exact || filter.lookup == Lookup::in;
        if (narrows && !filter.related.resource && filter.field->name == field) found.push_back(i);
    }
    return found;
}

void join_filters(Resource& resource, const std::vector<FilterPart>& parts) {
    for (const FilterPart& part : parts) resource.filters.push_back(filter_of(resource, part));
    std::size_t parameters = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Filter& filter = resource.filters[i];
        parameters += parameters_of(filter);
        const auto twin = std::ranges::find(resource.filters, filter.name, &Filter::name);
        if (std::ranges::find(parameters_of_every_list, filter.name) != parameters_of_every_list.end())
            refuse(resource, fmt::format("{} is a parameter of every list; no filter can have its name.", filter.name));
        if (&*twin != &filter) refuse(resource, fmt::format("the filter {} is declared twice.", filter.name));
        if (filter.lookup != Lookup::contains) continue;
        filter.within = narrowing(resource, parts[i].within);
        if (filter.within.empty())
            refuse(resource,
                   fmt::format("contains_within needs filter<&…::{0}>(lookup::exact) beside it.", parts[i].within));
    }
    if (parameters > most_filter_parameters)
        refuse(resource, fmt::format("its filters have {} parameters; at most {} fit in a statement.", parameters,
                                     most_filter_parameters));
}

Resource::OrderKey order_key(const Resource& resource, const Ordering& ordering) {
    Resource::OrderKey key;
    for (const Term& term : std::span(ordering.terms).first(ordering.count)) {
        const std::string comma = key.name.empty() ? "" : ",";
        key.name.append(comma).append(term.descending ? "-" : "").append(term.name);
        key.reverse.append(comma).append(term.descending ? "" : "-").append(term.name);
        key.terms.push_back({&resource.column(term.field), *resource.find_column(term.field), term.descending});
    }
    if (!ordering.name.empty()) {
        key.name = ordering.name;
        key.reverse = "-" + key.name;
    }
    return key;
}

void join(Resource& resource, const Parts& parts) {
    join_filters(resource, parts.filters);
    for (const Ordering& ordering : parts.orderings) resource.orderings.push_back(order_key(resource, ordering));
    for (const SearchSource& source : parts.search_sources)
        resource.search->sources.emplace_back(source.kind, &resource.column(source.field));
    if (parts.number) resource.number = Resource::Number{&resource.column(parts.number->first), parts.number->second};
    for (const auto& [names, message] : parts.exactly_one) {
        Resource::ExactlyOne rule{{}, message};
        for (const auto name : names) rule.fields.push_back(acceptable(resource, name));
        resource.exactly_one.push_back(std::move(rule));
    }
}

void name_violations(Resource& resource, const Parts& parts) {
    for (const FieldMeta& field : resource.fields) {
        if (!field.unique_constraint.empty())
            resource.violations.push_back({field.unique_constraint,
                                           field.name,
                                           {"unique", fmt::format("This {} is already taken.", field.name)}});
        if (field.reference)
            resource.violations.push_back(
                {field.reference->constraint, field.name, {"does_not_exist", "This object does not exist."}});
    }
    for (const auto& [constraint, names] : parts.unique_together)
        resource.violations.push_back(
            {constraint,
             "non_field_errors",
             {"unique", fmt::format("The fields {} must make a unique set.", fmt::join(names, ", "))}});
    for (auto a = resource.violations.begin(); a != resource.violations.end(); ++a)
        for (auto b = std::next(a); b != resource.violations.end(); ++b)
            if (a->constraint == b->constraint)
                refuse(resource, fmt::format("the constraint {} means two things.", a->constraint));
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

void compile_rules(Resource& resource, const Parts& parts) {
    for (const auto& [act, rule] : parts.rules) {
        auto& guard = resource.guards[static_cast<std::size_t>(act)];
        if (guard) refuse(resource, "two rules allow the same act; join them with `||`.");
        if (act == Act::archive && !resource.archivable)
            refuse(resource, "a rule allows Act::archive; add archivable() or drop the rule.");
        guard = std::make_unique<const Guard>(resource, rule);
    }
}

void check_bulk(const Resource& resource) {
    if (!resource.bulk) return;
    if (resource.bulk->archive && !resource.archivable)
        refuse(resource, "bulk can archive only what is archivable(): write .bulk({.archive = false}).");
    if (resource.bulk->most == 0 || resource.bulk->most > 1'000)
        refuse(resource, "bulk takes at most 1 to 1,000 objects: write .bulk({.most = 100}).");
}

}  // namespace

Resource finish(Resource resource, const Parts& parts) {
    finish_states(resource);
    sort_fields(resource);
    resource.id_column = *resource.find_column("id");
    resource.version_column = *resource.find_column("version");
    compile_patterns(resource);
    compile_json_schemas(resource);
    check_fields(resource);
    guard_fields(resource);
    join(resource, parts);
    check_secrets(resource);
    check_bulk(resource);
    name_violations(resource, parts);
    check_orderings(resource);
    for (const FieldMeta& field : resource.fields)
        if (!field.example.empty()) check_example(resource, field);
    compile_rules(resource, parts);
    finish_actions(resource);
    return resource;
}

std::shared_ptr<const Resource> finish_form(Resource form) {
    auto finished = std::make_shared<Resource>(std::move(form));
    sort_fields(*finished);
    compile_patterns(*finished);
    compile_json_schemas(*finished);
    check_fields(*finished);
    for (const FieldMeta& field : finished->fields)
        if (!field.example.empty()) check_example(*finished, field);
    return finished;
}

}  // namespace detail
}  // namespace terrace::resource
