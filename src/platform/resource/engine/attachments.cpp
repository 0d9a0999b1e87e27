#include "platform/resource/engine/attachments.hpp"

#include "platform/resource/engine/write_statements.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::resource {
namespace {

std::optional<Uuid> file_in(const FieldMeta& field, const void* object) {
    if (!object) return {};
    const Value value = field.get(object);
    if (is_null(value)) return {};
    return std::get<File>(value).id;
}

/// `{image/png,image/jpeg}`: media types need no quotes.
std::string types_of(const FieldMeta& field) {
    std::string array = "{";
    for (const std::string_view type : field.file_types()) array.append(array.size() > 1 ? "," : "").append(type);
    return array + "}";
}

/// The uploader's own that nobody has taken yet, or one that this object holds or held. Divides by zero when there is
/// none, which ends the unit.
db::Statement take(const Attachments::Owner& owner, const Attachments::File& file) {
    static const db::Shape& shape = db::shape(
        "with taken as (update {tenant}.file set object_type = $4, object_id = $5, field = $6, expires_at = null "
        "where tenant_id = $1 and id = $2 and state = 'stored' "
        "and ((object_id is null and created_by = $3) "
        "or (object_id = $5 and object_type = $4 and (expires_at is not null or field = $6))) "
        "and size <= $7 and (cardinality($8::text[]) = 0 or media_type = any($8::text[])) returning 1) "
        "select 1 / count(*) from taken");
    db::Statement statement{&shape, {}};
    statement.params.add(owner.tenant)
        .add(file.id)
        .add(owner.user)
        .add(owner.object_type)
        .add(owner.object)
        .add(file.field->name)
        .add(file.field->most_file_bytes)
        .add(types_of(*file.field));
    return statement;
}

db::Statement release(const Attachments::Owner& owner, const Uuid& file) {
    static const db::Shape& shape = db::shape(
        "update {tenant}.file set expires_at = now() "
        "where tenant_id = $1 and id = $2 and object_type = $3 and object_id = $4");
    db::Statement statement{&shape, {}};
    statement.params.add(owner.tenant).add(file).add(owner.object_type).add(owner.object);
    return statement;
}

}  // namespace

Attachments::Attachments(const Resource& resource, Owner owner, const void* object, const void* previous)
    : owner_(owner) {
    for (const FieldMeta* field : resource.columns) {
        if (field->type != Type::file) continue;
        const auto now = file_in(*field, object), before = file_in(*field, previous);
        if (now == before) continue;
        if (before) released_.push_back(*before);
        if (now) taken_.push_back({field, *now});
    }
}

void Attachments::add_to(std::vector<Step>& steps) {
    for (const Uuid& file : released_) steps.push_back({release(owner_, file)});
    first_taken_ = steps.size();
    for (const File& file : taken_) steps.push_back({take(owner_, file)});
}

const Attachments::File* Attachments::refused(const db::DbError& error) const {
    if (!is_overtaken(error) || !error.statement || *error.statement < first_taken_) return nullptr;
    const std::size_t index = *error.statement - first_taken_;
    return index < taken_.size() ? &taken_[index] : nullptr;
}

db::Statement Attachments::look_at(const File& file) const {
    static const db::Shape& shape = db::shape(
        "select state = 'stored', size, coalesce(media_type, '') from {tenant}.file where tenant_id = $1 and id = $2 "
        "and ((object_id is null and created_by = $3) or (object_type = $4 and object_id = $5))");
    db::Statement statement{&shape, {}};
    statement.params.add(owner_.tenant).add(file.id).add(owner_.user).add(owner_.object_type).add(owner_.object);
    return statement;
}

FieldError Attachments::why(const File& file, const db::Rows& rows) {
    const FieldMeta& field = *file.field;
    if (!rows.empty() && !rows.boolean(0, 0)) return {"incomplete", "This file has not been uploaded to its end."};
    if (!rows.empty() && rows.integer(0, 1) > field.most_file_bytes)
        return {"max_size", fmt::format("Ensure this file has at most {} bytes.", field.most_file_bytes)};
    const auto types = field.file_types();
    if (!rows.empty() && !types.empty() && std::ranges::find(types, rows.text(0, 2)) == types.end()) {
        if (field.image)
            return {"invalid_image",
                    "Upload a valid image. The file you uploaded was either not an image or a corrupted image."};
        return {"invalid_type", fmt::format("Files of the type {} are not taken here.", rows.text(0, 2))};
    }
    return {"does_not_exist", "This file does not exist."};
}

}  // namespace terrace::resource
