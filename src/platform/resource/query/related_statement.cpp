#include "platform/resource/query/related_statement.hpp"

#include "platform/resource/query/composer.hpp"
#include "platform/resource/query/projection.hpp"

#include <stdexcept>

namespace terrace::resource {
namespace {

db::Fragment array_type(Type key) {
    switch (key) {
        case Type::uuid:
            return "::uuid[]";
        case Type::text:
            return "::text[]";
        case Type::integer:
            return "::bigint[]";
        default:
            throw std::logic_error("a reference holds an id, a text or a number");
    }
}

/// A lateral subquery with a limit runs once for each parent, in the order of the array, and reads no more of an index
/// than it answers.
void add_children(Composer& text, const Relation& relation, const Reach& reach) {
    const Resource& children = *relation.resource;
    text << "select " << name_list(children) << " from unnest(" << text.next()
         << "::uuid[]) as parent(key), lateral (select " << select_list(children) << " from " << children.table
         << " where tenant_id = $1 and " << *children.columns[relation.to]->column << " = parent.key";
    if (children.archivable) text << " and archived_at is null";
    reach.restrict(text);
    text << " order by ";
    bool descending = false;
    for (const Term& term : relation.order) {
        descending = term.descending;
        text << *children.column(term.field).column << (descending ? db::Fragment(" desc, ") : db::Fragment(", "));
    }
    text << (descending ? db::Fragment("id desc") : db::Fragment("id")) << " limit " << text.next() << ") as child";
}

void add_referred(Composer& text, const Relation& relation, const Reach& reach) {
    const Resource& others = *relation.resource;
    const FieldMeta& key = *others.columns[relation.to];
    text << "select " << select_list(others) << " from " << others.table << " where tenant_id = $1 and " << *key.column
         << " = any(" << text.next() << array_type(key.type) << ")";
    reach.restrict(text);
}

}  // namespace

const db::Shape& compose_related(const Relation& relation, const Reach& reach) {
    Composer text;
    text.next();  // $1, the tenant
    if (relation.kind == Relation::Kind::many)
        add_children(text, relation, reach);
    else
        add_referred(text, relation, reach);
    return text.shape();
}

void RelatedStatements::add(const Resource& resource) {
    for (const Relation& relation : resource.relations) {
        const auto [entry, added] = shapes_.try_emplace(&relation);
        if (!added) continue;
        entry->second.push_back(&compose_related(relation, *Sight::of_everything().reach));
        if (const Guard* guard = relation.resource->guard(Act::read))
            for (const Reach& reach : guard->reaches()) entry->second.push_back(&compose_related(relation, reach));
        add(*relation.resource);
    }
}

db::Statement RelatedStatements::read(const Relation& relation, const Uuid& tenant, std::string_view keys,
                                      const Sight& sight) const {
    db::Statement statement{shapes_.at(&relation)[sight.index], {}};
    statement.params.add(tenant).add(keys);
    sight.reach->bind(sight.user, statement.params);
    if (relation.kind == Relation::Kind::many) statement.params.add(static_cast<std::int64_t>(relation.most + 1));
    return statement;
}

}  // namespace terrace::resource
