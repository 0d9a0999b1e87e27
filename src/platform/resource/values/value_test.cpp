#include "platform/resource/values/value.hpp"

#include <gtest/gtest.h>

namespace terrace::resource {
namespace {

TEST(Date, IsADayThatExists) {
    ASSERT_TRUE(parse_date("2024-02-29"));
    EXPECT_EQ(format_date(*parse_date("2024-02-29")), "2024-02-29");
    for (const char* text : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "0000-01-01", "2024-1-1",
                             "20240101", "2024-01-01 ", "2024-01-01T00:00:00Z", "", "-001-01-01", "infinity"})
        EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Timestamp, NeedsAZone) {
    EXPECT_TRUE(parse_timestamp("2026-11-23T04:30:00Z"));
    EXPECT_FALSE(parse_timestamp("2026-11-23T04:30:00"));
    EXPECT_FALSE(parse_timestamp("2026-11-23"));
    EXPECT_FALSE(parse_timestamp("2026-11-23T24:00:00Z"));
    EXPECT_FALSE(parse_timestamp("2026-11-23T04:30:00.Z"));
    EXPECT_FALSE(parse_timestamp("infinity"));
}

TEST(Timestamp, IsWrittenInUtcWithSixDecimals) {
    EXPECT_EQ(format_timestamp(*parse_timestamp("2026-11-23T10:00:00+05:30")), "2026-11-23T04:30:00.000000Z");
    EXPECT_EQ(format_timestamp(*parse_timestamp("2026-11-23 04:30:00.25+00")), "2026-11-23T04:30:00.250000Z");
    EXPECT_EQ(format_timestamp(*parse_timestamp("2026-11-22 23:30:00.123456789-05")), "2026-11-23T04:30:00.123456Z");
    EXPECT_EQ(format_timestamp(*parse_timestamp("1969-12-31 23:59:59.5+00")), "1969-12-31T23:59:59.500000Z");
}

TEST(Timestamp, OfARowIsWrittenAsTheParsedOneIs) {
    std::array<char, 27> buffer;
    for (const auto* text : {"2026-11-23 04:30:00+00", "2026-11-23 04:30:00.5+00", "2026-11-23 04:30:00.582275+00"})
        EXPECT_EQ(timestamp_from_row(text, buffer), format_timestamp(*parse_timestamp(text)));
    for (const auto* text :
         {"2026-11-23 10:00:00+05:30", "2026-11-23 04:30:00", "infinity", "", "10000-01-01 00:00:00+00"})
        EXPECT_EQ(timestamp_from_row(text, buffer), "") << text;
}

}  // namespace
}  // namespace terrace::resource
