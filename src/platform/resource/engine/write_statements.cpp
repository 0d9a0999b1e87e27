#include "platform/resource/engine/write_statements.hpp"

#include "platform/resource/engine/written_columns.hpp"
#include "platform/resource/query/tokens.hpp"

#include <algorithm>

namespace terrace::resource {
namespace {

void bind_columns(const Resource& resource, const void* object, bool (*written)(const FieldMeta&), db::Params& params,
                  const FieldMeta* taken = nullptr) {
    for (const FieldMeta* field : resource.columns)
        if (written(*field) && !field->lookup && field != taken) bind_value(field->get(object), params);
}

/// `{a,b}`: PostgreSQL's text of an array of what needs no quotes.
template <class List, class Text>
std::string array_of(const List& list, Text text) {
    std::string array = "{";
    for (const auto& each : list) {
        if (array.size() > 1) array += ',';
        array += text(each);
    }
    return array + "}";
}

void bind_key(const std::optional<IdempotencyKey>& key, db::Params& params) {
    if (!key) return;
    params.add(key->user).add(key->key).add_bytes(key->request_hash).add(key->status).add(key->answer);
}

}  // namespace

db::Statement WriteStatements::read(const Uuid& tenant, const Uuid& id, const Sight& sight) const {
    db::Statement statement{reads_[sight.index], {}};
    statement.params.add(tenant).add(id);
    sight.reach->bind(sight.user, statement.params);
    return statement;
}

db::Statement WriteStatements::read_many(const Uuid& tenant, const std::vector<Uuid>& ids, const Sight& sight) const {
    db::Statement statement{reads_many_[sight.index], {}};
    statement.params.add(tenant).add(array_of(ids, [](const Uuid& id) { return id.to_string(); }));
    sight.reach->bind(sight.user, statement.params);
    return statement;
}

db::Statement WriteStatements::hold(const Uuid& tenant,
                                    const std::vector<std::pair<Uuid, std::int64_t>>& versions) const {
    db::Statement statement{hold_, {}};
    statement.params.add(tenant)
        .add(array_of(versions, [](const auto& each) { return each.first.to_string(); }))
        .add(array_of(versions, [](const auto& each) { return std::to_string(each.second); }))
        .add(static_cast<std::int64_t>(versions.size()));
    return statement;
}

std::vector<Step> WriteStatements::touches(const Uuid& tenant, const void* object, const void* previous) const {
    std::vector<Step> steps;
    for (const auto& [field, shape] : touches_) {
        const Value now = field->get(object), before = previous ? field->get(previous) : Value();
        for (const Value& key : {now, before == now ? Value() : before}) {
            if (is_null(key)) continue;
            db::Statement statement{shape, {}};
            statement.params.add(tenant);
            bind_value(key, statement.params);
            std::string order = statement.params.text(1);
            steps.push_back({std::move(statement), std::move(order)});
        }
    }
    std::ranges::sort(steps, {}, &Step::order);
    return steps;
}

std::string WriteStatements::order_of(const void* object) const {
    std::string order;
    for (const FieldMeta* field : resource_.columns) {
        if (field->unique_constraint.empty()) continue;
        db::Params params;
        bind_value(field->get(object), params);
        if (const char* text = params.text(0)) order += text;
        order += '\n';
    }
    return order;
}

db::Statement WriteStatements::take_numbers(const Uuid& tenant, std::int64_t count) const {
    db::Statement statement{take_numbers_, {}};
    statement.params.add(tenant).add(resource_.number->counter).add(count);
    return statement;
}

db::Statement WriteStatements::insert(const void* object, const std::optional<IdempotencyKey>& key,
                                      const audit::Entry& entry) const {
    db::Statement statement{insert_.choose(key.has_value()), {}};
    statement.params.add(entry.tenant);
    bind_columns(resource_, object, is_insertable, statement.params);
    bind_rest(object, key, entry, statement.params);
    return statement;
}

db::Statement WriteStatements::insert_numbering(const void* object, const std::optional<IdempotencyKey>& key,
                                                const audit::Entry& entry) const {
    db::Statement statement{insert_numbering_.choose(key.has_value()), {}};
    statement.params.add(entry.tenant);
    bind_columns(resource_, object, is_insertable, statement.params, resource_.number->field);
    statement.params.add(resource_.number->counter);
    bind_rest(object, key, entry, statement.params);
    return statement;
}

void WriteStatements::bind_rest(const void* object, const std::optional<IdempotencyKey>& key, const audit::Entry& entry,
                                db::Params& params) const {
    audit::add_parameters(entry, params);
    if (resource_.search) params.add(join_tokens(tokens_of(resource_, object)));
    bind_key(key, params);
}

WriteStatements::Touched WriteStatements::touched_by(const void* object, const void* previous) const {
    const auto changed = [&](const FieldMeta& field) { return field.get(object) != field.get(previous); };
    Touched touched;
    if (resource_.search)
        touched.tokens =
            std::ranges::any_of(resource_.search->sources, [&](const auto& source) { return changed(*source.second); });
    for (const FieldMeta* field : resource_.columns)
        if (field->lookup && changed(resource_.column(field->lookup_by)))
            touched.lookups = true;
        else if (field->is_named_by_key() && changed(*field))
            touched.keys = true;
    return touched;
}

db::Statement WriteStatements::update(const void* object, const void* previous, std::int64_t version,
                                      const std::optional<IdempotencyKey>& key, const audit::Entry& entry) const {
    const Touched touched = touched_by(object, previous);
    db::Statement statement{update_[touched.index()].choose(key.has_value()), {}};
    statement.params.add(entry.tenant).add(entry.object).add(version);
    bind_columns(resource_, object, touched.keys ? is_updated : is_updated_beside_keys, statement.params);
    audit::add_parameters(entry, statement.params);
    if (touched.tokens) {
        const auto now = tokens_of(resource_, object), before = tokens_of(resource_, previous);
        statement.params.add(join_tokens(without(now, before))).add(join_tokens(without(before, now)));
    }
    bind_key(key, statement.params);
    return statement;
}

db::Statement WriteStatements::archive(bool archived, const Uuid& id, std::int64_t version,
                                       const std::optional<IdempotencyKey>& key, const audit::Entry& entry) const {
    db::Statement statement{(archived ? archive_ : restore_).choose(key.has_value()), {}};
    statement.params.add(entry.tenant).add(id).add(version);
    audit::add_parameters(entry, statement.params);
    bind_key(key, statement.params);
    return statement;
}

db::Statement WriteStatements::remove(const void* object, const Uuid& id, std::int64_t version,
                                      const audit::Entry& entry) const {
    db::Statement statement{remove_, {}};
    statement.params.add(entry.tenant).add(id).add(version);
    audit::add_parameters(entry, statement.params);
    if (resource_.search) statement.params.add(join_tokens(tokens_of(resource_, object)));
    return statement;
}

bool is_overtaken(const db::DbError& error) {
    return error.sqlstate == "22012";  // division_by_zero
}

}  // namespace terrace::resource
