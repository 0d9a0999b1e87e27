#pragma once

#include "platform/base/json.hpp"
#include "platform/resource/resource.hpp"

#include <string>

namespace terrace::resource {

/// Where a schema of a field stands: its values in an answer, in a body, or as a filter in a query.
enum class SchemaOf { answer, body, filter };

/// The JSON Schema (2020-12, as OpenAPI 3.1 has it) of one field's values.
void write_schema(const FieldMeta& field, SchemaOf use, json::Writer& out);
std::string schema(const FieldMeta& field, SchemaOf use);

}  // namespace terrace::resource
