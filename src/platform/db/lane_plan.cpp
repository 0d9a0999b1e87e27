#include "platform/db/lane_plan.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace terrace::db {

namespace {

/// Of one tenant while there are others: one unit that runs and one that is ready when it ends, on the same lane.
constexpr std::size_t share_of_deep_lanes = 2;

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

}  // namespace

LanePlan plan_lanes(const DatabaseOptions& options, const std::shared_ptr<ConnectLimit>& limit) {
    const DatabaseOptions& o = options;
    LanePlan plan;
    plan.point_reads = group_options(o, lane_options(o, o.app_url, o.point_read_timeout, limit), o.point_read_lanes,
                                     o.point_read_depth);
    plan.point_reads.share = share_of_deep_lanes;
    plan.point_reads.batches = !o.unnamed_statements;
    plan.point_reads.lane.connection.read_only = true;
    plan.reads = group_options(o, lane_options(o, o.app_url, o.statement_timeout, limit), o.read_lanes, 1);
    plan.reads.share = 1;
    plan.reads.share_alone = std::max<std::size_t>(1, o.read_lanes - 1);  // the last is free for whoever comes next
    plan.reads.process_share = &ProcessShare::of_slow_reads();
    plan.writes = group_options(o, lane_options(o, o.app_url, o.write_timeout, limit), o.write_lanes, o.write_depth);
    plan.writes.share = share_of_deep_lanes;
    plan.platform = group_options(o, lane_options(o, o.platform_url, o.statement_timeout, limit), o.platform_lanes,
                                  o.platform_depth);
    plan.platform.queue.tasks_per_tenant = o.queue_limit;  // its units are of no tenant
    plan.app_leases = lease_options(o, o.app_url, limit);
    plan.platform_leases = lease_options(o, o.platform_url, limit);
    plan.own = group_options(o, lane_options(o, {}, o.statement_timeout, nullptr), 1, 1);
    plan.own_leases = lease_options(o, {}, nullptr);
    plan.own_leases.lanes = 1;
    return plan;
}

std::chrono::milliseconds timeout_of(const DatabaseOptions& options, UnitKind kind) {
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

}  // namespace terrace::db
