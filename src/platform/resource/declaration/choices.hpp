#pragma once

#include <string>
#include <string_view>

namespace terrace::resource {

struct Resource;

/// `PhoneRelation` of `phone_relation`, `MarkNoShow` of `mark-no-show`: a name as a part of a schema's.
std::string title_of(std::string_view name);

namespace detail {

/// Names the choices that the declaration did not: `PatientSex` for the field `sex` of the schema `Patient`. Throws
/// std::logic_error where one name stands for two sets of choices.
void name_choices(Resource& resource);

}  // namespace detail
}  // namespace terrace::resource
