#include "platform/db/database.hpp"

#include "platform/base/log.hpp"
#include "platform/db/connect_limit.hpp"
#include "platform/db/header.hpp"
#include "platform/db/lane_group.hpp"
#include "platform/db/lane_plan.hpp"
#include "platform/db/lease_impl.hpp"
#include "platform/db/own_databases.hpp"
#include "platform/db/report_end.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <bit>
#include <exception>
#include <utility>

namespace terrace::db {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds tick_interval{100};
constexpr std::size_t connecting_at_once = 2;

Task::Loss loss_of(UnitKind kind) {
    switch (kind) {
        case UnitKind::point_read:
            return Task::Loss::retry;
        case UnitKind::read:
            return Task::Loss::nothing_kept;
        case UnitKind::write:
            return Task::Loss::in_doubt;
    }
    return Task::Loss::in_doubt;
}

DbResult<Rows> first_rows(DbResult<UnitRows> outcome) {
    if (!outcome) return std::unexpected(std::move(outcome).error());
    return std::move(outcome->front());
}

void log_use(PlatformScope scope) {
    log::debug("platform_scope", {{"reason", scope.reason()}});
}

}  // namespace

struct Database::Impl {
    Impl(asio::any_io_executor executor_, DatabaseOptions options_);

    TaskPtr make_task(Unit& unit) const;
    asio::awaitable<DbResult<UnitRows>> run_once(const TenantScope& scope, Unit& unit);
    bool may_be_elsewhere(const TenantScope& known, DbError::Kind why) const;
    asio::awaitable<std::optional<TenantScope>> find_anew(const TenantScope& known, DbError::Kind why);
    void submit(const Place& place, UnitKind kind, TaskPtr task) const;
    void bind_in_time(Task& task, UnitKind kind) const;
    LaneGroup& group_of(UnitKind kind) const;
    Header header_for(const Place& place, UnitKind kind) const;
    void tick(Clock::time_point now);
    /// Null when there is no connection to be had.
    std::shared_ptr<LeasePool> leases_of(const Place& place) const;
    asio::awaitable<DbResult<Lease>> lease(std::shared_ptr<LeasePool> pool, std::optional<TenantScope> scope);
    static asio::awaitable<void> watch(std::shared_ptr<Impl> self);

    asio::any_io_executor executor;
    DatabaseOptions options;
    std::shared_ptr<Presence> presence = std::make_shared<Presence>();
    std::shared_ptr<LaneGroup> point_reads, reads, writes, platform;
    std::shared_ptr<LeasePool> app_leases, platform_leases;
    std::unique_ptr<OwnDatabases> own;
    Resolve resolve;
    std::function<bool()> places_are_fresh;
    asio::steady_timer ticks;
    bool closed = false;
};

Database::Impl::Impl(asio::any_io_executor executor_, DatabaseOptions options_)
    : executor(std::move(executor_)), options(std::move(options_)), ticks(executor) {
    const LanePlan plan = plan_lanes(options, std::make_shared<ConnectLimit>(executor, connecting_at_once));
    point_reads = std::make_shared<LaneGroup>(executor, plan.point_reads, presence);
    reads = std::make_shared<LaneGroup>(executor, plan.reads, presence);
    writes = std::make_shared<LaneGroup>(executor, plan.writes, presence);
    platform = std::make_shared<LaneGroup>(executor, plan.platform, std::make_shared<Presence>());
    app_leases = std::make_shared<LeasePool>(executor, plan.app_leases);
    platform_leases = std::make_shared<LeasePool>(executor, plan.platform_leases);
    own =
        std::make_unique<OwnDatabases>(executor, OwnDatabasesOptions{.lanes = plan.own,
                                                                     .leases = plan.own_leases,
                                                                     .url = options.own_database_url,
                                                                     .connections = options.own_database_connections});
    for (const auto& each : {point_reads, reads, writes, platform}) each->start();
}

/// Nobody else ends what waits for too long: it goes on whatever is thrown.
asio::awaitable<void> Database::Impl::watch(std::shared_ptr<Impl> self) {
    for (unsigned faults = 0; !self->closed;) {
        self->ticks.expires_after(tick_interval);
        co_await self->ticks.async_wait(asio::as_tuple(asio::use_awaitable));
        try {
            self->tick(Clock::now());
        } catch (const std::exception& fault) {
            if (std::has_single_bit(++faults)) log::error("database_watch_failed", {{"fault", fault.what()}});
        }
    }
}

/// A connection falls silent when the network or the server has, and then seldom alone: those that are idle are not
/// left to be found out one request at a time.
void Database::Impl::tick(Clock::time_point now) {
    const auto groups = {point_reads, reads, writes, platform};
    const auto pools = {app_leases, platform_leases};
    bool silent = false;
    for (const auto& each : groups) silent |= each->tick(now);
    for (const auto& each : pools) silent |= each->tick(now);
    silent |= own->tick(now);
    if (!silent) return;
    constexpr std::string_view why = "another connection fell silent";
    for (const auto& each : groups) each->renew_idle(why);
    for (const auto& each : pools) each->renew_idle(why);
    own->renew_idle(why);
}

/// Takes the statements out of `unit` and leaves the rest.
TaskPtr Database::Impl::make_task(Unit& unit) const {
    auto task = std::make_shared<Task>(executor);
    task->loss = loss_of(unit.kind);
    task->ahead = unit.ahead;
    task->arrived = Clock::now();
    task->deadline = task->arrived + options.queue_deadline;
    if (options.unnamed_statements) {
        add_statement_timeout(*task, timeout_of(options, unit.kind));
    }
    if (unit.asynchronous_commit) add_asynchronous_commit(*task);
    task->statements = std::move(unit.statements);
    return task;
}

LaneGroup& Database::Impl::group_of(UnitKind kind) const {
    switch (kind) {
        case UnitKind::point_read:
            return *point_reads;
        case UnitKind::read:
            return *reads;
        case UnitKind::write:
            return *writes;
    }
    return *writes;
}

/// In a database of its own each unit asks whether that is the tenant's.
Header Database::Impl::header_for(const Place& place, UnitKind kind) const {
    if (kind == UnitKind::write) return Header::locked;
    if (!place.database.empty() || place.moving) return Header::checked;
    return places_are_fresh && places_are_fresh() ? Header::plain : Header::checked;
}

/// Leaves the statements in `unit`, so that a unit that found its tenant moved can be sent once more.
asio::awaitable<DbResult<UnitRows>> Database::Impl::run_once(const TenantScope& scope, Unit& unit) {
    TaskPtr task = make_task(unit);
    add_tenant_header(*task, scope, header_for(scope.place(), unit.kind));
    submit(scope.place(), unit.kind, task);
    DbResult<UnitRows> outcome = co_await Task::outcome(task);
    if (!scope.place().database.empty()) own->pump();
    if (task->finished()) unit.statements = std::move(task->statements);
    co_return outcome;
}

void Database::Impl::submit(const Place& place, UnitKind kind, TaskPtr task) const {
    if (place.database.empty()) return group_of(kind).submit(std::move(task));
    bind_in_time(*task, kind);
    own->submit(place, std::move(task));
}

/// For a lane that runs units of every kind, which the connection's own timeout cannot tell apart.
void Database::Impl::bind_in_time(Task& task, UnitKind kind) const {
    if (!options.unnamed_statements) add_statement_timeout(task, timeout_of(options, kind));  // else it has one
    task.watchdog = timeout_of(options, kind) + watchdog_margin;
}

/// Whether what failed so may find the tenant in another place. Whoever is told that it moved goes where it is now. A
/// database of its own that it has left is removed when all have had time to hear of that; who has not finds no
/// database or loses a connection. So there, also what was never done may be done elsewhere.
bool Database::Impl::may_be_elsewhere(const TenantScope& known, DbError::Kind why) const {
    if (!resolve) return false;
    return why == DbError::Kind::moved || (why == DbError::Kind::unavailable && !known.place().database.empty());
}

/// Where the tenant is now; nothing when it is still there, and only away.
asio::awaitable<std::optional<TenantScope>> Database::Impl::find_anew(const TenantScope& known, DbError::Kind why) {
    std::optional<TenantScope> found = co_await resolve(known, why);
    const bool same = found && found->place().epoch == known.place().epoch;
    if (why == DbError::Kind::unavailable && same) co_return std::nullopt;
    co_return found;
}

std::shared_ptr<LeasePool> Database::Impl::leases_of(const Place& place) const {
    if (!place.database.empty()) return own->leases(place);
    return writes->is_away() ? nullptr : app_leases;
}

asio::awaitable<DbResult<Lease>> Database::Impl::lease(std::shared_ptr<LeasePool> pool,
                                                       std::optional<TenantScope> scope) {
    LeasedLane lane;
    if (pool) lane = co_await pool->acquire();
    if (!lane) {
        co_return std::unexpected(
            DbError{DbError::Kind::unavailable, {}, {}, "no leased connection within the queue deadline"});
    }
    auto impl = std::make_unique<Lease::Impl>();
    impl->lane = std::move(lane);
    impl->executor = executor;
    impl->scope = std::move(scope);
    impl->resolve = resolve;
    impl->leases_of = [this](const Place& place) { return leases_of(place); };
    if (options.unnamed_statements) impl->statement_timeout = options.statement_timeout;
    co_return Lease(std::move(impl));
}

Database::Database(asio::any_io_executor executor, DatabaseOptions options)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(options))) {
    asio::co_spawn(impl_->executor, Impl::watch(impl_), report_end("database_watch_ended"));
}

Database::~Database() {
    close();
}

asio::awaitable<DbResult<UnitRows>> Database::run(TenantScope scope, Unit unit) {
    DbResult<UnitRows> outcome = co_await impl_->run_once(scope, unit);
    const bool caller_left = unit.statements.empty();  // they come back to one that waited for the end
    if (outcome || caller_left || !impl_->may_be_elsewhere(scope, outcome.error().kind)) co_return outcome;
    const std::optional<TenantScope> place = co_await impl_->find_anew(scope, outcome.error().kind);
    if (!place) co_return outcome;
    co_return co_await impl_->run_once(*place, unit);
}

asio::awaitable<DbResult<UnitRows>> Database::run(PlatformScope scope, Unit unit) {
    log_use(scope);
    TaskPtr task = impl_->make_task(unit);
    impl_->bind_in_time(*task, unit.kind);
    impl_->platform->submit(task);
    co_return co_await Task::outcome(std::move(task));
}

asio::awaitable<DbResult<Rows>> Database::run(TenantScope scope, UnitKind kind, const Shape& shape, Params params) {
    Unit unit{kind, {}, false};
    unit.statements.push_back({&shape, std::move(params)});
    co_return first_rows(co_await run(std::move(scope), std::move(unit)));
}

asio::awaitable<DbResult<Rows>> Database::run(PlatformScope scope, UnitKind kind, const Shape& shape, Params params) {
    Unit unit{kind, {}, false};
    unit.statements.push_back({&shape, std::move(params)});
    co_return first_rows(co_await run(scope, std::move(unit)));
}

bool Database::is_hopeless(const TenantScope& scope, UnitKind kind) const {
    return scope.place().database.empty() && impl_->group_of(kind).is_hopeless(scope.tenant());
}

bool Database::is_crowded(const TenantScope& scope, UnitKind kind) const {
    return !scope.place().database.empty() || impl_->group_of(kind).is_crowded();
}

asio::awaitable<DbResult<Lease>> Database::lease(TenantScope scope) {
    DbResult<Lease> leased = co_await impl_->lease(impl_->leases_of(scope.place()), scope);
    if (leased || !impl_->may_be_elsewhere(scope, leased.error().kind)) co_return leased;
    const std::optional<TenantScope> place = co_await impl_->find_anew(scope, leased.error().kind);
    if (!place) co_return leased;
    co_return co_await impl_->lease(impl_->leases_of(place->place()), place);
}

asio::awaitable<DbResult<Lease>> Database::lease(PlatformScope scope) {
    log_use(scope);
    return impl_->lease(impl_->platform->is_away() ? nullptr : impl_->platform_leases, std::nullopt);
}

void Database::on_moved(Resolve resolve) {
    impl_->resolve = std::move(resolve);
}

void Database::on_read(std::function<bool()> places_are_fresh) {
    impl_->places_are_fresh = std::move(places_are_fresh);
}

bool Database::ready() const {
    const Impl& i = *impl_;
    return i.point_reads->ready() && i.reads->ready() && i.writes->ready() && i.platform->ready();
}

void Database::close() {
    if (std::exchange(impl_->closed, true)) return;
    impl_->ticks.cancel();
    for (const auto& each : {impl_->point_reads, impl_->reads, impl_->writes, impl_->platform}) each->stop();
    for (const auto& each : {impl_->app_leases, impl_->platform_leases}) each->stop();
    impl_->own->stop();
}

}  // namespace terrace::db
