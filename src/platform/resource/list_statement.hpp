#pragma once

#include "platform/resource/cursor.hpp"
#include "platform/resource/list_query.hpp"

#include <optional>
#include <string>
#include <unordered_map>

namespace terrace::resource {

/// Makes the statement of a list, and keeps the shapes it has made. One event loop.
class ListStatements {
  public:
    explicit ListStatements(const Resource& resource) : resource_(resource) {}

    /// Fetches one row more than the limit, so that the answer knows whether there are more. A backward cursor fetches
    /// in the opposite order. `$1` is the tenant: the statement names it beside the policy.
    /// What lies out of the caller's sight is not read.
    db::Statement make(const Uuid& tenant, const Sight& sight, const ListQuery& query,
                       const std::optional<Cursor>& cursor);

  private:
    const db::Shape& shape_of(const Sight& sight, const ListQuery& query, const std::optional<Cursor>& cursor);

    const Resource& resource_;
    std::unordered_map<std::string, const db::Shape*> shapes_;
};

}  // namespace terrace::resource
