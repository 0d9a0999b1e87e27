#include "platform/tenancy/life_cycle/change_state.hpp"

#include "platform/db/admin_transaction.hpp"
#include "platform/tenancy/life_cycle/place_state.hpp"
#include "platform/tenancy/places/move.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace terrace::tenancy {
namespace {

std::string_view action_name(TenantState to) {
    switch (to) {
        case TenantState::active:
            return "reactivate";
        case TenantState::read_only:
            return "read_only";
        case TenantState::suspended:
            return "suspend";
        case TenantState::deleting:
            return "delete";
        case TenantState::provisioning:
            break;
    }
    throw std::logic_error("no act leads to provisioning");
}

class StateChanger {
  public:
    StateChanger(const TenantAct& act, TenantState to)
        : act_(act),
          to_(to),
          installation_(act.admin_url),
          turn_(installation_, act.admin_url, act.slug, TurnKind::writing, patience_for_a_turn) {}

    StateChange run() {
        require_possible();
        if (erasure_has_begun()) {
            // Its database may be gone by now, and nothing is left to change.
        } else if (turn_.spot().apart()) {
            change_apart();
        } else {
            db::AdminTransaction transaction(installation_);
            set_place(turn_, installation_, to_);
            write_catalog();
            transaction.commit();
        }
        return {.before = turn_.state(), .delete_after = delete_after()};
    }

  private:
    void require_possible() {
        const TenantState from = turn_.state();
        if (from == TenantState::provisioning)
            throw std::runtime_error(fmt::format("{} is still being made: try again in a minute", act_.slug));
        if (from == TenantState::deleting && (to_ == TenantState::read_only || to_ == TenantState::suspended))
            throw std::runtime_error(fmt::format("{} is being deleted: reactivate it first", act_.slug));
        if (from == TenantState::deleting && to_ == TenantState::active && erasure_has_begun())
            throw std::runtime_error(fmt::format("the erasure of {} has begun: it cannot come back", act_.slug));
        if (to_ == TenantState::deleting && turn_.has_cut_off_move())
            throw std::runtime_error(fmt::format("a move of {} was cut off: try again", act_.slug));
    }

    bool erasure_has_begun() {
        return installation_
            .run("select exists (select from catalog.erasure_count where tenant_id = $1)", turn_.params())
            .boolean(0, 0);
    }

    void change_apart() {
        const bool opens = to_ < turn_.state();  // the states are in the order of how far they are shut
        say(opens ? "Opening its database" : "Shutting its hosts");
        opens ? set_own_place() : write_catalog();
        say(opens ? "Opening its hosts" : "Shutting its database");
        opens ? write_catalog() : set_own_place();
    }

    void set_own_place() {
        db::AdminConnection own = turn_.connect();
        db::AdminTransaction transaction(own);
        set_place(turn_, own, to_);
        transaction.commit();
    }

    /// One statement, so that the event commits with the change and only with one.
    void write_catalog() {
        installation_.run(
            "with changed as (update catalog.tenant set state = $2, updated_at = clock_timestamp(), delete_after ="
            " case when $2 = 'deleting' then clock_timestamp() + interval '30 days' end"
            " where id = $1 and state <> $2 returning id)"
            " insert into catalog.tenant_event (tenant_id, action, actor, reason)"
            " select id, $3, $4, $5 from changed",
            turn_.params().add(to_string(to_)).add(action_name(to_)).add(act_.actor).add(act_.reason));
    }

    std::string delete_after() {
        const db::Rows rows = installation_.run(
            "select to_char(delete_after at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from catalog.tenant"
            " where id = $1",
            turn_.params());
        return std::string(rows.text(0, 0));
    }

    void say(const std::string& step) const {
        if (act_.progress) act_.progress(step);
    }

    const TenantAct& act_;
    TenantState to_;
    db::AdminConnection installation_;
    TenantTurn turn_;
};

/// A move that was killed: what it left of the rows elsewhere must not outlive the tenant.
void settle_cut_off_move(const TenantAct& act) {
    const db::Rows rows = db::AdminConnection(act.admin_url)
                              .run(
                                  "select from catalog.tenant_move m join catalog.tenant t on t.id = m.tenant_id"
                                  " where t.slug = $1 and t.state <> 'deleting'",
                                  db::Params().add(act.slug));
    if (rows.empty()) return;
    settle_move({.admin_url = act.admin_url,
                 .migrations = act.migrations,
                 .slug = act.slug,
                 .progress = act.progress,
                 .cancelled = {}});
}

}  // namespace

StateChange change_state(const TenantAct& act, TenantState to) {
    if (to == TenantState::deleting) settle_cut_off_move(act);
    return StateChanger(act, to).run();
}

}  // namespace terrace::tenancy
