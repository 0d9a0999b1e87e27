#pragma once

#include "platform/resource/resource.hpp"

#include <optional>
#include <string>

namespace terrace::conformance {

/// What somebody has to do: read by its owner and by who may read tasks, changed by its owner and by who may change
/// tasks, until it is done. For permissions on single objects.
struct Task {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    std::string status = "open";
    std::optional<Uuid> owner_id;
    resource::Timestamp created_at;
    resource::Timestamp updated_at;
};

const resource::Resource& tasks();

}  // namespace terrace::conformance
