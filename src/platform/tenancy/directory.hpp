#pragma once

#include "platform/base/error.hpp"
#include "platform/db/database.hpp"
#include "platform/tenancy/change_feed.hpp"
#include "platform/tenancy/host_name.hpp"
#include "platform/tenancy/tenant.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>

namespace terrace::tenancy {

/// Who the tenants are and where they live, for one event loop: a bounded cache over the catalog, with a bounded
/// negative cache, dropped within a second of a change by the change feed; while the feed is stale, every look-up asks
/// PostgreSQL. The only maker of TenantScope. Tells the loop's Database how to follow a tenant that moved and when
/// reads may trust the place. `database` and `feed` must outlive it.
class Directory {
  public:
    Directory(boost::asio::any_io_executor executor, db::Database& database, ChangeFeed& feed);
    ~Directory();

    /// nullptr when there is no such tenant (or it is being deleted). One that is still provisioning is given, so that
    /// it can be completed, and never cached: whoever lets people in asks `Tenant::open()`.
    boost::asio::awaitable<Result<TenantPtr>> by_id(Uuid id);
    boost::asio::awaitable<Result<TenantPtr>> by_slug(std::string slug);
    /// Whose own, proved domain this is. `domain` in the catalog's form (domain_name.hpp).
    boost::asio::awaitable<Result<TenantPtr>> by_domain(std::string domain);

    static db::TenantScope scope(const Tenant& tenant);

    /// This process changed the tenant and has committed: its loops forget it now.
    void announce(const Uuid& tenant);

  private:
    struct Impl;
    static boost::asio::awaitable<Result<TenantPtr>> load_by_id(std::shared_ptr<Impl> impl, Uuid id);
    static boost::asio::awaitable<std::optional<db::TenantScope>> resolve_anew(std::weak_ptr<Impl> directory,
                                                                               db::TenantScope known,
                                                                               db::DbError::Kind why);
    std::shared_ptr<Impl> impl_;
};

}  // namespace terrace::tenancy
