#include "platform/resource/finish_parts.hpp"
#include "platform/resource/input/check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>

namespace terrace::resource::detail {
namespace {

/// A statement has 99 placeholders; a list's others are its words', its cursor's and a few more.
constexpr std::size_t most_filter_parameters = 60;

constexpr std::array<std::string_view, 9> parameters_of_every_list{"limit", "cursor", "ordering", "search", "archived",
                                                                   "count", "format", "fields",   "expand"};

/// A reference by key is found by its key, not compared with others: it has no order and no beginning.
void check_key(const Resource& resource, const FieldMeta& field, std::string_view what) {
    if (field.is_named_by_key())
        refuse(resource,
               fmt::format("{} names {}, a reference that is kept by id; it has no order. Filter it by exact, in "
                           "and isnull.",
                           what, field.name));
}

void check_lookup_of_key(const Resource& resource, const Filter& filter) {
    const bool whole = filter.lookup == Lookup::exact || filter.lookup == Lookup::in || filter.lookup == Lookup::isnull;
    if (!whole || filter.related.resource)
        check_key(resource, *filter.field, fmt::format("the filter {}", filter.name));
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
        check_lookup_of_key(resource, filter);
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
        check_key(resource, resource.column(term.field), "an ordering");
        key.terms.push_back({&resource.column(term.field), *resource.find_column(term.field), term.descending});
    }
    if (!ordering.name.empty()) {
        key.name = ordering.name;
        key.reverse = "-" + key.name;
    }
    return key;
}

}  // namespace

void join(Resource& resource, const Parts& parts) {
    join_filters(resource, parts.filters);
    for (const Ordering& ordering : parts.orderings) resource.orderings.push_back(order_key(resource, ordering));
    for (const SearchSource& source : parts.search_sources) {
        const FieldMeta& field = resource.column(source.field);
        check_key(resource, field, "the search");
        if (source.kind != SearchSource::Kind::number)
            resource.search->sources.emplace_back(source.kind, &field);
        else if (std::exchange(resource.search->number, &field))
            refuse(resource, "its search has two whole numbers; a word could mean either.");
    }
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
            resource.violations.push_back({field.reference->constraint, field.name, faults::does_not_exist()});
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

}  // namespace terrace::resource::detail
