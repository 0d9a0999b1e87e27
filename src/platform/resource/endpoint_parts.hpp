#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/resource/engine.hpp"
#include "platform/resource/field_schema.hpp"

#include <memory>
#include <string>
#include <vector>

/// What the standard endpoints and those of actions have in common. Internal to the resource layer.
namespace terrace::resource {

api::Parameter idempotency_key();
api::Parameter if_match();

/// A rule that is one permission is that permission; others are asked for each object.
api::Access access_by(const Guard* guard, std::string otherwise);

/// The endpoints of the resource's own actions.
void add_actions(const Resource& resource, const std::shared_ptr<Engine>& engine, std::vector<api::Endpoint>& all);
/// The schemas of their bodies and answers: BookingMove, BookingMoveResult.
void add_action_schemas(const Resource& resource, std::vector<std::pair<std::string, std::string>>& all);

using FieldTest = bool (*)(const FieldMeta& field);
/// The JSON Schema of an object with these fields. `defaulted`: one that a body leaves out gets its value in `initial`.
std::string object_schema(const std::vector<const FieldMeta*>& fields, SchemaOf use, FieldTest required,
                          const void* initial, FieldTest defaulted);

}  // namespace terrace::resource
