#include "platform/resource/endpoints/teller.hpp"

#include "platform/resource/testing/test_bookings.hpp"
#include "platform/resource/testing/test_invoices.hpp"

#include <algorithm>

namespace terrace::resource::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

/// `bookings_update`, or `bookings_update: permission_denied` of what is refused.
std::vector<std::string> operations_of(const Answer& answer) {
    std::vector<std::string> found;
    const auto document = answer.json();
    document.root().find("operations")->each_element([&](json::Value operation) {
        std::string text(*operation.find("operation")->as_string());
        if (const auto refusal = operation.find("refusal")) text += fmt::format(": {}", *refusal->as_string());
        found.push_back(text);
    });
    return found;
}

std::optional<json::Value> operation_in(const json::Document& document, std::string_view id) {
    std::optional<json::Value> found;
    document.root().find("operations")->each_element([&](json::Value operation) {
        if (operation.find("operation")->as_string() == id) found = operation;
    });
    return found;
}

/// The names of what an operation's body may have; `room (read only)`.
std::vector<std::string> body_of(const Answer& answer, std::string_view operation) {
    std::vector<std::string> names;
    const auto document = answer.json();
    operation_in(document, operation)
        ->find("body")
        ->find("properties")
        ->each_member([&](std::string_view name, json::Value schema) {
            const bool read_only = schema.find("readOnly").has_value();
            names.push_back(std::string(name) + (read_only ? " (read only)" : ""));
        });
    return names;
}

std::vector<std::string> texts_of(json::Value list) {
    std::vector<std::string> texts;
    list.each_element([&](json::Value value) { texts.emplace_back(*value.as_string()); });
    return texts;
}

/// What a parameter of an operation takes: the choices of its values, or of their elements.
std::vector<std::string> choices_of(const Answer& answer, std::string_view operation, std::string_view parameter) {
    std::vector<std::string> choices;
    const auto document = answer.json();
    operation_in(document, operation)->find("parameters")->each_element([&](json::Value known) {
        if (known.find("name")->as_string() != parameter) return;
        const auto schema = *known.find("schema"), of = schema.find("items").value_or(schema);
        choices = texts_of(*of.find("enum"));
    });
    return choices;
}

std::vector<std::string> parameter_names(const Answer& answer, std::string_view operation) {
    std::vector<std::string> names;
    const auto document = answer.json();
    operation_in(document, operation)->find("parameters")->each_element([&](json::Value parameter) {
        names.emplace_back(*parameter.find("name")->as_string());
    });
    return names;
}

constexpr auto bookings = "/api/v1/bookings";
constexpr auto no_booking = "/api/v1/bookings/01900000-0000-7000-8000-00000000dead";

void move_to_room(Write<Booking, NoInput>& write) {
    write.object().room = 2;
}

/// Rules, steps, a field for some, a field for some to write, and one that is set once.
class TellerTest : public BookingTest {
  protected:
    TellerTest()
        : BookingTest(describe_bookings(), {"bookings.desk", "bookings.create", "bookings.archive", "bookings.clinical",
                                            "bookings.rooms", "bookings.move"}) {}

    static Resource describe_bookings() {
        return describe<Booking>(
                   {.plural = "bookings", .singular = "booking", .schema = "Booking", .table = "{tenant}.booking"})
            .fields(field<&Booking::id>, field<&Booking::version>,
                    field<&Booking::title>.required().create_only().max_length(40).labelled("Title"),
                    field<&Booking::status>.choices({"requested", "confirmed", "done", "cancelled"}),
                    field<&Booking::doctor_id>, field<&Booking::room>.between(1, 9).writable_by("bookings.rooms"),
                    field<&Booking::note>.max_length(500).visible_to("bookings.clinical"), field<&Booking::created_at>,
                    field<&Booking::updated_at>, field<&Booking::archived_at>)
            .filter<&Booking::note>()
            .filter<&Booking::room>()
            .orderings("title", {by<&Booking::title>()})
            .allow(Act::read, holds("bookings.desk") || own<&Booking::doctor_id>())
            .allow(Act::update, holds("bookings.desk") || (own<&Booking::doctor_id>() && is<&Booking::room>(1)))
            .state<&Booking::status>(transition("confirm", {"requested"}, "confirmed").needs("bookings.desk"))
            .action(action<&move_to_room>("move"))
            .archivable()
            .build();
    }

    Client doctor = person({"bookings.create"});
    Client other = person({"bookings.create"});
    std::string of_doctor(int room) {
        return make(fmt::format(R"("title":"A","doctor_id":"{}","room":{})", doctor.user().to_string(), room));
    }
};

TEST_F(TellerTest, TellsOfAListWhatTheCallerMay) {
    EXPECT_THAT(operations_of(desk.options(bookings)), ElementsAre("bookings_list", "bookings_create"));
    EXPECT_THAT(operations_of(person({}).options(bookings)),
                ElementsAre("bookings_list", "bookings_create: permission_denied"))
        << "one's own may be listed without a permission";
}

TEST_F(TellerTest, NamesNoFieldThatTheCallerDoesNotSee) {
    const Answer all = desk.options(bookings), part = doctor.options(bookings);
    EXPECT_THAT(parameter_names(all, "bookings_list"),
                ElementsAre("limit", "cursor", "ordering", "fields", "format", "count", "note", "room", "archived"));
    EXPECT_THAT(part.body, Not(HasSubstr("note")));
    EXPECT_THAT(choices_of(part, "bookings_list", "fields"),
                ElementsAre("id", "version", "title", "status", "doctor_id", "room", "created_at", "updated_at",
                            "archived_at"));
    EXPECT_THAT(body_of(all, "bookings_create"), ElementsAre("title", "doctor_id", "room", "note"));
    EXPECT_THAT(body_of(part, "bookings_create"), ElementsAre("title", "doctor_id", "room (read only)"));
    EXPECT_THAT(choices_of(part, "bookings_list", "ordering"), ElementsAre("title", "-title"));
}

TEST_F(TellerTest, SaysOfAFieldWhatTheDeclarationSays) {
    const std::string body = desk.options(bookings).body;
    EXPECT_THAT(body, HasSubstr(R"("title":{"type":"string","minLength":1,"maxLength":40,"title":"Title",)"
                                R"("x-create-only":true})"));
    EXPECT_THAT(body, HasSubstr(R"("room":{"type":"integer","minimum":1,"maximum":9,)"));
    EXPECT_THAT(body, HasSubstr(R"("required":["title"])"));
}

TEST_F(TellerTest, LooksAtTheObjectWhereARuleDoes) {
    const std::string first = of_doctor(1), second = of_doctor(2);
    const std::vector<std::string> in_room_one{"bookings_retrieve", "bookings_update", "bookings_replace",
                                               "bookings_archive: permission_denied"};
    EXPECT_EQ(operations_of(doctor.options(first)), in_room_one);
    EXPECT_THAT(operations_of(doctor.options(second)),
                ElementsAre("bookings_retrieve", "bookings_update: permission_denied",
                            "bookings_replace: permission_denied", "bookings_archive: permission_denied"));
    EXPECT_EQ(doctor.patch(second, R"({"room":2})").status, 403) << "as it was told";
    EXPECT_THAT(body_of(doctor.options(first), "bookings_update"), ElementsAre("doctor_id", "room (read only)"));
}

TEST_F(TellerTest, ShowsNoObjectThatIsOutOfSight) {
    const std::string path = of_doctor(1);
    const Answer theirs = other.options(path), none = other.options(no_booking);
    EXPECT_EQ(theirs.status, 404);
    EXPECT_EQ(theirs.body, none.body);
    EXPECT_EQ(theirs.body, other.get(path).body);
    EXPECT_EQ(other.options(std::string(bookings) + "/x").body, none.body);
}

TEST_F(TellerTest, TellsOfAnActionWhetherTheObjectIsInItsState) {
    const std::string path = of_doctor(1);
    EXPECT_THAT(operations_of(desk.options(path + "/confirm")), ElementsAre("bookings_confirm"));
    EXPECT_EQ(desk.post(path + "/confirm", "{}").status, 200);
    EXPECT_THAT(operations_of(desk.options(path + "/confirm")), ElementsAre("bookings_confirm: invalid_transition"));
    EXPECT_THAT(operations_of(desk.options(path + "/move")), ElementsAre("bookings_move"));
    EXPECT_THAT(operations_of(doctor.options(path + "/move")), ElementsAre("bookings_move: permission_denied"));
    EXPECT_THAT(operations_of(desk.options(path + "/restore")), ElementsAre("bookings_restore"));
}

class NestedTellerTest : public InvoiceTest {
  protected:
    Client person_without(std::string_view permission) {
        std::vector<std::string> rest = all_of_invoices;
        std::erase(rest, permission);
        return person(std::move(rest));
    }
};

TEST_F(NestedTellerTest, TellsOfListsWithinWhatTheCallerSees) {
    const std::string all = desk.options(list).body, costless = person_without("lines.see_cost").options(list).body;
    EXPECT_THAT(all, HasSubstr("\"cost\""));
    EXPECT_THAT(costless, AllOf(HasSubstr("\"quantity\""), Not(HasSubstr("cost"))));
    EXPECT_THAT(person_without("lines.read").options(list).body, Not(HasSubstr("lines")));
    const Answer whole = desk.options(list);
    EXPECT_THAT(body_of(whole, "invoices_create"), UnorderedElementsAre("code", "customer_id", "lines", "remarks"));
    EXPECT_THAT(body_of(person_without("lines.create").options(list), "invoices_create"),
                UnorderedElementsAre("code", "customer_id", "remarks"));
}

TEST_F(NestedTellerTest, TellsOfExpansionsWhatTheCallerSees) {
    EXPECT_THAT(choices_of(desk.options(list), "invoices_list", "expand"),
                ElementsAre("lines", "remarks", "customer", "customer.city"));
    EXPECT_THAT(choices_of(person_without("cities.read").options(list), "invoices_list", "expand"),
                ElementsAre("lines", "remarks", "customer"));
    EXPECT_THAT(choices_of(person({"invoices.read"}).options(list), "invoices_list", "expand"), ElementsAre("remarks"))
        << "one's own remarks are for everybody";
    EXPECT_THAT(person_without("customers.phones").options(list).body, Not(HasSubstr("phone")));
}

TEST_F(NestedTellerTest, LeavesNothingToLookUp) {
    EXPECT_THAT(desk.options(list).body, Not(HasSubstr("$ref")));
    EXPECT_THAT(desk.options(make("A")).body, Not(HasSubstr("$ref")));
}

}  // namespace
}  // namespace terrace::resource::testing
