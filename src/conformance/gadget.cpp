#include "conformance/gadget.hpp"

#include "conformance/maker.hpp"
#include "platform/resource/describe.hpp"

namespace terrace::conformance {
namespace {

namespace lookup = resource::lookup;
using resource::action;
using resource::argument;
using resource::asc;
using resource::by;
using resource::computed;
using resource::desc;
using resource::field;
using resource::list_action;
using resource::output;

std::string label(const resource::RowView<Gadget>& gadget) {
    return gadget.get<&Gadget::code>() + " " + gadget.get<&Gadget::name>();
}

void check_gadget(resource::Write<Gadget, resource::NoInput>& write) {
    if (write.object().fragile && write.object().stock > 100)
        write.error("invalid", "Fragile gadgets are kept by the hundred.");
}

constexpr std::string_view extra_schema = R"({"type": ["object", "null"], "properties": {
    "size": {"type": "integer", "minimum": 1}, "unit": {"type": "string", "enum": ["cm", "mm"]}},
    "required": ["size"], "additionalProperties": false})";

struct Restock {
    std::int64_t amount = 0;
    std::optional<std::string> reason;
};

void restock(resource::Write<Gadget, Restock>& write) {
    write.object().stock += write.input().amount;
    if (write.input().reason) write.object().note = write.input().reason;
    if (write.object().stock > 1000) write.error<&Restock::amount>("max_value", "The shelves hold a thousand.");
}

void sell_out(resource::Write<Gadget, resource::NoInput>& write) {
    write.object().stock = 0;
}

struct Clear {
    std::string shelf;
};
struct Cleared {
    std::int64_t count = 0;
};

/// Sells out whatever stands on a shelf.
boost::asio::awaitable<Result<Cleared>> clear_shelf(resource::Transaction<Gadget, Clear>& transaction) {
    static const db::Shape& shape = db::shape(
        "update {tenant}.gadget set stock = 0, version = version + 1, updated_at = now() "
        "where tenant_id = $1 and shelf = $2 and archived_at is null returning id");
    db::Params params;
    params.add(transaction.tenant().id).add(transaction.input().shelf);
    TERRACE_CO_TRY(rows, co_await transaction.run({&shape, std::move(params)}));
    co_return Cleared{.count = static_cast<std::int64_t>(rows.size())};
}

}  // namespace

// clang-format off: one field a line.
const resource::Resource& gadgets() {
    static const auto resource =
        resource::describe<Gadget>(
            {.plural = "gadgets", .singular = "gadget", .schema = "Gadget", .table = "{tenant}.gadget"})
            .fields(field<&Gadget::id>,
                    field<&Gadget::version>,
                    field<&Gadget::code>.required().create_only().max_length(6)
                        .pattern("[A-Z]{2}[0-9]{1,4}", "Two capital letters and a number.").unique("gadget_code_key"),
                    field<&Gadget::name>.required().min_length(2).max_length(40),
                    computed<&label>("label"),
                    field<&Gadget::colour>.choices({"red", "green", "blue"}),
                    field<&Gadget::stock>.between(0, 1000),
                    field<&Gadget::fragile>,
                    field<&Gadget::made_on>,
                    field<&Gadget::sold_at>,
                    field<&Gadget::batch>,
                    field<&Gadget::email>.email(),
                    field<&Gadget::note>.multiline().max_length(100),
                    field<&Gadget::keyword>.write_only(),
                    field<&Gadget::price>.between({0}, {1'000'000}).max_digits(7),
                    field<&Gadget::cost>.writable_by("gadgets.set_cost"),
                    field<&Gadget::opens>,
                    field<&Gadget::warranty>,
                    field<&Gadget::website>.url(),
                    field<&Gadget::handle>.slug(),
                    field<&Gadget::address>.ip(),
                    field<&Gadget::maker_id>.refers_to<&Maker::id>("{tenant}.maker", "gadget_maker_fkey"),
                    field<&Gadget::shelf>.max_length(20),
                    field<&Gadget::place>.between(1, 100),
                    field<&Gadget::tags>.max_length(10).items(0, 5),
                    field<&Gadget::sizes>.between(1, 99).items(0, 3),
                    field<&Gadget::extra>.json(extra_schema),
                    field<&Gadget::margin>.visible_to("gadgets.see_margin"),
                    field<&Gadget::created_at>,
                    field<&Gadget::updated_at>,
                    field<&Gadget::archived_at>)
            .unique_together<&Gadget::shelf, &Gadget::place>("gadget_place_key")
            .check(check_gadget)
            .filter<&Gadget::colour>(lookup::exact, lookup::in)
            .filter<&Gadget::stock>(lookup::exact, lookup::in, lookup::lt, lookup::gt, lookup::range)
            .filter<&Gadget::fragile>()
            .filter<&Gadget::made_on>(lookup::exact, lookup::range, lookup::isnull)
            .filter<&Gadget::batch>(lookup::exact, lookup::in, lookup::isnull)
            .filter<&Gadget::price>(lookup::exact, lookup::range)
            .filter<&Gadget::code>(lookup::prefix)
            .filter<&Gadget::name>(lookup::contains_within<&Gadget::colour>)
            .filter<&Gadget::created_at>(lookup::range)
            .filter_related<&Gadget::maker_id, &Maker::code>(makers(), lookup::exact)
            .search("{tenant}.gadget_token", {resource::words<&Gadget::name>(), resource::words<&Gadget::code>()})
            .orderings("code", {by<&Gadget::code>(), by<&Gadget::stock>(), by<&Gadget::created_at>(),
                                by(asc<&Gadget::stock>(), asc<&Gadget::code>()),
                                by(asc<&Gadget::fragile>(), desc<&Gadget::code>())})
            .action(action<&restock>("restock").takes(argument<&Restock::amount>.required().between(1, 100),
                                                      argument<&Restock::reason>.max_length(20)))
            .action(action<&sell_out>("sell-out").needs("gadgets.update"))
            .action(list_action<&clear_shelf>("clear").takes(argument<&Clear::shelf>.required().max_length(20))
                                                      .answers(output<&Cleared::count>)
                                                      .needs("gadgets.update"))
            .bulk({.update = false, .archive = false, .most = 5})
            .archivable()
            .build();
    return resource;
}
// clang-format on

}  // namespace terrace::conformance
