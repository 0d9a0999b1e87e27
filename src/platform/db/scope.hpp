#pragma once

#include "platform/base/isolation.hpp"
#include "platform/base/uuid.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace terrace::tenancy {
class Directory;
}

namespace terrace::testing {
class ScopeMaker;  // of src/platform/testing, which only tests link
}

namespace terrace::db {

/// Where a tenant's rows live, as the catalog said at `epoch`.
struct Place {
    Uuid tenant;
    std::int64_t epoch = 0;
    Isolation isolation = Isolation::shared;
    std::string schema = "shared";  ///< of that name in a database of its own too
    std::string database;           ///< of its own; empty: the installation's
    std::string cluster = "main";
    /// A move is on, so that each unit asks whether the rows are still here.
    bool moving = false;
    std::string url_reference;  ///< where the cluster's URL is found: `env:NAME` or `file:/path`
};

/// The right to touch the rows of one tenant: every call of the data layer takes one, and only the tenancy directory
/// makes them, from a place that the catalog names. Cheap to copy.
class TenantScope {
  public:
    const Uuid& tenant() const { return place_->tenant; }
    const Place& place() const { return *place_; }

  private:
    friend class terrace::tenancy::Directory;
    friend class terrace::testing::ScopeMaker;
    explicit TenantScope(std::shared_ptr<const Place> place) : place_(std::move(place)) {}
    std::shared_ptr<const Place> place_;
};

/// The right to touch the catalog, which crosses tenants. Each place in the code that needs one names its reason; uses
/// are logged at debug level.
class PlatformScope {
  public:
    /// `reason`: a string literal such as "sign-in".
    template <std::size_t N>
    consteval explicit PlatformScope(const char (&reason)[N]) : reason_(reason, N - 1) {}
    std::string_view reason() const { return reason_; }

  private:
    std::string_view reason_;
};

}  // namespace terrace::db
