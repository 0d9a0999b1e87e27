#include "platform/db/database.hpp"

#include "platform/base/log.hpp"
#include "platform/db/connect_limit.hpp"
#include "platform/db/header.hpp"
#include "platform/db/lane_group.hpp"
#include "platform/db/lease_impl.hpp"
#include "platform/db/own_databases.hpp"
#include "platform/db/report_end.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <bit>
#include <exception>
#include <utility>

namespace terrace::db {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds tick_interval{100};
constexpr std::chrono::milliseconds watchdog_margin{500};
/// Of one tenant while there are others: one unit that runs and one that is ready when it ends, on the same lane.
constexpr std::size_t share_of_deep_lanes = 2;
constexpr std::size_t connecting_at_once = 2;

LaneOptions lane_options(const DatabaseOptions& options, const std::string& url, std::chrono::milliseconds timeout,
                         std::shared_ptr<ConnectLimit> limit) {
    LaneOptions lane;
    lane.connect_limit = std::move(limit);
    lane.connection.url = url;
    lane.connection.pooler = options.unnamed_statements;
    lane.connection.connect_timeout = options.connect_timeout;
    lane.connection.statement_timeout = timeout;
    lane.connection.lock_timeout = timeout / 2;
    lane.connection.idle_in_transaction_timeout = options.lease_timeout;
    lane.unnamed_statements = options.unnamed_statements;
    lane.statements = options.statements_per_connection;
    lane.watchdog = timeout + watchdog_margin;
    return lane;
}

LaneGroupOptions group_options(const DatabaseOptions& options, LaneOptions lane, std::size_t lanes, std::size_t depth) {
    const QueueLimits queue{.tasks = options.queue_limit,
                            .tasks_per_tenant = options.queue_limit_per_tenant,
                            .hiccup = options.queue_deadline,
                            .overload_wait = options.overload_wait};
    return {.lane = std::move(lane),
            .lanes = lanes,
            .depth = depth,
            .queue = queue,
            .outage_patience = options.outage_patience};
}

LeasePoolOptions lease_options(const DatabaseOptions& options, const std::string& url,
                               std::shared_ptr<ConnectLimit> limit) {
    LeasePoolOptions pool;
    pool.lane = lane_options(options, url, options.statement_timeout, std::move(limit));
    pool.lanes = options.leases;
    pool.waiters = options.queue_limit_per_tenant;
    pool.wait = options.queue_deadline;
    pool.lease = options.lease_timeout;
    pool.outage_patience = options.outage_patience;
    return pool;
}

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
    std::chrono::milliseconds timeout_of(UnitKind kind) const;
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
    const DatabaseOptions& o = options;
    // Not those to databases of their own: of a cluster that is away each attempt takes its time.
    const auto limit = std::make_shared<ConnectLimit>(executor, connecting_at_once);
    LaneGroupOptions for_point_reads = group_options(o, lane_options(o, o.app_url, o.point_read_timeout, limit),
                                                     o.point_read_lanes, o.point_read_depth);
    for_point_reads.share = share_of_deep_lanes;
    for_point_reads.batches = !o.unnamed_statements;
    for_point_reads.lane.connection.read_only = true;
    point_reads = std::make_shared<LaneGroup>(executor, for_point_reads, presence);
    LaneGroupOptions for_writes =
        group_options(o, lane_options(o, o.app_url, o.write_timeout, limit), o.write_lanes, o.write_depth);
    for_writes.share = share_of_deep_lanes;
    writes = std::make_shared<LaneGroup>(executor, for_writes, presence);
    LaneGroupOptions for_reads =
        group_options(o, lane_options(o, o.app_url, o.statement_timeout, limit), o.read_lanes, 1);
    for_reads.share = 1;
    for_reads.share_alone = std::max<std::size_t>(1, o.read_lanes - 1);  // the last is free for whoever comes next
    for_reads.process_share = &ProcessShare::of_slow_reads();
    reads = std::make_shared<LaneGroup>(executor, for_reads, presence);
    LaneGroupOptions for_platform = group_options(o, lane_options(o, o.platform_url, o.statement_timeout, limit),
                                                  o.platform_lanes, o.platform_depth);
    for_platform.queue.tasks_per_tenant = o.queue_limit;  // its units are of no tenant
    platform = std::make_shared<LaneGroup>(executor, for_platform, std::make_shared<Presence>());
    app_leases = std::make_shared<LeasePool>(executor, lease_options(o, o.app_url, limit));
    platform_leases = std::make_shared<LeasePool>(executor, lease_options(o, o.platform_url, limit));
    LaneGroupOptions for_own = group_options(o, lane_options(o, {}, o.statement_timeout, nullptr), 1, 1);
    LeasePoolOptions for_own_leases = lease_options(o, {}, nullptr);
    for_own_leases.lanes = 1;
    own = std::make_unique<OwnDatabases>(executor, OwnDatabasesOptions{.lanes = std::move(for_own),
                                                                       .leases = std::move(for_own_leases),
                                                                       .url = o.own_database_url,
                                                                       .connections = o.own_database_connections});
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
        add_statement_timeout(*task, timeout_of(unit.kind));
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

std::chrono::milliseconds Database::Impl::timeout_of(UnitKind kind) const {
    switch (kind) {
        case UnitKind::point_read:
            return options.point_read_timeout;
        case UnitKind::read:
            return options.statement_timeout;
        case UnitKind::write:
            return options.write_timeout;
    }
    return options.statement_timeout;
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
    if (!options.unnamed_statements) add_statement_timeout(task, timeout_of(kind));  // else it has one
    task.watchdog = timeout_of(kind) + watchdog_margin;
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
