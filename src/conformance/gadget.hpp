#pragma once

#include "platform/resource/resource.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace terrace::conformance {

/// The resource that tests/conformance/drf compares with its twin in Django REST Framework (app/gadgets/
/// there): a field of every kind, and every capability of a list. The two declare the same fields and rules.
struct Gadget {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    std::string name;
    std::optional<std::string> colour;
    std::int64_t stock = 0;
    bool fragile = false;
    std::optional<resource::Date> made_on;
    std::optional<resource::Timestamp> sold_at;
    std::optional<Uuid> batch;
    std::optional<std::string> email;
    std::optional<std::string> note;
    std::optional<std::string> keyword;
    resource::Decimal<2> price;
    std::optional<resource::Money> cost;
    std::optional<resource::TimeOfDay> opens;
    std::optional<resource::Duration> warranty;
    std::optional<std::string> website;
    std::optional<std::string> handle;
    std::optional<std::string> address;
    std::optional<Uuid> maker_id;
    std::optional<std::string> shelf;
    std::optional<std::int64_t> place;
    std::vector<std::string> tags;
    std::vector<std::int64_t> sizes;
    std::optional<resource::Json> extra;
    std::optional<std::int64_t> margin;
    resource::Timestamp created_at;
    resource::Timestamp updated_at;
    std::optional<resource::Timestamp> archived_at;
};

const resource::Resource& gadgets();

}  // namespace terrace::conformance
