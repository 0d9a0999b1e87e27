#include "conformance/part.hpp"

#include "conformance/kit.hpp"
#include "platform/resource/describe.hpp"

namespace terrace::conformance {

using resource::by;
using resource::field;

const resource::Resource& parts() {
    static const auto resource =
        resource::describe<Part>({.plural = "parts", .singular = "part", .schema = "Part", .table = "{tenant}.part"})
            .fields(field<&Part::id>, field<&Part::version>,
                    field<&Part::kit_id>.required().create_only().refers_to<&Kit::id>("{tenant}.kit", "part_kit_fkey"),
                    field<&Part::place>.between(0, 1000), field<&Part::code>.required().max_length(20),
                    field<&Part::quantity>.between(1, 99), field<&Part::note>.max_length(40), field<&Part::created_at>,
                    field<&Part::updated_at>)
            .orderings("place", {by<&Part::place>()})
            .build();
    return resource;
}

}  // namespace terrace::conformance
