#pragma once

#include "platform/resource/resource.hpp"

#include <optional>
#include <string>

namespace terrace::conformance {

/// A box of parts: a whole resource as it is meant to be written, in 80 lines with kit.cpp.
struct Kit {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    std::string name;
    std::string stage = "draft";
    resource::Money price;
    std::int64_t weight = 0;
    bool fragile = false;
    std::optional<resource::Date> made_on;
    std::optional<std::string> contact;
    std::optional<std::string> note;
    std::optional<Uuid> maker_id;
    resource::Timestamp created_at;
    resource::Timestamp updated_at;
};

const resource::Resource& kits();

}  // namespace terrace::conformance
