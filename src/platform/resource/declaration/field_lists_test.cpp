#include "platform/resource/testing/test_specimens.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::HasSubstr;

class Lists : public SpecimenTest {
  protected:
    /// A value is answered so, read so, and means the same when it comes back.
    void expect_answered(std::string_view field, std::string_view sent, std::string_view answered) {
        const Answer made = make(fmt::format(R"("{}":{})", field, sent));
        EXPECT_THAT(made.body, HasSubstr(fmt::format(R"("{}":{},)", field, answered)));
        EXPECT_EQ(specimens.get(made.header("Location")).body, made.body);
        EXPECT_EQ(specimens.put(made.header("Location"), made.body).body, made.body);
    }
};

TEST_F(Lists, KeepOrderAndElements) {
    expect_answered("names", R"([" b ","a","b"])", R"(["b","a","b"])");
    expect_answered("names", R"(["say \"hi\"","{x,y}","NULL"])", R"(["say \"hi\"","{x,y}","NULL"])");
    expect_answered("names", "[]", "[]");
    expect_answered("marks", "[5,-5,0,0]", "[5,-5,0,0]");
    expect_answered("marks", "null", "null");
    EXPECT_THAT(make(R"("names":["a"])").body, HasSubstr(R"("loud_names":["a!"])"));
}

TEST_F(Lists, OfChoicesHoldEachOnce) {
    expect_answered("colours", R"(["green","red","green"])", R"(["green","red"])");
    EXPECT_EQ(errors("colours", R"(["red","black"])"), "colours.1: invalid_choice");
}

TEST_F(Lists, NameTheElementThatIsWrong) {
    EXPECT_EQ(errors("names", R"(["a"," ",5,null])"), "names: max_length");
    EXPECT_EQ(errors("names", R"([" ",5,null])"), "names.0: blank, names.1: invalid, names.2: null");
    EXPECT_EQ(errors("names", fmt::format(R"(["{}"])", std::string(21, 'a'))), "names.0: max_length");
    EXPECT_EQ(errors("names", R"("a")"), "names: not_a_list");
    EXPECT_EQ(errors("names", "null"), "names: null");
    EXPECT_EQ(errors("marks", "[]"), "marks: min_length");
    EXPECT_EQ(errors("marks", R"([6,"1",1.5])"), "marks.0: max_value, marks.1: invalid, marks.2: invalid");
}

using Documents = Lists;

TEST_F(Documents, AreStoredAsTheirSchemaSays) {
    EXPECT_EQ(stored("settings", R"({"unit":"g"})"), "…");
    EXPECT_THAT(make(R"("settings":{"unit":"kg","readings":[1,2.5]})").body,
                HasSubstr(R"("settings":{"unit": "kg", "readings": [1, 2.5]})"));
    EXPECT_THAT(make("").body, HasSubstr(R"("settings":{},"extra":null)"));
    EXPECT_THAT(make(R"("extra":{"b":1,"a":[true,null,"x"]})").body,
                HasSubstr(R"("extra":{"a": [true, null, "x"], "b": 1})"));
}

TEST_F(Documents, NameTheMemberThatIsWrong) {
    EXPECT_EQ(errors("settings", "[]"), "settings: invalid");
    EXPECT_EQ(errors("settings", "null"), "settings: null");
    EXPECT_EQ(errors("settings", R"({"unit":"lb","readings":[1,-1,"x"],"place":{},"more":1})"),
              "settings.unit: invalid_choice, settings.readings.1: min_value, settings.readings.2: invalid, "
              "settings.place.room: required, settings.more: unknown_field");
    EXPECT_EQ(errors("settings", fmt::format(R"({{"place":{{"room":"a","x":"{}"}}}})", std::string(200, 'a'))),
              "settings: max_length");
}

TEST_F(Documents, ThatAreTooLargeAreNotLookedInto) {
    EXPECT_EQ(errors("settings", fmt::format(R"({{"{}":[1,2,3]}})", std::string(200, 'a'))), "settings: max_length");
}

TEST_F(Documents, AreNotWrittenAgainWhenNothingChanges) {
    const Answer made = make(R"("settings":{"unit":"g","readings":[1.0,1e1]},"extra":{"b":1,"a":{}})");
    const Answer again = specimens.patch(made.header("Location"),
                                         R"({"extra":{"a":{},"b":1.0},"settings":{"readings":[1,10],"unit":"g"}})");
    EXPECT_EQ(again.body, made.body);
}

}  // namespace
}  // namespace terrace::resource::testing
