#include "platform/resource/query/expansion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace terrace::resource {
namespace {

/// A name with dots as its front and what follows the first dot.
struct Name {
    std::string_view front;
    std::optional<std::string_view> rest;
};

Name split(std::string_view name) {
    const std::size_t dot = name.find('.');
    if (dot == name.npos) return {name, std::nullopt};
    return {name.substr(0, dot), name.substr(dot + 1)};
}

std::vector<std::string_view> names_of(std::string_view list) {
    std::vector<std::string_view> names;
    for (;;) {
        const std::size_t comma = list.find(',');
        names.push_back(list.substr(0, comma));
        if (comma == list.npos) return names;
        list.remove_prefix(comma + 1);
    }
}

std::optional<std::string_view> value_of(const http::Query& query, std::string_view name) {
    const auto found = std::ranges::find(query, name, &http::Query::value_type::first);
    if (found == query.end()) return {};
    return found->second;
}

FieldError not_a_choice(std::string_view name) {
    return {"invalid_choice", fmt::format("\"{}\" is not a valid choice.", name.substr(0, 100))};
}

FieldSet field_named(const Resource& resource, std::string_view name) {
    const auto found = std::ranges::find(resource.answered, name, &FieldMeta::name);
    return found == resource.answered.end() ? 0 : FieldSet{1} << (found - resource.answered.begin());
}

/// The part of `projection` for a relation, added in its place; nothing when there is none that the viewer sees.
Projection* add(Projection& projection, const Resource& resource, std::string_view name, const Viewer& viewer) {
    const auto relation = std::ranges::find(resource.relations, name, &Relation::name);
    if (relation == resource.relations.end() || !viewer.sees(*relation)) return nullptr;
    auto& related = projection.related;
    // Both stand in one vector, in its order.
    const auto place = std::ranges::lower_bound(related, &*relation, {}, &RelatedProjection::relation);
    if (place != related.end() && place->relation == &*relation) return &place->projection;
    return &related.insert(place, {&*relation, whole(*relation->resource, viewer)})->projection;
}

bool expand(Projection& projection, const Resource& resource, std::string_view name, std::size_t depth,
            const Viewer& viewer) {
    if (depth == 0) return false;
    const auto [front, rest] = split(name);
    Projection* const inner = add(projection, resource, front, viewer);
    if (!inner || !rest) return inner != nullptr;
    const auto relation = std::ranges::find(resource.relations, front, &Relation::name);
    return expand(*inner, *relation->resource, *rest, depth - 1, viewer);
}

/// What the names leave of a projection; else the name that it does not have.
std::expected<Projection, std::string> restrict(Projection projection, const Resource& resource,
                                                const std::vector<std::string_view>& names) {
    Projection left;
    std::vector<std::vector<std::string_view>> inner(projection.related.size());
    std::vector<bool> all(projection.related.size());
    for (const std::string_view name : names) {
        const auto [front, rest] = split(name);
        const auto related = std::ranges::find(projection.related, front,
                                               [](const RelatedProjection& each) { return each.relation->name; });
        const auto index = static_cast<std::size_t>(related - projection.related.begin());
        if (related == projection.related.end()) {
            const FieldSet field = rest ? 0 : field_named(resource, front) & projection.fields;
            if (field == 0) return std::unexpected(std::string(name));
            left.fields |= field;
        } else if (rest) {
            inner[index].push_back(*rest);
        } else {
            all[index] = true;
        }
    }
    for (std::size_t i = 0; i < projection.related.size(); ++i) {
        auto& [relation, within] = projection.related[i];
        if (!all[i] && inner[i].empty()) continue;
        if (!all[i]) {
            auto restricted = restrict(std::move(within), *relation->resource, inner[i]);
            if (!restricted) return std::unexpected(fmt::format("{}.{}", relation->name, restricted.error()));
            within = std::move(*restricted);
        }
        left.related.push_back(std::move(projection.related[i]));
    }
    return left;
}

void add_names(const Resource& resource, const Viewer& viewer, const std::string& before, std::size_t depth,
               bool with_fields, std::vector<std::string>& names) {
    if (with_fields)
        for (const FieldMeta* field : resource.answered)
            if (viewer.sees(*field)) names.push_back(before + std::string(field->name));
    for (const Relation& relation : resource.relations) {
        if ((depth == 0 && (relation.on_demand || !with_fields)) || !viewer.sees(relation)) continue;
        names.push_back(before + std::string(relation.name));
        add_names(*relation.resource, viewer, names.back() + ".", depth == 0 ? 0 : depth - 1, with_fields, names);
    }
}

}  // namespace

Projection whole(const Resource& resource, const Viewer& viewer) {
    Projection projection{.fields = viewer.fields(resource), .related = {}};
    for (const Relation& relation : resource.relations)
        if (!relation.on_demand && viewer.sees(relation))
            projection.related.push_back({&relation, whole(*relation.resource, viewer)});
    return projection;
}

std::expected<Projection, FieldErrors> read_projection(const Resource& resource, const http::Query& query,
                                                       const Viewer& viewer) {
    FieldErrors errors;
    Projection projection = whole(resource, viewer);
    if (const auto asked = value_of(query, "expand"); asked && !resource.relations.empty())
        for (const std::string_view name : names_of(*asked))
            if (errors.empty() && !expand(projection, resource, name, resource.expand_depth, viewer))
                errors.emplace_back("expand", not_a_choice(name));
    std::expected<Projection, std::string> restricted = std::move(projection);
    if (const auto asked = value_of(query, "fields"))
        restricted = restrict(*std::move(restricted), resource, names_of(*asked));
    if (!restricted) errors.emplace_back("fields", not_a_choice(restricted.error()));
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return *std::move(restricted);
}

std::vector<std::string> expandable_names(const Resource& resource, const Viewer& viewer) {
    std::vector<std::string> names;
    add_names(resource, viewer, "", resource.expand_depth, false, names);
    return names;
}

std::vector<std::string> selectable_names(const Resource& resource, const Viewer& viewer) {
    std::vector<std::string> names;
    add_names(resource, viewer, "", resource.expand_depth, true, names);
    return names;
}

std::string projection_parameters(const http::Query& query) {
    std::string parameters;
    for (const std::string_view name : {"fields", "expand"})
        if (const auto text = value_of(query, name))
            parameters += fmt::format("&{}={}", name, http::percent_encode(*text));
    return parameters;
}

}  // namespace terrace::resource
