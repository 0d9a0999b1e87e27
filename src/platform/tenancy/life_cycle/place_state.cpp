#include "platform/tenancy/life_cycle/place_state.hpp"

#include "platform/db/advisory_lock.hpp"

namespace terrace::tenancy {
namespace {

/// A place knows no deleting tenants: to units it is all the same why a tenant is shut.
std::string_view place_state(TenantState state) {
    switch (state) {
        case TenantState::active:
            return "active";
        case TenantState::read_only:
            return "read_only";
        default:
            return "suspended";
    }
}

}  // namespace

void set_place(const TenantTurn& turn, db::AdminConnection& at, TenantState state) {
    at.run("set local lock_timeout = '5s'");
    at.run("select pg_catalog.pg_advisory_xact_lock($1::bigint)", db::Params().add(db::place_lock_key(turn.id())));
    at.run("update shared.tenant_place set state = $2, fenced_until = null where tenant_id = $1",
           turn.params().add(place_state(state)));
}

void note_event(const TenantTurn& turn, std::string_view action, const std::string& actor, const std::string& reason) {
    turn.installation().run(
        "insert into catalog.tenant_event (tenant_id, action, actor, reason) values ($1, $2, $3, $4)",
        turn.params().add(action).add(actor).add(reason));
}

}  // namespace terrace::tenancy
