#include "platform/resource/declaration/reference.hpp"
#include "platform/resource/engine/write_statements.hpp"
#include "platform/resource/engine/written_columns.hpp"
#include "platform/resource/query/composer.hpp"
#include "platform/resource/query/projection.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

/// The texts of the statements, composed once; write_statements.cpp gives them their parameters.
namespace terrace::resource {
namespace {

std::size_t audit_parameters() {
    db::Params params;
    audit::add_parameters(audit::Entry{}, params);
    return params.size();
}

/// The placeholder of each stored column, by name, while a statement is put together.
class Placeholders {
  public:
    void add(const FieldMeta& field, db::Fragment placeholder) { found_.emplace_back(&field, placeholder); }
    db::Fragment of(std::string_view name) const {
        const auto found = std::ranges::find_if(found_, [&](const auto& entry) { return entry.first->name == name; });
        if (found == found_.end()) throw std::logic_error("a looked-up column stands on one that is not written");
        return found->second;
    }

  private:
    std::vector<std::pair<const FieldMeta*, db::Fragment>> found_;
};

/// Numbers the placeholders of the written columns from `text`'s next on, in order. Looked-up columns have none, and
/// neither has `taken`, whose value the statement itself finds.
Placeholders number_columns(const Resource& resource, Composer& text, bool (*written)(const FieldMeta&),
                            const FieldMeta* taken = nullptr) {
    Placeholders placeholders;
    for (const FieldMeta* field : resource.columns)
        if (written(*field) && !field->lookup && field != taken) placeholders.add(*field, text.next());
    return placeholders;
}

void add_value(Composer& text, const FieldMeta& field, const Placeholders& placeholders, bool updating) {
    if (field.lookup)
        text << "(" << *field.lookup << " " << placeholders.of(field.lookup_by) << ")";
    else if (is_found_by_statement(field))
        add_reference(text, field, placeholders.of(field.name), updating);
    else
        text << placeholders.of(field.name);
}

void add_audit(Composer& text) {
    text << ", audited as (insert into {tenant}.audit_entry (" << audit::columns() << ") select ";
    text.list(audit_parameters()) << " from changed)";
}

/// `$1` is the tenant in every write. A new object has no tokens yet, and is spared the look for a conflict. One that
/// is updated may have some that an earlier version of this program did not see in it.
void add_tokens(Composer& text, const Resource& resource, bool to_new_object) {
    text << ", added as (insert into " << resource.search->table
         << " (tenant_id, token, object_id) select $1, words.token, changed.id from changed, string_to_table("
         << text.next() << ", ' ') as words(token)";
    if (!to_new_object) text << " on conflict do nothing";
    text << ")";
}

void drop_tokens(Composer& text, const Resource& resource) {
    text << ", gone as (delete from " << resource.search->table << " as old using changed, string_to_table("
         << text.next()
         << ", ' ') as words(token) where old.tenant_id = $1 and old.object_id = changed.id"
            " and old.token = words.token)";
}

void add_key(Composer& text) {
    text << ", keyed as (insert into {tenant}.idempotency_key "
            "(tenant_id, user_id, key, request_hash, status, answer, object_id, object_version) select $1, ";
    text.list(5) << ", changed.id, changed.version from changed)";
}

void finish(Composer& text, const Resource& resource, bool keyed) {
    if (keyed) add_key(text);
    text << " select " << name_list(resource) << " from changed";
}

}  // namespace

WriteStatements::WriteStatements(const Resource& resource) : resource_(resource) {
    reads_.push_back(&compose_read(*Sight::of_everything().reach, false));
    reads_many_.push_back(&compose_read(*Sight::of_everything().reach, true));
    if (const Guard* guard = resource.guard(Act::read))
        for (const Reach& reach : guard->reaches()) {
            reads_.push_back(&compose_read(reach, false));
            reads_many_.push_back(&compose_read(reach, true));
        }
    hold_ = &db::shape({"select 1 / (case when count(*) = $4::bigint then 1 else 0 end) from (select 1 from ",
                        resource.table,
                        " as held join unnest($2::uuid[], $3::bigint[]) as wanted(id, version)"
                        " on held.id = wanted.id and held.version = wanted.version"
                        " where held.tenant_id = $1 order by held.id for no key update of held) as found"});
    for (const FieldMeta* field : resource.columns)
        if (field->reference && field->reference->touches)
            touches_.emplace_back(
                field, &db::shape({"update ", field->reference->table,
                                   " set version = version + 1, updated_at = now() where tenant_id = $1 and ",
                                   *field->reference->key, " = $2"}));
    take_numbers_ = &db::shape(
        "insert into {tenant}.counter as c (tenant_id, name, value) values ($1, $2, $3) "
        "on conflict (tenant_id, name) do update set value = c.value + excluded.value returning value");
    remove_ = &compose_remove();
    insert_ = {&compose_insert(false, false), &compose_insert(false, true)};
    if (resource.number) insert_numbering_ = {&compose_insert(true, false), &compose_insert(true, true)};
    for (std::size_t i = 0; i < update_.size(); ++i)
        update_[i] = {&compose_update(Touched::of(i), false), &compose_update(Touched::of(i), true)};
    if (!resource.archivable) return;
    archive_ = {&compose_archive(true, false), &compose_archive(true, true)};
    restore_ = {&compose_archive(false, false), &compose_archive(false, true)};
}

const db::Shape& WriteStatements::compose_read(const Reach& reach, bool many) const {
    Composer text;
    text << "select " << select_list(resource_) << " from " << resource_.table << " where tenant_id = " << text.next()
         << " and id = ";
    if (many)
        text << "any(" << text.next() << "::uuid[])";
    else
        text << text.next();
    reach.restrict(text);
    return text.shape();
}

const db::Shape& WriteStatements::compose_insert(bool numbering, bool keyed) const {
    const FieldMeta* const taken = numbering ? resource_.number->field : nullptr;
    Composer text;
    text.next();  // $1, the tenant
    const Placeholders placeholders = number_columns(resource_, text, is_insertable, taken);
    text << "with ";
    if (taken)
        text << "numbered as (insert into {tenant}.counter as c (tenant_id, name, value) values ($1, " << text.next()
             << ", 1) on conflict (tenant_id, name) do update set value = c.value + 1 returning value), ";
    text << "changed as (insert into " << resource_.table << " (tenant_id";
    for (const FieldMeta* field : resource_.columns)
        if (is_insertable(*field)) text << ", " << field->stored_in();
    text << ") values ($1";
    for (const FieldMeta* field : resource_.columns) {
        if (!is_insertable(*field)) continue;
        text << ", ";
        if (field == taken)
            text << "(select value from numbered)";
        else
            add_value(text, *field, placeholders, false);
    }
    text << ") returning " << select_list(resource_) << ")";
    add_audit(text);
    if (resource_.search) add_tokens(text, resource_, true);
    finish(text, resource_, keyed);
    return text.shape();
}

const db::Shape& WriteStatements::compose_update(Touched touched, bool keyed) const {
    Composer text;
    text.next();  // $1, the tenant
    const db::Fragment id = text.next(), version = text.next();
    const auto written = touched.keys ? is_updated : is_updated_beside_keys;
    const Placeholders placeholders = number_columns(resource_, text, written);
    text << "with changed as (update " << resource_.table << " set version = version + 1, updated_at = now()";
    for (const FieldMeta* field : resource_.columns) {
        if (!written(*field) || (field->lookup && !touched.lookups)) continue;
        text << ", " << field->stored_in() << " = ";
        add_value(text, *field, placeholders, true);
    }
    text << " where tenant_id = $1 and id = " << id << " and version = " << version << " returning "
         << select_list(resource_) << ")";
    add_audit(text);
    if (touched.tokens && resource_.search) {
        add_tokens(text, resource_, false);
        drop_tokens(text, resource_);
    }
    finish(text, resource_, keyed);
    return text.shape();
}

const db::Shape& WriteStatements::compose_archive(bool archived, bool keyed) const {
    Composer text;
    text.next();  // $1, the tenant
    text << "with changed as (update " << resource_.table << " set version = version + 1, updated_at = now(), "
         << (archived ? db::Fragment("archived_at = now()") : db::Fragment("archived_at = null"))
         << " where tenant_id = $1 and id = " << text.next() << " and version = " << text.next() << " returning "
         << select_list(resource_) << ")";
    add_audit(text);
    finish(text, resource_, keyed);
    return text.shape();
}

const db::Shape& WriteStatements::compose_remove() const {
    Composer text;
    text.next();  // $1, the tenant
    text << "with changed as (delete from " << resource_.table << " where tenant_id = $1 and id = " << text.next()
         << " and version = " << text.next() << " returning " << select_list(resource_) << ")";
    add_audit(text);
    if (resource_.search) drop_tokens(text, resource_);
    finish(text, resource_, false);
    return text.shape();
}

}  // namespace terrace::resource
