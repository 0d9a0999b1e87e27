#pragma once

#include "platform/db/database.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace terrace::tenancy {

/// What the catalog holds about one tenant: its row, whatever refers to that by a foreign key (memberships, sessions,
/// …), and its members. For one transaction of the caller's, who erases. Each throws std::runtime_error.
class CatalogRows {
  public:
    CatalogRows(db::AdminConnection& installation, const Uuid& tenant) : installation_(installation), tenant_(tenant) {}

    /// How many rows of which table, by name; its own row is one of them.
    std::vector<std::pair<std::string, std::int64_t>> count();
    /// Removes them, and the members who belong to no other tenant and whom nothing refers to that would outlive them.
    /// Returns how many persons that were.
    std::int64_t remove();

  private:
    std::string members();
    std::int64_t remove_persons(const std::string& persons);

    db::AdminConnection& installation_;
    Uuid tenant_;
};

}  // namespace terrace::tenancy
