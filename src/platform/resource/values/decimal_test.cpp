#include "platform/resource/values/decimal.hpp"

#include <gtest/gtest.h>

namespace terrace::resource {
namespace {

std::string parsed(std::string_view text, int scale = 2, int max_digits = 6) {
    const auto units = parse_decimal(text, scale, max_digits);
    return units ? std::to_string(*units) : units.error().code;
}

TEST(Decimal, IsReadExactly) {
    EXPECT_EQ(parsed("12.50"), "1250");
    EXPECT_EQ(parsed("12.5"), "1250");
    EXPECT_EQ(parsed("12"), "1200");
    EXPECT_EQ(parsed("-0.05"), "-5");
    EXPECT_EQ(parsed("+3"), "300");
    EXPECT_EQ(parsed(".5"), "50");
    EXPECT_EQ(parsed("5."), "500");
    EXPECT_EQ(parsed("-0"), "0");
    EXPECT_EQ(parsed("0000012.50"), "1250");
    EXPECT_EQ(parsed("9999999999999999.99", 2, 18), "999999999999999999");
}

TEST(Decimal, HasTheFaultsOfDjangoRestFramework) {
    for (const char* text : {"", "-", ".", "1,5", "1e3", "0x1", "NaN", "Infinity", " 1", "1.2.3", "--1", "१"})
        EXPECT_EQ(parsed(text), "invalid") << text;
    EXPECT_EQ(parsed("1234567"), "max_digits");
    EXPECT_EQ(parsed("1234.567"), "max_digits");
    EXPECT_EQ(parsed("1.234"), "max_decimal_places");
    EXPECT_EQ(parsed("1.500"), "max_decimal_places");
    EXPECT_EQ(parsed("12345"), "max_whole_digits");
    EXPECT_EQ(parsed(std::string(5000, '9')), "max_digits");
}

TEST(Decimal, IsWrittenWithAllItsDecimals) {
    EXPECT_EQ(format_decimal({1250, 2}), "12.50");
    EXPECT_EQ(format_decimal({-5, 2}), "-0.05");
    EXPECT_EQ(format_decimal({0, 4}), "0.0000");
    EXPECT_EQ(format_decimal({-123456, 4}), "-12.3456");
    for (const std::int64_t units : {0L, 1L, -1L, 99L, 100L, -100L, 999'999'999'999'999'999L})
        EXPECT_EQ(parse_decimal(format_decimal({units, 3}), 3, 18), units);
}

}  // namespace
}  // namespace terrace::resource
