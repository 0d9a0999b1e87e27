#pragma once

#include "platform/db/database.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace terrace::tenancy {

/// Puts the transaction that has just begun behind the wall: as terrace_owner in the tenant's context, so that it can
/// neither read nor write a row of another.
void enter(db::AdminConnection& connection, const Uuid& tenant);

/// `columns` of `alias`, by commas.
std::string list(const std::vector<std::string>& columns, std::string_view alias = {});

}  // namespace terrace::tenancy
