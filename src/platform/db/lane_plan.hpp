#pragma once

#include "platform/db/database.hpp"
#include "platform/db/lane_group.hpp"
#include "platform/db/lease_pool.hpp"

#include <chrono>
#include <memory>

/// Internal to the data layer: what the options of a database mean for each kind of its lanes.
namespace terrace::db {

struct LanePlan {
    LaneGroupOptions point_reads, reads, writes, platform;
    LeasePoolOptions app_leases, platform_leases;
    LaneGroupOptions own;  ///< of each database of one tenant; its URL is yet to be filled in, as in `own_leases`
    LeasePoolOptions own_leases;
};

/// `limit` bounds how many lanes connect at a time, but for those to databases of one tenant: of a cluster that is away
/// each attempt takes its time.
LanePlan plan_lanes(const DatabaseOptions& options, const std::shared_ptr<ConnectLimit>& limit);

/// How long a statement of such a unit may take.
std::chrono::milliseconds timeout_of(const DatabaseOptions& options, UnitKind kind);

/// A connection is dead that has shown no progress for so much longer than a statement may take.
inline constexpr std::chrono::milliseconds watchdog_margin{500};

}  // namespace terrace::db
