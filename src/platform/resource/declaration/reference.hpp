#pragma once

#include "platform/resource/declaration/field.hpp"
#include "platform/resource/query/composer.hpp"

#include <vector>

namespace terrace::resource {

/// Whether the statement of a write finds the stored value of a reference; else what a client names is stored, and the
/// foreign key alone decides.
bool is_found_by_statement(const FieldMeta& field);

/// That value: the key (or, named by key, the id) of the object at `placeholder`, of one that refuses archived objects
/// held against archiving until the unit ends; where there is none a key that nothing has, so that the foreign key
/// refuses it like one that never was. On update an unchanged reference stays, whatever has become of its object since.
void add_reference(Composer& text, const FieldMeta& field, db::Fragment placeholder, bool updating);

/// The key of the object whose id a row of `table` keeps.
std::vector<db::Fragment> key_of_kept(db::Fragment table, const FieldMeta& field);

}  // namespace terrace::resource
