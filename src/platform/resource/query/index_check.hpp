#pragma once

#include "platform/db/database.hpp"
#include "platform/db/self_check.hpp"
#include "platform/resource/resource.hpp"

#include <vector>

namespace terrace::resource {

/// The filters, the search and the orderings of a resource that no index serves under row-level security: because
/// there is none, because the column's collation is another than "C" where order counts, or because the operator is not
/// leakproof, so that PostgreSQL runs the policy first. PostgreSQL decides: its generic plan of each statement, as
/// `app` (the role of `serve`), with sequential scans and sorts switched off, must have the condition in an Index Cond,
/// and need no sort. Orderings are looked at in the list of what is not archived. Blocking; throws std::runtime_error
/// when a statement cannot be planned at all (a column that is not there).
std::vector<db::Finding> check_indexes(const Resource& resource, db::AdminConnection& app);

}  // namespace terrace::resource
