#include "platform/tenancy/places/move.hpp"

#include "platform/base/clock.hpp"
#include "platform/db/admin_transaction.hpp"
#include "platform/db/migrate.hpp"
#include "platform/tenancy/places/move_steps.hpp"
#include "platform/tenancy/places/place_maker.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <thread>

namespace terrace::tenancy {
namespace {

/// Fewer changes than this in a round: the rest fits into the time that writes may wait.
constexpr std::int64_t little = 500;
constexpr int most_rounds = 12;

}  // namespace

MoveOutcome Move::run() {
    if (options_.exports.empty()) throw std::logic_error("a move needs a folder for what it keeps");
    require_cluster(options_.to, options_.cluster.empty() ? main_cluster : options_.cluster);
    read_tenant();
    make_place();
    keep_migrations_out();
    settle_earlier();
    if (is_there()) return {.end = MoveOutcome::End::was_there};
    begin();
    try {
        transfer_.emplace(side(from_), side(to_), tenant_);
        if (!copy()) {
            undo();
            return {.end = MoveOutcome::End::cancelled};
        }
    } catch (...) {
        undo();
        throw;
    }
    MoveOutcome outcome{.writes_waited = switch_over()};
    outcome.rows = transfer_->rows();
    complete_kept_rows(outcome);
    if (!from_.name.empty()) drop_old_place();
    prune();
    return outcome;
}

void Move::settle() {
    read_tenant();
    keep_migrations_out();
    settle_earlier();
}

void Move::read_tenant() {
    turn_.read();
    const TenantState state = turn_.state();
    if (state == TenantState::provisioning || state == TenantState::deleting)
        throw std::runtime_error(fmt::format("{} cannot move while it is {}", options_.slug, to_string(state)));
    state_ = to_string(state);
    from_ = turn_.spot();
    epoch_ = turn_.epoch();
}

std::string Move::target_cluster() const {
    if (!options_.cluster.empty()) return options_.cluster;
    return options_.to == Isolation::database && from_.apart() ? from_.cluster : main_cluster;
}

bool Move::is_there() const {
    return from_.isolation == options_.to && from_.cluster == target_cluster();
}

/// Before migrations are kept out: the maker waits for one that is under way, which would wait for us.
void Move::make_place() {
    if (options_.to == Isolation::shared || (is_there() && !turn_.has_cut_off_move())) return;
    PlaceMaker(options_.admin_url, options_.migrations).fill(options_.to, 1, target_cluster());
}

/// Until this connection ends: a column that came meanwhile would stay behind.
void Move::keep_migrations_out() {
    db::hold_off_migrations(installation_);
}

/// What a kill left: the old database has given the tenant up, so the move goes on; or it has not, so it is undone.
void Move::settle_earlier() {
    const db::Rows rows = installation_.run(
        "select isolation, coalesce(place_name, ''), phase, coalesce(old_name, '') from catalog.tenant_move"
        " where tenant_id = $1",
        tenant());
    if (rows.empty()) return;
    to_ = rows.text(0, 1).empty() ? Spot{} : place_of(std::string(rows.text(0, 1)));
    const std::string phase(rows.text(0, 2));
    if (phase == "emptying" || (phase == "left" && has_left())) {
        say("Finishing the move that was cut off");
        from_ = place_of(std::string(rows.text(0, 3)));
        if (phase == "left") arrive();
        drop_old_place();
        return read_tenant();
    }
    say("Undoing the move that was cut off");
    undo();
}

/// Takes a place and says that the move is on.
void Move::begin() {
    to_ = {.isolation = options_.to, .name = {}, .cluster = target_cluster()};
    db::AdminTransaction transaction(installation_);
    if (to_.isolation != Isolation::shared) {
        const db::Rows taken = installation_.run(
            "update catalog.place set taken_at = clock_timestamp() where name = (select name from catalog.place"
            " where isolation = $1 and cluster = $2 and taken_at is null and state = 'ready' order by made_at limit 1"
            " for update skip locked) returning name",
            db::Params().add(to_string(to_.isolation)).add(to_.cluster));
        if (taken.empty()) throw std::runtime_error("another has taken the place that was made: try again");
        to_.name = taken.text(0, 0);
    }
    installation_.run(
        "insert into catalog.tenant_move (tenant_id, isolation, place_name, old_name)"
        " values ($1, $2, nullif($3, ''), nullif($4, ''))",
        tenant().add(to_string(to_.isolation)).add(to_.name).add(from_.name));
    installation_.run("update catalog.tenant set moving = true where id = $1", tenant());
    transaction.commit();
}

/// False when it was cancelled.
bool Move::copy() {
    const auto began = Clock::now();
    for (int round = 1; round <= most_rounds; ++round) {
        const std::int64_t rows = transfer_->copy_changes(options_.cancelled);
        if (cancelled()) return false;
        say(fmt::format("Copied {} rows{}", rows, round == 1 ? "" : " that had changed"));
        if (round == 1 && to_.isolation != Isolation::shared) transfer_->analyze_target();
        if (round == 1 && !keep_rows()) return false;
        if (round > 1 && rows < little) break;
    }
    std::this_thread::sleep_until(began + heard_after);
    return !cancelled();
}

/// After the first round, so that what changes while it is written is copied by the next ones. A disk that is full ends
/// the move here, where nobody has waited for it yet.
bool Move::keep_rows() {
    kept_.emplace(turn_, options_.exports, options_.cancelled);
    if (!kept_->take()) return false;
    say(fmt::format("Wrote the rows to {}, to be kept for 7 days", kept_->folder().string()));
    return true;
}

/// The tenant has moved: whatever becomes of this, an export from before the fence is there.
void Move::complete_kept_rows(MoveOutcome& outcome) {
    outcome.kept = kept_->folder();
    try {
        kept_->complete(transfer_->sums());
    } catch (const std::exception& fault) {
        outcome.kept_fault = fault.what();
    }
    kept_.reset();
}

/// The tenant has moved, whatever becomes of what others left.
void Move::prune() {
    try {
        prune_kept_exports(installation_, options_.exports);
    } catch (const std::exception& fault) {
        say(fmt::format("Exports whose time is over are still there: {}", fault.what()));
    }
}

void Move::undo() {
    transfer_.reset();
    kept_.reset();
    lift_fence();
    discard_exports_of_move(turn_);
    if (to_.isolation == Isolation::shared) RowTransfer(side(from_), side(to_), tenant_).clear_target();
    db::AdminTransaction transaction(installation_);
    if (to_.isolation == Isolation::schema) drop_schema(to_.name);
    // A database is dropped by the next maker: it is half made again.
    if (to_.apart())
        installation_.run("update catalog.place set state = 'making' where name = $1", db::Params().add(to_.name));
    installation_.run("delete from catalog.tenant_move where tenant_id = $1", tenant());
    installation_.run("update catalog.tenant set moving = false where id = $1", tenant());
    transaction.commit();
}

MoveOutcome move_tenant(const MoveOptions& options) {
    return Move(options).run();
}

void settle_move(const MoveOptions& options) {
    Move(options).settle();
}

}  // namespace terrace::tenancy
