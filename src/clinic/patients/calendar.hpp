#pragma once

#include "platform/resource/values/value.hpp"

#include <cstdint>
#include <string_view>

namespace terrace::clinic {

/// The calendar day in an IANA zone now. Zones are located once a thread; UTC stands in for a name that is none.
resource::Date today_in(std::string_view time_zone);

/// Completed years from `born_on` to `today`; born on 29 February, a year is complete on 1 March.
std::int64_t age_on(resource::Date today, resource::Date born_on);

/// A birthday for who is `age` years old today and knows no date: today's day, that many years ago.
resource::Date estimated_birthday(resource::Date today, std::int64_t age);

}  // namespace terrace::clinic
