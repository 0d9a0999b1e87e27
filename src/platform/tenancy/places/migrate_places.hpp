#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace terrace::tenancy {

struct MigratePlacesOptions {
    std::string admin_url;            ///< of the installation's database
    std::filesystem::path directory;  ///< of the migrations; those of tenant/ are meant
    std::string app_password;         ///< of terrace_app, on other clusters
    std::string platform_password;    ///< of terrace_platform, there too
    unsigned jobs = 1;                ///< places migrated at a time, each on a connection of its own
    /// So many go first, one by one: when one of them fails, the others are left alone. Spare places before those in
    /// use.
    std::size_t canaries = 1;
    /// Asked before each place: true leaves the rest for another time.
    std::function<bool()> paused;
    /// After each place, from any of the jobs, one at a time. `fault` is empty when all is well.
    std::function<void(std::size_t done, std::size_t of, const std::string& place, const std::string& fault)> progress;
};

struct MigratePlacesOutcome {
    std::size_t pending = 0;  ///< places that lacked something when it began
    std::size_t migrated = 0;
    std::vector<std::string> failed;  ///< names; catalog.place has the errors
    /// Clusters that could not be reached, each with the reason; their places are none of the above.
    std::map<std::string, std::string> unreachable;
    std::size_t out_of_reach = 0;  ///< places that lack something on those
    bool stopped = false;          ///< by a canary or a pause
};

/// Brings the places of one tenant each up to date with the shared tables, which `db::migrate` has done before. A place
/// is migrated file by file, each all or nothing together with its record, so that a kill at any point loses nothing
/// and the next run goes on where it ended. Its tables are then compared with the shared ones: what the record says is
/// not trusted. A place that fails stops no other, keeps its rows and says why in `catalog.place`; the next run tries
/// it again. A cluster that cannot be reached is asked once and left out. A lock that is not granted is asked for a few
/// times. With nothing pending it costs one query, however many places there are. Two runs at once: the second waits.
/// Throws std::runtime_error when it cannot begin.
MigratePlacesOutcome migrate_places(const MigratePlacesOptions& options);

}  // namespace terrace::tenancy
