#include "platform/resource/describe.hpp"
#include "platform/resource/testing/test_refusal.hpp"
#include "platform/resource/testing/test_specimens.hpp"

#include <stdexcept>

namespace terrace::resource::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Thing {
    Uuid id;
    std::int64_t version = 1;
    std::string name;
    Decimal<2> size;
    std::vector<std::string> tags;
    Json settings;
    std::optional<Uuid> other;
    Timestamp created_at;
    Timestamp updated_at;
};

const Names things{.plural = "things", .singular = "thing", .schema = "Thing", .table = "{tenant}.thing"};
constexpr std::string_view any_object = R"({"type":"object"})";

/// Things with one field declared in another way.
template <class Name = Field<&Thing::name>, class Size = Field<&Thing::size>, class Tags = Field<&Thing::tags>,
          class Settings = Field<&Thing::settings>, class Other = Field<&Thing::other>>
struct Parts {
    Name name = field<&Thing::name>;
    Size size = field<&Thing::size>;
    Tags tags = field<&Thing::tags>;
    Settings settings = field<&Thing::settings>.json(any_object);
    Other other = field<&Thing::other>;
};

template <class... Options>
auto described(Parts<Options...> parts) {
    return describe<Thing>(things)
        .fields(field<&Thing::id>, field<&Thing::version>, parts.name, parts.size, parts.tags, parts.settings,
                parts.other, field<&Thing::created_at>, field<&Thing::updated_at>)
        .orderings("-created_at", {by<&Thing::created_at>()});
}

TEST(FieldDeclaration, ThatCannotWorkIsRefusedAtStartWithASentence) {
    EXPECT_EQ(refusal(described(Parts{})), "");
    EXPECT_THAT(refusal(described(Parts{.size = field<&Thing::size>.max_digits(2)})),
                HasSubstr("max_digits of size must lie above its decimals and not above 18"));
    EXPECT_THAT(refusal(described(Parts{.size = field<&Thing::size>.between({5}, {4})})),
                HasSubstr("the range of size is empty"));
    EXPECT_THAT(refusal(described(Parts{.tags = field<&Thing::tags>.items(3, 2)})),
                HasSubstr("the most items of tags are fewer than the least"));
    EXPECT_THAT(refusal(described(Parts{.settings = field<&Thing::settings>})),
                HasSubstr(R"(settings needs json(schema); any object is {"type":"object"})"));
    EXPECT_THAT(refusal(described(Parts{.settings = field<&Thing::settings>.json(R"({"type":"thing"})")})),
                HasSubstr("the schema of settings is not one: `thing` is no type of JSON"));
    EXPECT_THAT(refusal(described(
                    Parts{.other = field<&Thing::other>.refers_to<&Thing::id>("{tenant}.thing", "f").not_archived()})),
                HasSubstr("other is not_archived, and its object has no archived_at"));
    EXPECT_THAT(refusal(described(Parts{.name = field<&Thing::name>.unique("key")}).violation("key", "invalid", "?")),
                HasSubstr("the constraint key means two things"));
}

TEST(FieldDeclaration, HasAnExampleThatIsTakenAndAnsweredSo) {
    EXPECT_EQ(refusal(described(Parts{.size = field<&Thing::size>.example("12.50")})), "");
    EXPECT_EQ(refusal(described(Parts{.tags = field<&Thing::tags>.example(R"(["a","b"])")})), "");
    EXPECT_THAT(refusal(described(Parts{.size = field<&Thing::size>.example("12.5")})),
                HasSubstr(R"(the example of size is answered as "12.50")"));
    EXPECT_THAT(refusal(described(Parts{.size = field<&Thing::size>.example("much")})),
                HasSubstr("the example of size is not valid: A valid number is required."));
    EXPECT_THAT(refusal(described(Parts{.tags = field<&Thing::tags>.example("a")})),
                HasSubstr("the example of tags is not JSON"));
}

std::string schema_of(std::string_view name) {
    static const Resource specimen = describe_specimens();
    for (const auto& [key, text] : schemas(specimen))
        if (key == name) return text;
    return "";
}

TEST(FieldSchemas, AreJson) {
    for (const char* name : {"Specimen", "SpecimenCreate", "SpecimenUpdate", "SpecimenReplace", "SpecimenPage"})
        EXPECT_TRUE(json::Document::parse(schema_of(name))) << name << schema_of(name);
}

TEST(FieldSchemas, DescribeListsByTheirElements) {
    EXPECT_THAT(
        schema_of("SpecimenCreate"),
        HasSubstr(R"("names":{"type":"array","items":{"type":"string","minLength":1,"maxLength":20},"maxItems":3,)"));
    EXPECT_THAT(schema_of("Specimen"),
                HasSubstr(R"("marks":{"type":["array","null"],"items":{"type":"integer","minimum":-5,"maximum":5},)"
                          R"("minItems":1,"maxItems":4})"));
    EXPECT_THAT(schema_of("Specimen"),
                HasSubstr(R"("colours":{"type":"array","items":{"$ref":"#/components/schemas/SpecimenColours"},)"
                          R"("maxItems":100,"uniqueItems":true})"));
    EXPECT_THAT(schema_of("Specimen"), HasSubstr(R"("loud_names":{"type":"array","items":{"type":"string"},)"));
}

TEST(FieldSchemas, HoldTheDeclaredSchemaOfJson) {
    EXPECT_THAT(schema_of("Specimen"),
                HasSubstr(R"("settings":{"allOf":[{"type":"object","additionalProperties":false,)"));
    EXPECT_THAT(schema_of("Specimen"), HasSubstr(R"("extra":{"anyOf":[{"type":"object"},{"type":"null"}]})"));
}

TEST(FieldSchemas, SayWhatAFormNeeds) {
    EXPECT_THAT(schema_of("Specimen"), HasSubstr(R"("title":"Weight","description":"In grams.","examples":["12.50"])"));
    EXPECT_THAT(schema_of("SpecimenCreate"), HasSubstr(R"("examples":["12.50"],"x-form":{"kind":"decimal",)"));
    EXPECT_THAT(schema_of("SpecimenCreate"), HasSubstr(R"("decimal_places":2},"default":"1.00"})"));
    EXPECT_THAT(schema_of("SpecimenCreate"), HasSubstr(R"("polished":{"type":"boolean","default":true})"));
    EXPECT_THAT(schema_of("SpecimenReplace"), HasSubstr(R"("default":"PT30M0S")"));
    EXPECT_THAT(schema_of("SpecimenUpdate"), Not(HasSubstr("default")));
    EXPECT_THAT(schema_of("SpecimenCreate"), HasSubstr(R"("remark":{"type":"string","minLength":1,"writeOnly":true,)"));
    EXPECT_THAT(schema_of("Specimen"), Not(HasSubstr("remark")));
}

}  // namespace
}  // namespace terrace::resource::testing
