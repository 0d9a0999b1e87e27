#include "conformance/gadget.hpp"

namespace terrace::conformance {
namespace {

using resource::by;
using resource::computed;
using resource::field;

std::string label(const resource::RowView<Gadget>& gadget) {
    return gadget.get<&Gadget::code>() + " " + gadget.get<&Gadget::name>();
}

void check_gadget(resource::Write<Gadget, resource::NoInput>& write) {
    if (write.object().fragile && write.object().stock > 100)
        write.error("invalid", "Fragile gadgets are kept by the hundred.");
}

}  // namespace

const resource::Resource& gadgets() {
    static const auto resource =
        resource::describe<Gadget>(
            {.plural = "gadgets", .singular = "gadget", .schema = "Gadget", .table = "{tenant}.gadget"})
            .fields(field<&Gadget::id>, field<&Gadget::version>,
                    field<&Gadget::code>
                        .required()
                        .create_only()
                        .max_length(6).pattern("[A-Z]{2}[0-9]{1,4}", "Two capital letters and a number.")
                        .unique("gadget_code_key"),
                    field<&Gadget::name>.required().min_length(2).max_length(40),
                    computed<&label>("label"),
                    field<&Gadget::colour>.choices({"red", "green", "blue"}),
                    field<&Gadget::stock>.between(0, 1000),
                    field<&Gadget::fragile>,
                    field<&Gadget::made_on>, field<&Gadget::sold_at>, field<&Gadget::batch>,
                    field<&Gadget::email>.email(),
                    field<&Gadget::note>.multiline().max_length(100),
                    field<&Gadget::keyword>.write_only(),
                    field<&Gadget::created_at>, field<&Gadget::updated_at>, field<&Gadget::archived_at>)
            .check(check_gadget)
            .filter<&Gadget::colour>()
            .filter<&Gadget::stock>()
            .filter<&Gadget::fragile>()
            .filter<&Gadget::made_on>()
            .filter<&Gadget::batch>()
            .search("{tenant}.gadget_token", {resource::words<&Gadget::name>(), resource::words<&Gadget::code>()})
            .orderings("code", {by<&Gadget::code>(), by<&Gadget::stock>(), by<&Gadget::created_at>()})
            .archivable()
            .build();
    return resource;
}

}  // namespace terrace::conformance
