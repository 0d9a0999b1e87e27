#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/resource/endpoints/field_schema.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/input/viewer.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// What the standard endpoints and those of actions have in common. Internal to the resource layer.
namespace terrace::resource {

/// The beginning of an endpoint: `patients_list`, tag `patients`, permission `patients.read`.
api::Endpoint begin(const Resource& resource, http::Method method, std::string_view path, std::string_view action,
                    Act act, std::string summary);
/// What is true of every resource stands before the note of its rule.
void describe(api::Endpoint& endpoint, std::string_view text);
/// Of a write that runs the resource's checks and hooks, which may refuse it.
void add_refusals(const Resource& resource, api::Endpoint& endpoint);
api::Parameter idempotency_key();
api::Parameter if_match();

/// What nobody has registered nobody holds: a field or a nested list behind it would be missing from every answer,
/// without a word. (Those of endpoints are asked for by the pipeline.) Throws std::logic_error with what to write.
void check_permissions(const Resource& resource, const access::Catalogue& catalogue);

/// The list, and what it and an object's address take of the viewer beside the path.
api::Endpoint list_endpoint(const Resource& resource);
std::vector<api::Parameter> list_parameters(const Resource& resource, const Viewer& viewer);
std::vector<api::Parameter> retrieve_parameters(const Resource& resource, const Viewer& viewer);

/// A rule that is one permission is that permission; others are asked for each object.
api::Access access_by(const Guard* guard, std::string otherwise);

/// The endpoints of the resource's own actions.
void add_actions(const Resource& resource, const std::shared_ptr<Engine>& engine, std::vector<api::Endpoint>& all);
/// The schemas of their bodies and answers: BookingMove, BookingMoveResult.
void add_action_schemas(const Resource& resource, api::Schemas& all);

/// Of a POST that takes a list too.
void describe_create_many(const Resource& resource, api::Endpoint& create);
api::Endpoint update_many(const Resource& resource);
api::Endpoint archive_many(const Resource& resource);
/// The schemas of requests over many objects, and of their answers: CrateUpdateMany, CrateMany.
void add_bulk_schemas(const Resource& resource, const Viewer& viewer, api::Schemas& all);

/// A request over many objects of which some are not valid.
api::Problem bulk_problem();

/// The types of what `ordering` and `fields` may name: PatientOrdering, PatientField.
std::string ordering_type(const Resource& resource);
std::string field_type(const Resource& resource);
/// The same of `expand`: InvoiceExpansion.
std::string expansion_type(const Resource& resource);
/// The types of its fields that have choices.
void add_choices(const Resource& resource, api::Schemas& all);

/// A member of an object beside its fields.
struct SchemaMember {
    std::string name, schema;
    bool required = false;
};
/// What an answer has of related objects, and a body of nested lists; `mode` as in the schemas' names: Update.
std::vector<SchemaMember> related_members(const Resource& resource, const Viewer& viewer);
std::vector<SchemaMember> nested_members(const Resource& resource, std::string_view mode, const Viewer& viewer);
/// The schemas of the objects within, and of the elements of nested lists: Line, InvoiceLinesUpdate.
void add_related_schemas(const Resource& resource, const Viewer& viewer, api::Schemas& all);
/// Of an object as it is answered.
std::string answer_schema(const Resource& resource, const Viewer& viewer);

using FieldTest = bool (*)(const FieldMeta& field);
/// What the schema of an object says beside what its fields say of themselves.
struct ObjectSchema {
    SchemaOf use = SchemaOf::body;
    FieldTest required = [](const FieldMeta&) { return false; };
    const void* initial = nullptr;  ///< whose values `defaulted` fields have that a body leaves out
    FieldTest defaulted = [](const FieldMeta&) { return false; };
    std::vector<SchemaMember> more = {};
    std::string example = {};  ///< as JSON; empty where the examples of the fields together are one
};
/// The JSON Schema of an object with those of these fields that the viewer sees.
std::string object_schema(const std::vector<const FieldMeta*>& fields, const Viewer& viewer, const ObjectSchema& of);

}  // namespace terrace::resource
