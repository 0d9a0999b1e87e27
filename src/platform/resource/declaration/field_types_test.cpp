#include "platform/resource/testing/test_specimens.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Fields = SpecimenTest;

TEST_F(Fields, OfADecimalAreTextsOfAllItsDecimals) {
    EXPECT_EQ(stored("weight", R"("12.5")"), "12.50");
    EXPECT_EQ(stored("weight", R"(" 12.50 ")"), "12.50");
    EXPECT_EQ(stored("weight", "12.5"), "12.50");
    EXPECT_EQ(stored("weight", "12"), "12.00");
    EXPECT_EQ(stored("weight", "0.7"), "0.70");
    EXPECT_EQ(stored("density", R"("-0.0001")"), "-0.0001");
    EXPECT_EQ(make(R"("weight":"12.5")").get("double_weight"), "25.00");
    EXPECT_EQ(make("").get("weight"), "1.00");
    EXPECT_EQ(make("").get("density"), "null");
}

TEST_F(Fields, OfADecimalHaveTheFaultsOfDjangoRestFramework) {
    EXPECT_EQ(errors("weight", R"("heavy")"), "weight: invalid");
    EXPECT_EQ(errors("weight", "true"), "weight: invalid");
    EXPECT_EQ(errors("weight", "[1]"), "weight: invalid");
    EXPECT_EQ(errors("weight", R"("1e2")"), "weight: invalid");
    EXPECT_EQ(errors("weight", "1.234"), "weight: max_decimal_places");
    EXPECT_EQ(errors("weight", "1e300"), "weight: max_digits");
    EXPECT_EQ(errors("weight", "18446744073709551615"), "weight: max_digits");
    EXPECT_EQ(errors("weight", R"("12345678")"), "weight: max_whole_digits");
    EXPECT_EQ(errors("weight", R"("0.49")"), "weight: min_value");
    EXPECT_EQ(errors("weight", "null"), "weight: null");
    EXPECT_THAT(make(R"("weight":"10000.01")").body, HasSubstr("Ensure this value is less than or equal to 10000.00."));
}

TEST_F(Fields, OfMoneyAreWholePaise) {
    EXPECT_EQ(stored("price", "299900"), "299900");
    EXPECT_EQ(stored("balance", "-50000"), "-50000");
    EXPECT_EQ(errors("price", "-1"), "price: min_value");
    EXPECT_EQ(errors("price", "12.5"), "price: invalid");
    EXPECT_EQ(errors("price", R"("12")"), "price: invalid");
    EXPECT_EQ(errors("balance", "50001"), "balance: max_value");
}

TEST_F(Fields, OfTextsHaveTheirForms) {
    EXPECT_EQ(stored("website", R"("https://example.in/a?b=c")"), "https://example.in/a?b=c");
    EXPECT_EQ(errors("website", R"("ftp://example.in")"), "website: invalid");
    EXPECT_EQ(errors("website", fmt::format(R"("https://example.in/{}")", std::string(2048, 'a'))),
              "website: max_length");
    EXPECT_EQ(stored("slug", R"("rose-quartz_2")"), "rose-quartz_2");
    EXPECT_EQ(errors("slug", R"("rose quartz")"), "slug: invalid");
    EXPECT_EQ(stored("address", R"("2001:DB8::0:1")"), "2001:db8::1");
    EXPECT_EQ(errors("address", R"("10.0.0.256")"), "address: invalid");
    EXPECT_EQ(stored("batch", R"("urn:uuid:01890A5D-AC96-774B-BCCE-B302099A8057")"),
              "01890a5d-ac96-774b-bcce-b302099a8057");
}

TEST_F(Fields, OfATimeOfDayHaveNoZone) {
    EXPECT_EQ(stored("opens", R"("09:30")"), "09:30:00");
    EXPECT_EQ(stored("opens", R"("23:59:59.250")"), "23:59:59.25");
    EXPECT_EQ(make(R"("opens":"09:30")").get("opening"), "PT9H30M0S");
    for (const char* text : {"9:30", "24:00", "09:60", "09:30Z", "09:30+05:30", "0930", "09:30:00.", ""})
        EXPECT_EQ(errors("opens", fmt::format(R"("{}")", text)), "opens: invalid") << text;
}

TEST_F(Fields, OfADurationAreIso8601) {
    EXPECT_EQ(stored("length", R"("PT90M")"), "PT1H30M0S");
    EXPECT_EQ(make("").get("length"), "PT30M0S");
    EXPECT_EQ(errors("length", R"("01:30:00")"), "length: invalid");
    EXPECT_EQ(errors("length", "5400"), "length: invalid");
    EXPECT_EQ(errors("length", R"("PT59S")"), "length: min_value");
    EXPECT_THAT(make(R"("length":"P2D")").body, HasSubstr("Ensure this value is less than or equal to P1D."));
}

TEST_F(Fields, OfADateHaveARange) {
    EXPECT_EQ(stored("found_on", R"("2024-02-29")"), "2024-02-29");
    EXPECT_EQ(errors("found_on", R"("1999-12-31")"), "found_on: min_value");
    EXPECT_EQ(errors("found_on", R"("2024-02-29T00:00:00Z")"), "found_on: invalid");
}

TEST_F(Fields, OfATimestampNeedAZone) {
    EXPECT_EQ(stored("seen_at", R"("2026-11-28T10:00+05:30")"), "2026-11-28T04:30:00.000000Z");
    EXPECT_EQ(errors("seen_at", R"("2026-11-28")"), "seen_at: invalid");
    EXPECT_THAT(make(R"("seen_at":"2026-11-28T10:00:00")").body, HasSubstr("Datetime has no time zone."));
    EXPECT_THAT(make(R"("seen_at":"28.11.2026")").body, HasSubstr("Datetime has wrong format."));
}

TEST_F(Fields, FilterByTheirOwnForms) {
    make(R"("weight":"12.5","opens":"09:30","length":"PT1H","price":5)");
    make(R"("weight":"13","opens":"10:00","length":"PT2H","price":6)");
    const auto weights = [&](const std::string& query) {
        return specimens.get("/api/v1/specimens?" + query).results("weight");
    };
    EXPECT_THAT(weights("weight=12.5"), ElementsAre("12.50"));
    EXPECT_THAT(weights("opens=10:00"), ElementsAre("13.00"));
    EXPECT_THAT(weights("length=PT60M"), ElementsAre("12.50"));
    EXPECT_THAT(weights("price=6"), ElementsAre("13.00"));
    EXPECT_THAT(weights("ordering=-weight"), ElementsAre("13.00", "12.50"));
    EXPECT_EQ(specimens.get("/api/v1/specimens?weight=x&opens=25:00&length=1h&price=1.5").errors(),
              "weight: invalid, price: invalid, opens: invalid, length: invalid");
}

TEST_F(Fields, AreSaidInTheSchema) {
    const auto schema = [&](std::string_view name) {
        for (const auto& [key, text] : schemas(resource))
            if (key == name) return text;
        return std::string();
    };
    const std::string answer = schema("Specimen"), body = schema("SpecimenCreate");
    EXPECT_TRUE(json::Document::parse(answer)) << answer;
    EXPECT_TRUE(json::Document::parse(body)) << body;
    EXPECT_THAT(answer,
                HasSubstr(R"("website":{"type":["string","null"],"format":"uri","minLength":1,"maxLength":2048,)"));
    EXPECT_THAT(
        answer,
        HasSubstr(R"("slug":{"type":["string","null"],"minLength":1,"maxLength":50,"pattern":"^[-a-zA-Z0-9_]+$",)"));
    EXPECT_THAT(answer, HasSubstr(R"("density":{"type":["string","null"],"pattern":"^-?[0-9]{1,2}[.][0-9]{4}$"})"));
    EXPECT_THAT(answer, HasSubstr(R"("price":{"type":"integer","minimum":0})"));
    EXPECT_THAT(answer, HasSubstr(R"("balance":{"type":["integer","null"],"minimum":-50000,"maximum":50000})"));
    EXPECT_THAT(answer, HasSubstr(R"("opens":{"type":["string","null"],"format":"time-local",)"));
    EXPECT_THAT(answer, HasSubstr(R"("length":{"type":"string","format":"duration","examples":["PT30M0S"]})"));
    EXPECT_THAT(answer, HasSubstr(R"("opening":{"type":["string","null"],"format":"duration",)"));
    EXPECT_THAT(body, HasSubstr(R"("weight":{"type":["string","number"],)"));
    EXPECT_THAT(body, HasSubstr(R"("minimum":0.50,"maximum":10000.00)"));
}

TEST_F(Fields, SayToFormsWhatJsonSchemaHasNoWordFor) {
    std::string body;
    for (const auto& [name, text] : schemas(resource))
        if (name == "SpecimenCreate") body = text;
    EXPECT_THAT(body, HasSubstr(R"("price":{"type":"integer","minimum":0,"x-form":{"kind":"money"})"));
    EXPECT_THAT(body, HasSubstr(R"("x-form":{"kind":"decimal","max_digits":9,"decimal_places":2})"));
    EXPECT_THAT(body, HasSubstr(R"("x-form":{"minimum":"PT1M0S","maximum":"P1D"})"));
    EXPECT_THAT(body, HasSubstr(R"("x-form":{"minimum":"2000-01-01","maximum":"2099-12-31"})"));
    EXPECT_THAT(body, HasSubstr(R"("x-form":{"kind":"slug"})"));
    EXPECT_THAT(body, HasSubstr(R"("x-form":{"kind":"ip"})"));
    EXPECT_THAT(body, HasSubstr(R"("x-form":{"kind":"multiline"})"));
}

}  // namespace
}  // namespace terrace::resource::testing
