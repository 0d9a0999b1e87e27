#include "conformance/kit.hpp"

#include "conformance/maker.hpp"
#include "conformance/part.hpp"
#include "platform/resource/describe.hpp"

namespace terrace::conformance {
namespace {

namespace lookup = resource::lookup;
using resource::asc, resource::by, resource::field, resource::holds, resource::is, resource::nested, resource::words;

void send(resource::Write<Kit, resource::NoInput>& write) {
    if (write.object().stage == "sent") return write.error("invalid", "This kit is sent already.");
    write.object().stage = "sent";
}

}  // namespace

const resource::Resource& kits() {
    static const auto resource =
        resource::describe<Kit>({.plural = "kits", .singular = "kit", .schema = "Kit", .table = "{tenant}.kit"})
            .fields(field<&Kit::id>, field<&Kit::version>,
                    field<&Kit::code>.required().pattern("K[0-9]{1,6}", "K and a number.").unique("kit_code_key"),
                    field<&Kit::name>.required().max_length(40),
                    field<&Kit::stage>.choices({"draft", "packed", "sent"}), field<&Kit::price>,
                    field<&Kit::weight>.between(0, 50'000), field<&Kit::fragile>, field<&Kit::made_on>,
                    field<&Kit::contact>.email(), field<&Kit::note>.multiline().max_length(100),
                    field<&Kit::maker_id>.refers_to<&Maker::id>("{tenant}.maker", "kit_maker_fkey"),
                    field<&Kit::created_at>, field<&Kit::updated_at>)
            .filter<&Kit::stage>(lookup::exact, lookup::in)
            .filter<&Kit::made_on>(lookup::range, lookup::isnull)
            .search("{tenant}.kit_token", {words<&Kit::name>(), words<&Kit::code>()})
            .orderings("code", {by<&Kit::code>(), by<&Kit::weight>()})
            .allow(resource::Act::update, holds("kits.update") && !is<&Kit::stage>("sent"))
            .action(resource::action<&send>("send"))
            .nested(nested<&Part::kit_id>("parts", parts()).ordered(asc<&Part::place>()).most(20).writable())
            .expand<&Kit::maker_id>(makers())
            .build();
    return resource;
}

}  // namespace terrace::conformance
