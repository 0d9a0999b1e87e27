#include "platform/resource/values/phone.hpp"

#include <gtest/gtest.h>

namespace terrace::resource {
namespace {

TEST(Phone, TakesEveryIndianForm) {
    for (const char* typed :
         {"9876543210", "98765 43210", "98765-43210", "09876543210", "919876543210", "91 98765 43210", "+919876543210",
          "+91 98765-43210", "0091 9876543210", "(98765) 43210", "+91.98765.43210"})
        EXPECT_EQ(to_e164(typed), "+919876543210") << typed;
}

TEST(Phone, TakesALineWithTheCodeOfItsTown) {
    for (const char* typed : {"020 2567 1234", "+91 20 2567 1234", "(020) 25671234", "2025671234", "0091 20 25671234"})
        EXPECT_EQ(to_e164(typed), "+912025671234") << typed;
    EXPECT_EQ(to_e164("0484 2361234"), "+914842361234");
    EXPECT_FALSE(to_e164("25671234"));  // whose town?
}

TEST(Phone, TakesOtherCountriesWithThePlusOnly) {
    EXPECT_EQ(to_e164("+1 212 555 0100"), "+12125550100");
    EXPECT_EQ(to_e164("+44 20 7946 0000"), "+442079460000");
    EXPECT_FALSE(to_e164("12125550100"));
    EXPECT_FALSE(to_e164("442079460000"));
}

TEST(Phone, RefusesWhatIsNone) {
    for (const char* typed :
         {"", "+", "12345", "98765432100", "987654321", "+91 0876543210", "0 0876543210", "+9198765432", "phone",
          "98765x43210", "+0123456789", "+1234567890123456", "++919876543210"})
        EXPECT_FALSE(to_e164(typed)) << typed;
}

}  // namespace
}  // namespace terrace::resource
