#include "platform/resource/engine/related.hpp"

#include "platform/resource/query/projection.hpp"
#include "platform/resource/values/array.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace terrace::resource {
namespace {

/// The keys by which rows are related, each once, as PostgreSQL's text of an array; empty when there is none.
std::string keys_of(const db::Rows& rows, const Relation& relation) {
    std::vector<std::string> keys;
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.is_null(i, relation.from)) continue;
        const std::string_view key = rows.text(i, relation.from);
        if (seen.insert(key).second) keys.emplace_back(key);
    }
    return keys.empty() ? std::string() : array_text(keys);
}

RelatedObjects made_of(const RelatedProjection& wanted) {
    RelatedObjects related;
    related.relation = wanted.relation;
    related.fields = wanted.projection.fields;
    return related;
}

/// Rows of one key stand together.
void take(RelatedObjects& related, db::Rows rows) {
    related.rows = std::move(rows);
    related.places.reserve(related.rows.size());
    for (std::size_t i = 0; i < related.rows.size(); ++i) {
        const auto [place, first] =
            related.places.try_emplace(related.rows.text(i, related.relation->to), RelatedObjects::Span{i, 0});
        ++place->second.count;
    }
}

void write_children(const RelatedObjects& related, RelatedObjects::Span span, const tenancy::Tenant& tenant,
                    std::string& out) {
    const Resource& children = *related.relation->resource;
    out += '[';
    for (std::size_t i = 0; i < std::min(span.count, related.relation->most); ++i) {
        if (i != 0) out += ',';
        write_object({children, related.rows, span.first + i, tenant}, related.fields, related.related, out);
    }
    out += ']';
}

}  // namespace

/// Rows whose related objects are read next.
struct RelatedReader::Layer {
    const db::Rows* rows;
    const Projection* projection;
    std::vector<RelatedObjects>* into;
};

RelatedObjects::Span RelatedObjects::of(const db::Rows& owners, std::size_t row) const {
    if (owners.is_null(row, relation->from)) return {};
    const auto place = places.find(owners.text(row, relation->from));
    return place == places.end() ? Span{} : place->second;
}

bool RelatedObjects::is_cut(const Row& object) const {
    return relation->kind == Relation::Kind::many && of(object.rows, object.index).count > relation->most;
}

db::Statement RelatedReader::statement(const Relation& relation, std::string_view keys) const {
    return statements_.read(relation, scope_.tenant(), keys, viewer_.sight(*relation.resource));
}

db::Statement RelatedReader::children_of(const Uuid& id, const Relation& relation) const {
    return statement(relation, "{" + id.to_string() + "}");
}

std::vector<db::Statement> RelatedReader::children_of(const Uuid& id, const Projection& projection) const {
    std::vector<db::Statement> statements;
    for (const RelatedProjection& each : projection.related)
        if (each.relation->kind == Relation::Kind::many) statements.push_back(children_of(id, *each.relation));
    return statements;
}

boost::asio::awaitable<db::DbResult<std::vector<RelatedObjects>>> RelatedReader::read(
    const db::Rows& rows, const Projection& projection, std::vector<db::Rows> given) const {
    std::vector<RelatedObjects> all;
    std::vector<Layer> layers{{&rows, &projection, &all}};
    auto next_given = given.begin();
    while (!layers.empty()) {
        db::Unit unit{.kind = db::UnitKind::point_read};
        std::vector<RelatedObjects*> asked;
        for (const Layer& layer : layers) {
            // Made at once, lest the pointers to them move.
            for (const RelatedProjection& wanted : layer.projection->related) layer.into->push_back(made_of(wanted));
            for (RelatedObjects& related : *layer.into) {
                if (related.relation->kind == Relation::Kind::many && next_given != given.end()) {
                    take(related, std::move(*next_given++));
                    continue;
                }
                const std::string keys = keys_of(*layer.rows, *related.relation);
                if (keys.empty()) continue;
                unit.statements.push_back(statement(*related.relation, keys));
                asked.push_back(&related);
            }
        }
        if (!asked.empty()) {
            auto answers = co_await database_.run(scope_, std::move(unit));
            if (!answers) co_return std::unexpected(std::move(answers).error());
            for (std::size_t i = 0; i < asked.size(); ++i) take(*asked[i], std::move((*answers)[i]));
        }
        std::vector<Layer> deeper;
        for (const Layer& layer : layers)
            for (std::size_t i = 0; i < layer.into->size(); ++i) {
                const Projection& within = layer.projection->related[i].projection;
                RelatedObjects& related = (*layer.into)[i];
                if (!within.related.empty()) deeper.push_back({&related.rows, &within, &related.related});
            }
        layers = std::move(deeper);
    }
    co_return all;
}

void write_related(const RelatedObjects& related, const Row& object, std::string& out) {
    const RelatedObjects::Span span = related.of(object.rows, object.index);
    if (related.relation->kind == Relation::Kind::many) return write_children(related, span, object.tenant, out);
    if (span.count == 0) {
        out += "null";
        return;
    }
    write_object({*related.relation->resource, related.rows, span.first, object.tenant}, related.fields,
                 related.related, out);
}

void write_object(const Row& row, FieldSet fields, const std::vector<RelatedObjects>& related, std::string& out) {
    const std::size_t begin = out.size();
    write_members(row, fields, out);
    for (const RelatedObjects& each : related) {
        out.append(",\"").append(each.relation->name).append("\":");
        write_related(each, row, out);
        if (each.is_cut(row)) out.append(",\"").append(each.relation->name).append("_truncated\":true");
    }
    out[begin] = '{';  // where the first member has its comma
    out += '}';
}

}  // namespace terrace::resource
