#pragma once

#include "platform/resource/declaration/field.hpp"
#include "platform/resource/query/composer.hpp"

namespace terrace::resource {

/// The stored value of a reference that refuses archived objects: the key at `placeholder` if such an object is there,
/// held against archiving until the unit ends; else a key that nothing has, so that the foreign key refuses it like one
/// that never was. On update an unchanged reference stays, whatever has become of its object since.
void add_reference(Composer& text, const FieldMeta& field, db::Fragment placeholder, bool updating);

}  // namespace terrace::resource
