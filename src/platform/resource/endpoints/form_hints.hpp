#pragma once

#include "platform/base/json.hpp"
#include "platform/resource/declaration/field_meta.hpp"

namespace terrace::resource {

/// What a form must know of a field of a body and JSON Schema has no word for, as the member `x-form`: nothing where
/// there is nothing to say.
///
/// - `kind`: `money` (an integer of paise), `decimal`, `multiline`, `slug`, `ip`
/// - `minimum`, `maximum`: of dates, times and durations, as they are written
/// - `max_digits`, `decimal_places`: of a decimal
/// - `message`: what is said of a text that does not match the pattern
void write_form_hints(const FieldMeta& field, json::Writer& out);

}  // namespace terrace::resource
