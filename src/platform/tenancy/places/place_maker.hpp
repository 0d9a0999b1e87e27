#pragma once

#include "platform/db/database.hpp"

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

    /// Makes places of that mode on the main cluster until `count` are spare; returns how many it made. Throws
    /// std::runtime_error.
    std::size_t fill(Isolation isolation, std::size_t count);

  private:
    std::size_t spare(Isolation isolation);
    void make_schema();
    void make_database();
    void remove_half_made();

    std::string admin_url_;
    std::filesystem::path migrations_;
    db::AdminConnection connection_;
};

}  // namespace terrace::tenancy
