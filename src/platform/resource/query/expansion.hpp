#pragma once

#include "platform/base/error.hpp"
#include "platform/http/message.hpp"
#include "platform/resource/input/viewer.hpp"
#include "platform/resource/resource.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::resource {

struct RelatedProjection;

/// What an answer has of an object: its fields, and what of which related objects.
struct Projection {
    FieldSet fields = 0;
    std::vector<RelatedProjection> related;  ///< in the order of declaration
};
struct RelatedProjection {
    const Relation* relation;
    Projection projection;
};

/// All that the viewer sees of an object: its fields, and the lists that are nested without being asked for.
Projection whole(const Resource& resource, const Viewer& viewer);

/// What `expand=doctor,doctor.clinic` adds to the whole, and `fields=name,doctor.name` leaves of that. Both take names
/// with dots for what lies within; a name of `fields` that goes into an expansion needs that in `expand`. Names what is
/// unknown, out of the viewer's sight, or deeper than the resource allows (`invalid_choice`).
std::expected<Projection, FieldErrors> read_projection(const Resource& resource, const http::Query& query,
                                                       const Viewer& viewer);

/// `&fields=…&expand=…` as they were sent: for the links of a list.
std::string projection_parameters(const http::Query& query);

/// Every name that `expand` takes of the viewer, and every one that `fields` takes, with all expansions: for the API's
/// documentation.
std::vector<std::string> expandable_names(const Resource& resource, const Viewer& viewer);
std::vector<std::string> selectable_names(const Resource& resource, const Viewer& viewer);

}  // namespace terrace::resource
