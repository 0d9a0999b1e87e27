#include "platform/tenancy/places/tenant_turn.hpp"

#include "platform/db/advisory_lock.hpp"
#include "platform/db/statement_error.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace terrace::tenancy {
namespace {

constexpr std::string_view lock_timed_out = "55P03";

}  // namespace

TenantTurn::TenantTurn(db::AdminConnection& installation, const std::string& admin_url, std::string slug, TurnKind kind,
                       std::chrono::milliseconds patience)
    : installation_(installation), clusters_(installation, admin_url), slug_(std::move(slug)) {
    read();
    const Uuid found = id_;
    take(kind, patience);
    read();  // as whoever had the turn before has left it
    if (id_ != found) throw std::runtime_error(fmt::format("another organisation has become {}: try again", slug_));
    if (kind == TurnKind::writing) clear_cut_off_import();
}

void TenantTurn::read() {
    const db::Rows rows = installation_.run(
        "select id, name, time_zone, state, isolation, coalesce(database_name, schema_name), cluster, epoch"
        " from catalog.tenant where slug = $1",
        db::Params().add(slug_));
    if (rows.empty()) throw std::runtime_error(fmt::format("no tenant has the slug {}", slug_));
    id_ = rows.uuid(0, 0);
    name_ = rows.text(0, 1);
    time_zone_ = rows.text(0, 2);
    state_ = tenant_state_from(rows.text(0, 3)).value();
    spot_ = {.isolation = isolation_from(rows.text(0, 4)).value(), .name = {}, .cluster = std::string(rows.text(0, 6))};
    if (spot_.isolation != Isolation::shared) spot_.name = rows.text(0, 5);
    epoch_ = rows.integer(0, 7);
}

void TenantTurn::take(TurnKind kind, std::chrono::milliseconds patience) const {
    const db::Params key = db::Params().add(db::move_lock_key(id_));
    const std::string shared = kind == TurnKind::reading ? "_shared" : "";
    bool taken = true;
    if (patience.count() == 0) {
        taken = installation_.run(fmt::format("select pg_catalog.pg_try_advisory_lock{}($1::bigint)", shared), key)
                    .boolean(0, 0);
    } else {
        try {
            installation_.run(fmt::format("set lock_timeout = '{}ms'", patience.count()));
            installation_.run(fmt::format("select pg_catalog.pg_advisory_lock{}($1::bigint)", shared), key);
        } catch (const db::StatementError& fault) {
            if (fault.sqlstate() != lock_timed_out) throw;
            taken = false;
        }
    }
    if (!taken)
        throw std::runtime_error(
            fmt::format("a move, an export, an import or another change of {} is under way: try again later", slug_));
}

bool TenantTurn::has_cut_off_move() const {
    return !installation_.run("select from catalog.tenant_move where tenant_id = $1", params()).empty();
}

/// One that was killed has left no rows, but every process still looks twice at where the tenant is.
void TenantTurn::clear_cut_off_import() const {
    installation_.run(
        "update catalog.tenant set moving = false where id = $1 and moving"
        " and not exists (select from catalog.tenant_move where tenant_id = $1)",
        params());
}

}  // namespace terrace::tenancy
