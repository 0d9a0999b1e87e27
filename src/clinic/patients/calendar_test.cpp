#include "clinic/patients/calendar.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace terrace::clinic {
namespace {

resource::Date day(const char* text) {
    return *resource::parse_date(text);
}

TEST(Age, CompletesAYearOnTheBirthday) {
    EXPECT_EQ(age_on(day("2026-11-22"), day("2000-11-23")), 25);
    EXPECT_EQ(age_on(day("2026-11-23"), day("2000-11-23")), 26);
    EXPECT_EQ(age_on(day("2026-11-23"), day("2026-11-23")), 0);
}

TEST(Age, OfALeapDayIsCompleteOnTheFirstOfMarch) {
    EXPECT_EQ(age_on(day("2025-02-28"), day("2024-02-29")), 0);
    EXPECT_EQ(age_on(day("2025-03-01"), day("2024-02-29")), 1);
    EXPECT_EQ(age_on(day("2028-02-29"), day("2024-02-29")), 4);
}

TEST(Age, IsWhatItsEstimatedBirthdayGives) {
    for (const char* today : {"2024-02-29", "2026-11-23", "2025-12-31", "2025-01-01"})
        for (int age = 0; age <= 130; ++age) EXPECT_EQ(age_on(day(today), estimated_birthday(day(today), age)), age);
}

TEST(Today, IsTheZonesOwnDay) {
    const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const resource::Date west = today_in("Etc/GMT+12"), utc = today_in("Etc/UTC"), east = today_in("Etc/GMT-14");
    EXPECT_LE(west, utc);
    EXPECT_LE(utc, east);
    EXPECT_LT(west, east);
    EXPECT_GE(std::chrono::sys_days(utc), now);
}

TEST(Today, OfAnUnknownZoneIsThatOfUtc) {
    EXPECT_EQ(today_in("Nowhere/Land"), today_in("Etc/UTC"));
}

}  // namespace
}  // namespace terrace::clinic
