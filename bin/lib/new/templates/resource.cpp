#include "clinic/$plural/$singular.hpp"

$reference_include#include "platform/resource/describe.hpp"

namespace terrace::clinic {
namespace {

$usings

// clang-format off: one field a line.
resource::Resource describe_$plural() {
    return resource::describe<$struct>(
               {.plural = "$plural", .singular = "$singular", .schema = "$struct",
                .table = "{tenant}.$singular",
                .about = "$about of the organisation."})
        .fields($fields)
$rest
        .archivable()
        .build();
}
// clang-format on

}  // namespace

const resource::Resource& $plural() {
    static const resource::Resource resource = describe_$plural();
    return resource;
}

}  // namespace terrace::clinic
