#pragma once

#include "platform/base/json.hpp"
#include "platform/resource/resource.hpp"

#include <string>

namespace terrace::resource {

/// Where a schema of a field stands: its values in an answer, in a body, or as a filter in a query.
enum class SchemaOf { answer, body, filter };

/// The JSON Schema (2020-12, as OpenAPI 3.1 has it) of one field's values. `initial` is an object as it is when a body
/// says nothing; nullptr where what a body leaves out is not set to that. `locked`: of a body whose sender sees the
/// field, but may not change it.
void write_schema(const FieldMeta& field, SchemaOf use, json::Writer& out, const void* initial = nullptr,
                  bool locked = false);
std::string schema(const FieldMeta& field, SchemaOf use);

/// The declared example as JSON: quoted where the field is a text in JSON.
std::string example_json(const FieldMeta& field);
/// A value that the field takes, as JSON: its example, or what looks alike in every resource; empty where there is
/// none.
std::string sample_json(const FieldMeta& field);

}  // namespace terrace::resource
