#pragma once

#include "platform/base/config.hpp"
#include "platform/base/error.hpp"
#include "platform/db/database.hpp"
#include "platform/tenancy/change_feed.hpp"
#include "platform/tenancy/tenant.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string_view>

namespace terrace::tenancy {

/// What the Host of a request names.
struct HostName {
    enum class Kind { root, tenant, unknown };
    Kind kind = Kind::unknown;
    std::string slug;  ///< for `tenant`
};

/// An IP literal, `localhost` or the base domain, with any port, is the root host; `<label>.<base domain>` names a
/// tenant; with TERRACE_TENANT_HOSTS=none every host is the root host; anything else is unknown. Pure.
HostName classify_host(std::string_view host, const Origin& origin, TenantHosts mode);

/// Who the tenants are and where they live, for one event loop: a bounded cache over the catalog, with a bounded
/// negative cache, invalidated by the change feed. The only maker of TenantScope.
class Directory {
  public:
    Directory(boost::asio::any_io_executor executor, db::Database& database, ChangeFeed& feed);
    ~Directory();

    /// nullptr when there is no such tenant (or it is being deleted).
    boost::asio::awaitable<Result<TenantPtr>> by_id(Uuid id);
    boost::asio::awaitable<Result<TenantPtr>> by_slug(std::string slug);

    static db::TenantScope scope(const Tenant& tenant);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace terrace::tenancy
