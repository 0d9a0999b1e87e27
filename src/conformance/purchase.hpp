#pragma once

#include "platform/resource/resource.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace terrace::conformance {

/// What is bought of a maker, whom clients name by the code: for state machines, writes to many at once, and references
/// by another key than the id.
struct Purchase {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    std::string status = "draft";
    std::int64_t quantity = 1;
    std::optional<std::string> maker;
    std::optional<std::string> reason;  ///< why it was cancelled
    resource::Timestamp created_at;
    resource::Timestamp updated_at;
    std::optional<resource::Timestamp> archived_at;
};

const resource::Resource& purchases();

}  // namespace terrace::conformance
