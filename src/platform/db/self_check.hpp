#pragma once

#include "platform/db/database.hpp"

#include <string>
#include <vector>

namespace terrace::db {

struct Finding {
    std::string problem;
    std::string mend;  ///< the command or statement that mends it
};

/// What would let a tenant's rows be seen past row-level security: a role that is superuser, has BYPASSRLS, owns or is
/// a member of the owner; a tenant table without RLS enabled and forced, without the restrictive tenant policy, without
/// tenant_id leading its primary, unique and foreign keys and its indexes; a grant beyond DML; a view without
/// security_invoker; a PostgreSQL below the minors of 2026-11-12. Connects with both URLs; blocking. `serve` refuses to
/// start while there is a finding; `terrace doctor` prints them. Throws std::runtime_error when it cannot connect.
std::vector<Finding> self_check(const std::string& app_url, const std::string& platform_url);

/// What of that is said of a PostgreSQL server alone. Throws std::runtime_error.
std::vector<Finding> check_server(AdminConnection& server);

}  // namespace terrace::db
