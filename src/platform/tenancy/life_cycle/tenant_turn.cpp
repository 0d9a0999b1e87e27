#include "platform/tenancy/life_cycle/tenant_turn.hpp"

#include "platform/db/advisory_lock.hpp"
#include "platform/db/conninfo.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace terrace::tenancy {
namespace {

constexpr std::string_view lock_timed_out = "55P03";

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

TenantTurn::TenantTurn(std::string admin_url, std::string slug)
    : admin_url_(std::move(admin_url)), slug_(std::move(slug)), installation_(admin_url_) {
    read();
    const Uuid found = id_;
    take();
    read();  // as whoever had the turn before has left it
    if (id_ != found) throw std::runtime_error(fmt::format("another organisation has become {}: try again", slug_));
}

void TenantTurn::read() {
    const db::Rows rows = installation_.run(
        "select id, state, isolation, coalesce(database_name, schema_name), cluster from catalog.tenant where slug = "
        "$1",
        db::Params().add(slug_));
    if (rows.empty()) throw std::runtime_error(fmt::format("no tenant has the slug {}", slug_));
    if (rows.text(0, 4) != "main")
        throw std::runtime_error(
            fmt::format("{} is on the cluster {}, where no command reaches it yet", slug_, rows.text(0, 4)));
    id_ = rows.uuid(0, 0);
    state_ = tenant_state_from(rows.text(0, 1)).value();
    isolation_ = isolation_from(rows.text(0, 2)).value();
    place_ = rows.text(0, 3);
}

/// The turn of moves (Move::take_turn), until this connection ends, however it ends.
void TenantTurn::take() {
    try {
        installation_.run("set lock_timeout = '3s'");
        installation_.run("select pg_catalog.pg_advisory_lock($1::bigint)", db::Params().add(db::move_lock_key(id_)));
    } catch (const std::runtime_error& fault) {
        if (!std::string_view(fault.what()).starts_with(lock_timed_out)) throw;
        throw std::runtime_error(
            fmt::format("a move, an export, an import or another change of {} is under way: try again later", slug_));
    }
}

db::AdminConnection TenantTurn::own_database() const {
    return db::AdminConnection(db::with_conninfo(admin_url_, {{"dbname", place_}}));
}

void TenantTurn::set_place(db::AdminConnection& at, TenantState state) const {
    at.run("set local lock_timeout = '5s'");
    at.run("select pg_catalog.pg_advisory_xact_lock($1::bigint)", db::Params().add(db::place_lock_key(id_)));
    at.run("update shared.tenant_place set state = $2, fenced_until = null where tenant_id = $1",
           params().add(place_state(state)));
}

void TenantTurn::note(std::string_view action, const std::string& actor, const std::string& reason) {
    installation_.run("insert into catalog.tenant_event (tenant_id, action, actor, reason) values ($1, $2, $3, $4)",
                      params().add(action).add(actor).add(reason));
}

}  // namespace terrace::tenancy
