#pragma once

#include "platform/resource/resource.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace terrace::clinic {

struct Patient {
    Uuid id;
    std::int64_t number = 0;
    std::int64_t version = 1;
    std::string name;
    std::string name_sort;  ///< folded, for ordering
    std::string sex;
    resource::Date born_on{};
    std::string dob_precision;  ///< `day`, or `estimated` from an age in years
    std::optional<std::string> phone;
    std::optional<std::string> phone_relation;
    std::optional<std::string> guardian_name;
    std::optional<std::string> email;
    std::optional<std::string> address;
    std::optional<std::string> city;
    std::optional<std::string> pincode;
    std::optional<Uuid> household_id;  ///< of those who share the phone: a hint for grouping
    resource::Timestamp created_at;
    resource::Timestamp updated_at;
    std::optional<resource::Timestamp> archived_at;
};

/// What a body says of the birthday: one of the two.
struct PatientInput {
    std::optional<std::int64_t> age;
    std::optional<resource::Date> date_of_birth;
};

/// The resource `patients`.
const resource::Resource& patients();

}  // namespace terrace::clinic
