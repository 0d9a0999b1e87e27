#include "platform/resource/list_statement.hpp"

#include "platform/resource/composer.hpp"
#include "platform/resource/projection.hpp"

#include <fmt/format.h>

namespace terrace::resource {
namespace {

bool runs_descending(const ListQuery& query, const std::optional<Cursor>& cursor) {
    return query.descending != (cursor && cursor->backward);
}

/// What the text of the statement depends on.
std::string key_of(const Sight& sight, const ListQuery& query, const std::optional<Cursor>& cursor) {
    std::string key(query.order->name);
    key += runs_descending(query, cursor) ? '-' : '+';
    key += cursor ? 'c' : 'f';
    key += query.archived ? 'a' : 'l';
    if (!sight.whole()) key.append("s").append(fmt::format_int(sight.index).c_str());
    for (const auto& [field, value] : query.filters) key.append("&").append(field->name);
    for (const WordRanges& word : query.words) key.append(" ").append(fmt::format_int(word.size()).c_str());
    return key;
}

/// Objects that have a token in one of the ranges of a word; two arms, so that each is a scan of the index.
void add_word(Composer& text, const Resource& resource, const WordRanges& word) {
    text << " and id in (";
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (i != 0) text << " union all ";
        text << "select object_id from " << resource.search->table
             << " where tenant_id = $1 and token >= " << text.next() << " and token < " << text.next();
    }
    text << ")";
}

const db::Shape& compose(const Resource& resource, const Sight& sight, const ListQuery& query,
                         const std::optional<Cursor>& cursor) {
    const bool descending = runs_descending(query, cursor);
    const db::Fragment column = *query.order->field->column;
    Composer text;
    text << "select " << select_list(resource) << " from " << resource.table << " where tenant_id = " << text.next();
    sight.reach->restrict(text);
    if (resource.archivable && query.archived) text << " and archived_at is not null";
    if (resource.archivable && !query.archived) text << " and archived_at is null";
    for (const auto& [field, value] : query.filters) text << " and " << *field->column << " = " << text.next();
    for (const WordRanges& word : query.words) add_word(text, resource, word);
    if (cursor) {
        text << " and (" << column << ", id) " << (descending ? db::Fragment("<") : db::Fragment(">")) << " (";
        text.list(2) << ")";
    }
    const db::Fragment direction = descending ? db::Fragment(" desc") : db::Fragment(" asc");
    text << " order by " << column << direction << ", id" << direction << " limit " << text.next();
    return text.shape();
}

}  // namespace

const db::Shape& ListStatements::shape_of(const Sight& sight, const ListQuery& query,
                                          const std::optional<Cursor>& cursor) {
    const db::Shape*& shape = shapes_[key_of(sight, query, cursor)];
    if (!shape) shape = &compose(resource_, sight, query, cursor);
    return *shape;
}

db::Statement ListStatements::make(const Uuid& tenant, const Sight& sight, const ListQuery& query,
                                   const std::optional<Cursor>& cursor) {
    db::Statement statement{&shape_of(sight, query, cursor), {}};
    statement.params.add(tenant);
    sight.reach->bind(sight.user, statement.params);
    for (const auto& [field, value] : query.filters) bind_value(value, statement.params);
    for (const WordRanges& word : query.words)
        for (const TokenRange& range : word) statement.params.add(range.from).add(range.to);
    if (cursor) statement.params.add(cursor->value).add(cursor->id);
    statement.params.add(query.limit + 1);
    return statement;
}

}  // namespace terrace::resource
