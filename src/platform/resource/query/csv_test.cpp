#include "platform/resource/query/csv.hpp"

#include <gtest/gtest.h>

namespace terrace::resource {
namespace {

std::string cell(std::string_view json) {
    std::string out;
    append_csv_cell(out, json);
    return out;
}

TEST(CsvCell, SaysWhatJsonSays) {
    EXPECT_EQ(cell("null"), "");
    EXPECT_EQ(cell("true"), "true");
    EXPECT_EQ(cell("-5"), "-5");
    EXPECT_EQ(cell(R"("Asha Rao")"), "Asha Rao");
    EXPECT_EQ(cell(R"("अनीता")"), "अनीता");
    EXPECT_EQ(cell(R"("2026-11-28T09:30:00.000000Z")"), "2026-11-28T09:30:00.000000Z");
    EXPECT_EQ(cell(R"("12.50")"), "12.50");
}

TEST(CsvCell, AnEmptyTextIsNotNull) {
    EXPECT_EQ(cell(R"("")"), R"("")");
}

TEST(CsvCell, QuotesWhatWouldPartIt) {
    EXPECT_EQ(cell(R"("Rao, Asha")"), R"("Rao, Asha")");
    EXPECT_EQ(cell(R"("say \"ah\"")"), R"("say ""ah""")");
    EXPECT_EQ(cell(R"("two\nlines")"), "\"two\nlines\"");
    EXPECT_EQ(cell(R"("two\r\nlines")"), "\"two\r\nlines\"");
    EXPECT_EQ(cell(R"(" blanks ")"), R"(" blanks ")");
    EXPECT_EQ(cell(R"("tab\tinside")"), "tab\tinside");
    EXPECT_EQ(cell(R"("back\\slash")"), R"(back\slash)");
}

TEST(CsvCell, HoldsListsAndObjectsAsTheirJson) {
    EXPECT_EQ(cell(R"(["a","b"])"), R"("[""a"",""b""]")");
    EXPECT_EQ(cell(R"({"a": 1})"), R"("{""a"": 1}")");
    EXPECT_EQ(cell("[]"), "[]");
}

TEST(CsvCell, RunsNothingInASpreadsheet) {
    EXPECT_EQ(cell(R"("=1+1")"), "'=1+1");
    EXPECT_EQ(cell("\"@SUM(A1)\""), "'@SUM(A1)");
    EXPECT_EQ(cell(R"("+cmd|' /C calc'!A0")"), "'+cmd|' /C calc'!A0");
    EXPECT_EQ(cell(R"("-2+3")"), "'-2+3");
    EXPECT_EQ(cell(R"("\t=1")"), "'\t=1");
    EXPECT_EQ(cell(R"("\r=1")"), "\"'\r=1\"");
    EXPECT_EQ(cell(R"("\n=1")"), "\"'\n=1\"");
    EXPECT_EQ(cell(R"x("=HYPERLINK(\"a\",\"b\")")x"), R"x("'=HYPERLINK(""a"",""b"")")x");
    EXPECT_EQ(cell("\"\xEF\xBC\x9D"
                   "1\""),
              "'\xEF\xBC\x9D"
              "1");
    EXPECT_EQ(cell(R"("+")"), "'+");
    EXPECT_EQ(cell(R"("-.5")"), "'-.5");
    EXPECT_EQ(cell(R"("+1.2.3")"), "'+1.2.3");
}

TEST(CsvCell, LeavesNumbersOfPhonesAsTheyAre) {
    EXPECT_EQ(cell(R"("+919812345678")"), "+919812345678");
    EXPECT_EQ(cell(R"("-12.50")"), "-12.50");
}

}  // namespace
}  // namespace terrace::resource
