#include "platform/resource/declaration/reference.hpp"

#include <stdexcept>

namespace terrace::resource {
namespace {

struct KeyType {
    db::Fragment cast;
    /// A value that no object's key has: ids are not nil, texts not empty, numbers are counted from 1.
    db::Fragment nobody;
};

KeyType key_type(Type type) {
    switch (type) {
        case Type::uuid:
            return {"::uuid", "'00000000-0000-0000-0000-000000000000'"};
        case Type::text:
            return {"::text", "''"};
        case Type::integer:
            return {"::bigint", "'-9223372036854775808'"};
        default:
            throw std::logic_error("a reference holds an id, a text or a number");
    }
}

}  // namespace

bool is_found_by_statement(const FieldMeta& field) {
    return field.reference && (field.reference->refuses_archived || field.is_named_by_key());
}

void add_reference(Composer& text, const FieldMeta& field, db::Fragment placeholder, bool updating) {
    const auto& reference = *field.reference;
    const bool by_key = field.is_named_by_key();
    const KeyType given = key_type(field.type), stored = key_type(by_key ? Type::uuid : field.type);
    text << "case when " << placeholder << given.cast << " is null then null ";
    if (updating && !by_key) text << "when " << *field.column << " = " << placeholder << " then " << *field.column;
    text << " else coalesce((select target." << (by_key ? db::Fragment("id") : *reference.key) << " from "
         << reference.table << " as target where target.tenant_id = $1 and target." << *reference.key << " = "
         << placeholder << given.cast;
    if (reference.refuses_archived) text << " and target.archived_at is null for share";
    text << "), " << stored.nobody << stored.cast << ") end";
}

std::vector<db::Fragment> key_of_kept(db::Fragment table, const FieldMeta& field) {
    const auto& reference = *field.reference;
    return {"(select target.",
            *reference.key,
            " from ",
            reference.table,
            " as target where target.tenant_id = $1 and target.id = ",
            table,
            ".",
            *reference.id_column,
            ")"};
}

}  // namespace terrace::resource
