#include "platform/resource/values/duration.hpp"

#include <gtest/gtest.h>

namespace terrace::resource {
namespace {

std::string again(std::string_view text) {
    const auto duration = parse_duration(text);
    return duration ? format_duration(*duration) : "";
}

TEST(Duration, HasOneTextForOneLength) {
    EXPECT_EQ(again("PT90M"), "PT1H30M0S");
    EXPECT_EQ(again("PT5400S"), "PT1H30M0S");
    EXPECT_EQ(again("PT1H0M5S"), "PT1H0M5S");
    EXPECT_EQ(again("PT1H5S"), "PT1H0M5S");
    EXPECT_EQ(again("PT0S"), "PT0S");
    EXPECT_EQ(again("P0D"), "PT0S");
    EXPECT_EQ(again("PT59S"), "PT59S");
    EXPECT_EQ(again("PT24H"), "P1D");
    EXPECT_EQ(again("P2W"), "P14D");
    EXPECT_EQ(again("P1DT2H"), "P1DT2H0M0S");
    EXPECT_EQ(again("P1DT1S"), "P1DT1S");
    EXPECT_EQ(again("P999999999W"), "P6999999993D");
}

TEST(Duration, HasNoPartsOfUnfixedLengthNoSignAndNoFraction) {
    for (const char* text : {"", "P", "PT", "P1DT", "P1Y", "P1M", "PT1.5S", "-PT1S", "PT-1S", "PT1S1H", "P1W1D", "PT1",
                             "1:30", "90", "pt1s", "P1D ", "PT1000000000S"})
        EXPECT_FALSE(parse_duration(text)) << text;
}

}  // namespace
}  // namespace terrace::resource
