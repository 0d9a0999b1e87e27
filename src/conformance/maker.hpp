#pragma once

#include "platform/resource/resource.hpp"

#include <string>

namespace terrace::conformance {

/// Who makes gadgets: what a reference of theirs leads to.
struct Maker {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    resource::Timestamp created_at;
    resource::Timestamp updated_at;
};

const resource::Resource& makers();

}  // namespace terrace::conformance
