#include "platform/resource/declaration/choices.hpp"

#include "platform/resource/describe.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/testing/test_bookings.hpp"
#include "platform/resource/testing/test_refusal.hpp"

#include <stdexcept>
#include <string>

namespace terrace::resource::testing {
namespace {

using ::testing::HasSubstr;

struct LampOrder {
    std::string size;
    std::optional<std::string> colour;
};

void order_lamp(Write<Booking, LampOrder>&) {}

auto describe_choices(auto status, auto title) {
    return describe<Booking>(
               {.plural = "bookings", .singular = "booking", .schema = "Booking", .table = "{tenant}.booking"})
        .fields(field<&Booking::id>, field<&Booking::version>, title, status, field<&Booking::doctor_id>,
                field<&Booking::room>, field<&Booking::note>.choices({"early", "late"}, "Hour"),
                field<&Booking::created_at>, field<&Booking::updated_at>, field<&Booking::archived_at>)
        .orderings("created_at", {by<&Booking::created_at>()});
}

auto begin_choices() {
    return describe_choices(field<&Booking::status>.choices({"requested", "confirmed"}), field<&Booking::title>);
}

std::string type_named(const Resource& resource, std::string_view name) {
    for (const auto& [key, text] : schemas(resource))
        if (key == name) return text;
    return "";
}

TEST(TitleOf, IsAPartOfATypesName) {
    EXPECT_EQ(title_of("sex"), "Sex");
    EXPECT_EQ(title_of("phone_relation"), "PhoneRelation");
    EXPECT_EQ(title_of("mark-no-show"), "MarkNoShow");
}

TEST(Choices, AreTypesNamedByResourceAndField) {
    const Resource resource = begin_choices().filter<&Booking::status>().build();
    EXPECT_EQ(type_named(resource, "BookingStatus"), R"({"type":"string","enum":["requested","confirmed"]})");
    for (const char* name : {"Booking", "BookingCreate", "BookingUpdate", "BookingReplace"})
        EXPECT_THAT(type_named(resource, name), HasSubstr(R"("status":{"$ref":"#/components/schemas/BookingStatus")"))
            << name;
}

TEST(Choices, HaveTheNameThatIsDeclared) {
    const Resource resource = begin_choices().build();
    EXPECT_EQ(type_named(resource, "Hour"), R"({"type":"string","enum":["early","late"]})");
    EXPECT_THAT(type_named(resource, "Booking"),
                HasSubstr(R"("note":{"anyOf":[{"$ref":"#/components/schemas/Hour"},{"type":"null"}]})"));
}

TEST(Choices, OfActionsAreNamedByTheActionToo) {
    const Resource resource = begin_choices()
                                  .action(action<&order_lamp>("order-lamp")
                                              .takes(argument<&LampOrder::size>.required().choices({"small", "large"}),
                                                     argument<&LampOrder::colour>.choices({"early", "late"}, "Hour")))
                                  .build();
    EXPECT_EQ(type_named(resource, "BookingOrderLampSize"), R"({"type":"string","enum":["small","large"]})");
    EXPECT_THAT(type_named(resource, "BookingOrderLamp"), HasSubstr(R"("#/components/schemas/Hour")"));
}

TEST(Choices, AndWhatListsMayNameAreTypes) {
    const Resource resource = begin_choices().build();
    EXPECT_EQ(type_named(resource, "BookingOrdering"), R"({"type":"string","enum":["created_at","-created_at"]})");
    EXPECT_THAT(type_named(resource, "BookingField"), HasSubstr(R"("enum":["id","version","title",)"));
}

TEST(Choices, OfOneNameAreTheSame) {
    EXPECT_THAT(
        refusal(describe_choices(field<&Booking::status>.choices({"requested"}, "Hour"), field<&Booking::title>)),
        HasSubstr("Hour names two sets of choices, those of status and of note; give one another name: "
                  "choices({…}, \"Name\")."));
    EXPECT_EQ(
        refusal(describe_choices(field<&Booking::status>.choices({"early", "late"}, "Hour"), field<&Booking::title>)),
        "");
    api::Api api;
    api::add_schema(api, "Hour", "{}");
    api::add_schema(api, "Hour", "{}");
    EXPECT_EQ(api.schemas.size(), 1U);
    EXPECT_THROW(api::add_schema(api, "Hour", R"({"type":"string"})"), std::logic_error);
}

TEST(Choices, AreCalledLikeTypes) {
    EXPECT_THAT(
        refusal(describe_choices(field<&Booking::status>.choices({"a"}, "hour of day"), field<&Booking::title>)),
        HasSubstr("the choices of status are called \"hour of day\"; a type's name is letters and digits, such "
                  "as PhoneRelation."));
}

}  // namespace
}  // namespace terrace::resource::testing
