#pragma once

#include "platform/base/isolation.hpp"
#include "platform/base/uuid.hpp"

#include <string>

namespace terrace::tenancy {

/// The cluster of the installation's own database, which holds the catalog, the shared tables and the schemas.
inline constexpr const char* main_cluster = "main";

/// Where a tenant is or is to be, by the catalog's names.
struct Spot {
    Isolation isolation = Isolation::shared;
    std::string name;  ///< of the schema or database; empty: the shared tables
    std::string cluster = main_cluster;

    /// Whether it is a database of its own, which cannot commit together with the catalog.
    bool apart() const { return isolation == Isolation::database; }
    std::string schema() const { return isolation == Isolation::schema ? name : "shared"; }
};

/// The same, as an administrator reaches it.
struct Side {
    std::string url;  ///< of the database
    std::string schema = "shared";
};

}  // namespace terrace::tenancy
