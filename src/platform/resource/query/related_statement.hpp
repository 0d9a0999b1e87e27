#pragma once

#include "platform/resource/declaration/guard.hpp"
#include "platform/resource/resource.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace terrace::resource {

/// The statement that reads the related objects of many at once, `$1` the tenant and `$2` the array of their keys. Its
/// rows are the columns of the other resource. Children of one parent stand together and in their order, one more than
/// are answered, and without those that are archived.
const db::Shape& compose_related(const Relation& relation, const Reach& reach);

/// Those statements of all relations that a resource leads to, put together once at start.
class RelatedStatements {
  public:
    explicit RelatedStatements(const Resource& resource) { add(resource); }

    /// `keys` as PostgreSQL's text of an array; `sight` is that of the other resource.
    db::Statement read(const Relation& relation, const Uuid& tenant, std::string_view keys, const Sight& sight) const;

  private:
    void add(const Resource& resource);

    std::unordered_map<const Relation*, std::vector<const db::Shape*>> shapes_;  ///< by the index of the sight
};

}  // namespace terrace::resource
