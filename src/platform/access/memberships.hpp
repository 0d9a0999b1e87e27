#pragma once

#include "platform/access/permissions.hpp"
#include "platform/base/error.hpp"
#include "platform/db/database.hpp"
#include "platform/tenancy/change_feed.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace terrace::access {

/// A person's role in a tenant and what it allows there.
struct Membership {
    std::string role_slug;
    std::string role_name;
    std::shared_ptr<const PermissionSet> permissions;
};

/// Memberships with their permissions, for one event loop: a bounded cache over the catalog (who has which role) and
/// the tenant's place (what the role allows), dropped within a second of a change by the change feed; while the feed is
/// over 5 s behind, every look-up asks PostgreSQL. Whoever changes a tenant's roles updates its row in catalog.tenant
/// after that, so that the feed drops all its memberships. The references must outlive it.
class Memberships {
  public:
    Memberships(boost::asio::any_io_executor executor, db::Database& database, tenancy::ChangeFeed& feed,
                const Catalogue& catalogue);
    ~Memberships();

    /// What the program registered, by which roles are read.
    const Catalogue& catalogue() const;

    /// nullptr when the person is no member.
    boost::asio::awaitable<Result<std::shared_ptr<const Membership>>> find(db::TenantScope scope, Uuid user);

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace terrace::access
