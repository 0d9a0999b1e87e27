#include "conformance/drawing.hpp"

#include "platform/resource/describe.hpp"

namespace terrace::conformance {

using resource::by;
using resource::field;

const resource::Resource& drawings() {
    static const auto resource =
        resource::describe<Drawing>(
            {.plural = "drawings", .singular = "drawing", .schema = "Drawing", .table = "{tenant}.drawing"})
            .fields(field<&Drawing::id>, field<&Drawing::version>, field<&Drawing::code>.required().max_length(20),
                    field<&Drawing::plan>.required().types({"application/pdf"}).most_bytes(100'000),
                    field<&Drawing::picture>.image().most_bytes(100'000), field<&Drawing::created_at>,
                    field<&Drawing::updated_at>)
            .orderings("code", {by<&Drawing::code>()})
            .build();
    return resource;
}

}  // namespace terrace::conformance
