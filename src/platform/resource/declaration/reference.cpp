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

void add_reference(Composer& text, const FieldMeta& field, db::Fragment placeholder, bool updating) {
    const auto& reference = *field.reference;
    const auto [cast, nobody] = key_type(field.type);
    text << "case when " << placeholder << cast << " is null then null ";
    if (updating) text << "when " << *field.column << " = " << placeholder << " then " << *field.column;
    text << " else coalesce((select target." << *reference.key << " from " << reference.table
         << " as target where target.tenant_id = $1 and target." << *reference.key << " = " << placeholder
         << " and target.archived_at is null for share), " << nobody << cast << ") end";
}

}  // namespace terrace::resource
