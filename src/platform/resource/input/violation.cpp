#include "platform/resource/input/violation.hpp"

#include <algorithm>

namespace terrace::resource {

std::optional<Error> violation(const Resource& resource, const db::DbError& error) {
    if (error.kind != db::DbError::Kind::constraint || error.constraint.empty()) return {};
    const auto found = std::ranges::find(resource.violations, error.constraint, &Resource::Violation::constraint);
    if (found == resource.violations.end()) return {};
    return errors::validation_failed({{std::string(found->field), found->error}});
}

}  // namespace terrace::resource
