#pragma once

#include "platform/resource/resource.hpp"

#include <optional>
#include <string>

namespace terrace::conformance {

/// What holds files: a plan that it must have, and a picture.
struct Drawing {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    resource::File plan;
    std::optional<resource::File> picture;
    resource::Timestamp created_at;
    resource::Timestamp updated_at;
};

const resource::Resource& drawings();

}  // namespace terrace::conformance
