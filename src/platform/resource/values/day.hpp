#pragma once

#include "platform/resource/values/value.hpp"

#include <string_view>

namespace terrace::resource {

/// The first instant of a day in an IANA time zone; of a zone that is not known, in UTC.
Timestamp start_of_day(Date day, std::string_view time_zone);

/// The day after; the last day of the year 9999 has none and is answered itself.
Date day_after(Date day);

}  // namespace terrace::resource
