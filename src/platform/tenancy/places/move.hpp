#pragma once

#include "platform/base/isolation.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace terrace::tenancy {

struct MoveOptions {
    std::string admin_url;             ///< of the installation's database
    std::filesystem::path migrations;  ///< for a place that must be made
    std::filesystem::path exports;     ///< below it lies what is kept of the rows that go (data/kept_export.hpp)
    std::string slug;
    Isolation to = Isolation::shared;
    /// For a database. Empty: where its database is, if it has one, else the main one.
    std::string cluster;
    /// A word for the person who waits: what happens, and how many rows it took.
    std::function<void(const std::string& step)> progress;
    /// Asked often until the switch: true undoes the move.
    std::function<bool()> cancelled;
};

struct MoveOutcome {
    enum class End : std::uint8_t { moved, was_there, cancelled };
    End end = End::moved;
    std::int64_t rows = 0;                       ///< that it moved
    std::chrono::milliseconds writes_waited{0};  ///< how long writes were kept out
    std::filesystem::path kept;                  ///< the export of the rows as they were
    std::string kept_fault;  ///< why that is of a moment before writes were kept out; empty: it is not
};

/// Moves a tenant's rows to another mode, or a database to another cluster, while it works. They are copied, and what
/// changes meanwhile is copied after, until little is left; then writes are kept out (they wait in the servers' queues,
/// reads go on), the rest is copied, count and checksum of every table are compared, and the catalog says where the
/// rows are now. In the same transaction the old rows go; the schema or database that is left is removed once nobody
/// looks there any more. Counters, files and audit are rows as all others.
///
/// An export of the rows as they were is kept for 7 days below `exports` (data/kept_export.hpp).
///
/// Killed at any point it leaves one truth: the next call undoes what was begun, or finishes what was decided. Two at
/// once for one tenant: the second is refused. Blocking; an administrator's work. Throws std::runtime_error with a
/// sentence for the operator; the tenant is then where it was, or where it was to go.
MoveOutcome move_tenant(const MoveOptions& options);

/// Finishes or undoes what a move that was killed left behind, as the next move would; `options.to` means nothing.
void settle_move(const MoveOptions& options);

}  // namespace terrace::tenancy
