#include "platform/audit/audit.hpp"

#include <optional>

namespace terrace::audit {
namespace {

std::optional<Uuid> unless_nil(const Uuid& id) {
    return id.is_nil() ? std::nullopt : std::optional(id);
}

}  // namespace

db::Fragment columns() {
    return "tenant_id, id, actor_id, session_id, action, object_type, object_id, changes, client_address, request_id";
}

void add_parameters(const Entry& entry, db::Params& params) {
    params.add(entry.tenant)
        .add(Uuid::v7())
        .add(unless_nil(entry.actor))
        .add(unless_nil(entry.session))
        .add(entry.action)
        .add(entry.object_type)
        .add(unless_nil(entry.object))
        .add(entry.changes)
        .add(entry.client_address)
        .add(entry.request_id);
}

db::Statement insert(const Entry& entry) {
    static const db::Shape& shape = db::shape(
        {"insert into {tenant}.audit_entry (", columns(), ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"});
    db::Statement statement{&shape, {}};
    add_parameters(entry, statement.params);
    return statement;
}

}  // namespace terrace::audit
