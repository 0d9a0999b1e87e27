#pragma once

#include "platform/base/json.hpp"
#include "platform/resource/resource.hpp"

#include <string>

namespace terrace::resource {

/// Where a schema of a field stands: its values in an answer, in a body, or as a filter in a query.
enum class SchemaOf { answer, body, filter };

/// The JSON Schema (2020-12, as OpenAPI 3.1 has it) of one field's values. `initial` is an object as it is when a body
/// says nothing; nullptr where what a body leaves out is not set to that.
void write_schema(const FieldMeta& field, SchemaOf use, json::Writer& out, const void* initial = nullptr);
std::string schema(const FieldMeta& field, SchemaOf use);

/// The declared example as JSON: quoted where the field is a text in JSON.
std::string example_json(const FieldMeta& field);

}  // namespace terrace::resource
