#pragma once

#include "platform/db/database.hpp"
#include "platform/tenancy/places/clusters.hpp"

#include <cstddef>
#include <filesystem>
#include <string>

namespace terrace::tenancy {

/// Makes places of one tenant each ahead of need, as copies of the shared tables (catalog.place): what takes a second
/// must not stand in a sign-up. Blocking, an administrator's work; safe beside another maker, sign-ups and a migration,
/// and after a kill at any point.
class PlaceMaker {
  public:
    /// `admin_url` is of the installation's database; `migrations` the folder of its files.
    PlaceMaker(std::string admin_url, std::filesystem::path migrations);

    /// Makes places of that mode until `count` are spare on that cluster; returns how many it made. Schemas are the
    /// main cluster's. Throws std::runtime_error.
    std::size_t fill(Isolation isolation, std::size_t count, const std::string& cluster = main_cluster);
    /// Removes what a kill or a move that was undone left, which `fill` does first on clusters that it reaches. Throws
    /// std::runtime_error where a cluster that has some cannot be reached.
    void remove_half_made();

  private:
    std::size_t spare(Isolation isolation, const std::string& cluster);
    void take_turn();
    void give_back_turn();
    void make_schema();
    void make_database(const std::string& cluster);
    std::string remove_what_can_be();

    std::string admin_url_;
    std::filesystem::path migrations_;
    db::AdminConnection connection_;
    Clusters clusters_;
};

}  // namespace terrace::tenancy
