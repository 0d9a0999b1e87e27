#include "conformance/maker.hpp"

#include "platform/resource/describe.hpp"

namespace terrace::conformance {

using resource::by;
using resource::field;

const resource::Resource& makers() {
    static const auto resource =
        resource::describe<Maker>(
            {.plural = "makers", .singular = "maker", .schema = "Maker", .table = "{tenant}.maker"})
            .fields(field<&Maker::id>, field<&Maker::version>, field<&Maker::code>.required().max_length(20),
                    field<&Maker::created_at>, field<&Maker::updated_at>)
            .orderings("code", {by<&Maker::code>()})
            .build();
    return resource;
}

}  // namespace terrace::conformance
