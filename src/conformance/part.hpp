#pragma once

#include "platform/resource/resource.hpp"

#include <optional>
#include <string>

namespace terrace::conformance {

/// What lies in a kit; written with the kit.
struct Part {
    Uuid id;
    std::int64_t version = 1;
    Uuid kit_id;
    std::int64_t place = 0;
    std::string code;
    std::int64_t quantity = 1;
    std::optional<std::string> note;
    resource::Timestamp created_at;
    resource::Timestamp updated_at;
};

const resource::Resource& parts();

}  // namespace terrace::conformance
