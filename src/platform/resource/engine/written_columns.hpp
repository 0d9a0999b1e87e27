#pragma once

#include "platform/resource/declaration/member.hpp"
#include "platform/resource/resource.hpp"

/// Which columns a statement writes: what its text has a placeholder for (write_shapes.cpp) its parameters have a value
/// for (write_statements.cpp).
namespace terrace::resource {

/// All but those that the database fills.
inline bool is_insertable(const FieldMeta& field) {
    return !detail::is_system_field(field.name) || field.name == "id";
}

/// All but the engine's own; equal values cost nothing (the row stays HOT).
inline bool is_updated(const FieldMeta& field) {
    return !detail::is_system_field(field.name);
}

inline bool is_updated_beside_keys(const FieldMeta& field) {
    return is_updated(field) && !field.is_named_by_key();
}

}  // namespace terrace::resource
