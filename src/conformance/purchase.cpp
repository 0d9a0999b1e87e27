#include "conformance/purchase.hpp"

#include "conformance/maker.hpp"
#include "platform/resource/describe.hpp"

namespace terrace::conformance {
namespace {

namespace lookup = resource::lookup;
using resource::action;
using resource::argument;
using resource::by;
using resource::field;
using resource::transition;

void check_placed(resource::Write<Purchase, resource::NoInput>& write) {
    if (!write.object().maker) write.error<&Purchase::maker>("required", "Say who delivers it.");
}

struct Cancel {
    std::string reason;
};

void cancel(resource::Write<Purchase, Cancel>& write) {
    write.object().reason = write.input().reason;
}

}  // namespace

// clang-format off: one field a line.
const resource::Resource& purchases() {
    static const auto resource =
        resource::describe<Purchase>(
            {.plural = "purchases", .singular = "purchase", .schema = "Purchase", .table = "{tenant}.purchase"})
            .fields(field<&Purchase::id>,
                    field<&Purchase::version>,
                    field<&Purchase::code>.required().max_length(20).unique("purchase_code_key"),
                    field<&Purchase::status>.choices({"draft", "placed", "delivered", "cancelled"}),
                    field<&Purchase::quantity>.between(1, 100),
                    field<&Purchase::maker>.max_length(20)
                        .refers_to<&Maker::code>("{tenant}.maker", "purchase_maker_fkey").kept_in("maker_id"),
                    field<&Purchase::reason>.read_only(),
                    field<&Purchase::created_at>,
                    field<&Purchase::updated_at>,
                    field<&Purchase::archived_at>)
            .filter<&Purchase::maker>(lookup::exact, lookup::in, lookup::isnull)
            .orderings("code", {by<&Purchase::code>()})
            .state<&Purchase::status>(
                transition("place", {"draft"}, "placed").guard(&check_placed),
                transition("deliver", {"placed"}, "delivered"),
                transition(action<&cancel>("cancel").takes(argument<&Cancel::reason>.required().max_length(20)),
                           {"draft", "placed"}, "cancelled"))
            .bulk({.most = 5})
            .archivable()
            .build();
    return resource;
}
// clang-format on

}  // namespace terrace::conformance
