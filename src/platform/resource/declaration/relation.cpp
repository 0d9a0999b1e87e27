#include "platform/resource/declaration/relation.hpp"

#include "platform/resource/finish_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::resource::detail {
namespace {

constexpr std::size_t most_depth = 3;
constexpr std::size_t most_children = 1'000;

const FieldMeta& reference_to(const Resource& resource, const Relation& relation, const Resource& owner,
                              const Resource& other) {
    const FieldMeta& field = owner.column(relation.member);
    if (field.reference && field.reference->table.text() == other.table.text()) return field;
    refuse(resource,
           fmt::format("{} is reached by {}.{}, which does not refer to {}: write "
                       "field<…::{}>.refers_to<…>(\"{}\", constraint).",
                       relation.name, owner.name, relation.member, other.name, relation.member, other.table.text()));
}

void join_children(Resource& resource, Relation& relation) {
    const Resource& children = *relation.resource;
    relation.by = &reference_to(resource, relation, children, resource);
    if (relation.by->reference->key->text() != "id")
        refuse(resource, fmt::format("the nested list {} is found by the parent's id, and {} holds another key.",
                                     relation.name, relation.member));
    relation.from = resource.id_column;
    relation.to = *children.find_column(relation.member);
    for (const Term& term : relation.order)
        if (!children.find_column(term.field))
            refuse(resource, fmt::format("{} is ordered by {}, which is no member of what is nested.", relation.name,
                                         term.field));
    if (relation.most == 0 || relation.most > most_children)
        refuse(resource,
               fmt::format("the nested list {} has 1 to {} children: write .most(100).", relation.name, most_children));
}

void join_referred(Resource& resource, Relation& relation) {
    relation.by = &reference_to(resource, relation, resource, *relation.resource);
    relation.from = *resource.find_column(relation.member);
    const auto key = relation.resource->find_column(relation.by->reference->key->text());
    if (!key) refuse(resource, fmt::format("{} refers to a key that is no column.", relation.member));
    relation.to = *key;
}

/// Bodies of children are bodies of one level, in requests that write one parent.
void check_writes(const Resource& resource, const Relation& relation) {
    const Resource& children = *relation.resource;
    if (!relation.by->create_only)
        refuse(resource, fmt::format("{} is written through its parent and stays with it: write .create_only() on "
                                     "field<…::{}> of {}.",
                                     relation.name, relation.member, children.name));
    if (std::ranges::any_of(children.relations, [](const Relation& inner) { return inner.writes.has_value(); }))
        refuse(resource, fmt::format("{} is writable, and so are nested lists of {}; one level of children is written "
                                     "at once.",
                                     relation.name, children.name));
    for (const FieldMeta* column : children.columns)
        if (column->type == Type::file)
            refuse(resource, fmt::format("{} is writable, and {} of {} is a file, which is taken up by a write of its "
                                         "own: do not let {} be writable.",
                                         relation.name, column->name, children.name, relation.name));
    if (resource.bulk && (resource.bulk->create || resource.bulk->update))
        refuse(resource, fmt::format("bulk writes objects without their children: write .bulk({{.create = false, "
                                     ".update = false}}), or let {} not be writable.",
                                     relation.name));
}

void check_name(const Resource& resource, const Relation& relation) {
    const auto has = [&](std::string_view name) {
        return std::ranges::any_of(resource.fields, [&](const FieldMeta& field) { return field.name == name; });
    };
    const auto twins = std::ranges::count(resource.relations, relation.name, &Relation::name);
    if (relation.name.empty()) refuse(resource, "a nested list needs a name.");
    if (has(relation.name) || has(fmt::format("{}_truncated", relation.name)) || twins > 1)
        refuse(resource, fmt::format("{} stands twice in the answer; give the nested list or the expansion another "
                                     "name.",
                                     relation.name));
}

}  // namespace

void finish_relations(Resource& resource) {
    if (resource.expand_depth == 0 || resource.expand_depth > most_depth)
        refuse(resource, fmt::format("expansions go 1 to {} levels deep: write .expand_depth(2).", most_depth));
    for (Relation& relation : resource.relations) {
        check_name(resource, relation);
        if (relation.kind == Relation::Kind::many)
            join_children(resource, relation);
        else
            join_referred(resource, relation);
        if (relation.writes) check_writes(resource, relation);
        if (resource.bulk && !relation.on_demand)
            refuse(resource, fmt::format("bulk answers objects without their children: write .on_demand() on the "
                                         "nested list {}.",
                                         relation.name));
    }
}

}  // namespace terrace::resource::detail
