#pragma once

#include "platform/base/error.hpp"
#include "platform/db/database.hpp"
#include "platform/resource/resource.hpp"

#include <optional>

namespace terrace::resource {

/// The error of the field, or of the whole object, that a violated constraint of the resource's table stands for: the
/// same that a check would have found before the write, so that a race lost is answered like a mistake. Nothing for
/// another fault, or for a constraint that no declaration names (a bug: 500).
std::optional<Error> violation(const Resource& resource, const db::DbError& error);

}  // namespace terrace::resource
