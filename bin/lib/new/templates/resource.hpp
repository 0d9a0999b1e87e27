#pragma once

#include "platform/resource/resource.hpp"

#include <cstdint>
#include <optional>
$string_include
namespace terrace::clinic {

struct $struct {
    Uuid id;
    std::int64_t version = 1;
$members
    resource::Timestamp created_at;
    resource::Timestamp updated_at;
    std::optional<resource::Timestamp> archived_at;
};

/// The resource `$plural`.
const resource::Resource& $plural();

}  // namespace terrace::clinic
