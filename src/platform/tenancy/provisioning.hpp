#pragma once

#include "platform/base/error.hpp"
#include "platform/db/database.hpp"
#include "platform/tenancy/directory.hpp"
#include "platform/tenancy/slug.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace terrace::tenancy {

struct NewTenant {
    Uuid id;  ///< in shared tables; a place of its own has an id already, which its tenant gets
    std::string slug;
    std::string name;
    std::string time_zone = "Asia/Kolkata";
    Isolation isolation = Isolation::shared;
    std::string cluster = "main";  ///< for a database of its own
};

/// Adds the catalog's rows of a new tenant (state `provisioning`) to a transaction that the caller commits: the tenant
/// and its place, a spare one where it is to have its own; returns its id. The place takes writes from the start, so
/// that the tenant's own rows can be made. A slug that is taken is 409 `slug_taken`, also by a race (unique key). Two
/// who want a spare place get two; when none is left, 503.
boost::asio::awaitable<Result<Uuid>> insert_tenant(db::Lease& lease, const NewTenant& tenant);

/// Statements that each part of the platform and the product wants in a new tenant's own place (settings, roles,
/// counters): idempotent (`on conflict do nothing`), run as one unit.
using TenantSeed = std::function<void(const Uuid& tenant, std::vector<db::Statement>& statements)>;

/// Fills a tenant's place and makes the tenant active. Safe to repeat at any point: sign-up calls it, a second try of
/// the same sign-up calls it, and the sweep calls it for what a crash left in `provisioning`.
class Provisioner {
  public:
    Provisioner(db::Database& database, Directory& directory, std::vector<TenantSeed> seeds);

    boost::asio::awaitable<Result<void>> complete(Uuid tenant);
    /// Completes tenants that have been provisioning for over a minute; returns how many.
    boost::asio::awaitable<Result<int>> sweep();

  private:
    db::Database& database_;
    Directory& directory_;
    std::vector<TenantSeed> seeds_;
};

}  // namespace terrace::tenancy
