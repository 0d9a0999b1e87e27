#include "platform/tenancy/places/fence.hpp"

#include "platform/db/admin_transaction.hpp"
#include "platform/db/advisory_lock.hpp"

namespace terrace::tenancy {
namespace {

void lock_place(db::AdminConnection& place, const Uuid& tenant) {
    place.run("select pg_catalog.pg_advisory_xact_lock($1::bigint)", db::Params().add(db::place_lock_key(tenant)));
}

}  // namespace

void raise_fence(db::AdminConnection& place, const Uuid& tenant) {
    db::AdminTransaction transaction(place);
    place.run("set local lock_timeout = '5s'");
    lock_place(place, tenant);
    // One that stands, fallen or not, was left by a kill: there is nobody else while we have the turn.
    place.run(
        "update shared.tenant_place set state = 'moving', fenced_until = clock_timestamp() + interval '20 seconds'"
        " where tenant_id = $1 and state in ('active', 'moving')",
        db::Params().add(tenant));
    transaction.commit();
}

void renew_fence(db::AdminConnection& place, const Uuid& tenant) {
    place.run(
        "update shared.tenant_place set fenced_until = clock_timestamp() + interval '20 seconds'"
        " where tenant_id = $1 and state = 'moving' and clock_timestamp() < fenced_until",
        db::Params().add(tenant));
}

void lift_fence(db::AdminConnection& place, const Uuid& tenant) {
    place.run(
        "update shared.tenant_place set state = 'active', fenced_until = null"
        " where tenant_id = $1 and state = 'moving'",
        db::Params().add(tenant));
}

bool fence_stands(db::AdminConnection& place, const Uuid& tenant) {
    lock_place(place, tenant);
    const db::Rows rows = place.run(
        "select state <> 'active' and (fenced_until is null or clock_timestamp() < fenced_until)"
        " from shared.tenant_place where tenant_id = $1",
        db::Params().add(tenant));
    return !rows.empty() && rows.boolean(0, 0);
}

}  // namespace terrace::tenancy
