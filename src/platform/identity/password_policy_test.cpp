#include "platform/identity/password_policy.hpp"

#include <gtest/gtest.h>

#include <string>

namespace terrace::identity {
namespace {

/// The code of the fault, or "good".
std::string check(std::string_view password, const PasswordContext& context = {}) {
    const auto fault = check_password(password, context);
    return fault ? fault->code : "good";
}

TEST(PasswordPolicyTest, AsksForTwelveCharacters) {
    EXPECT_EQ(check(""), "min_length");
    EXPECT_EQ(check("kx7!pqz-wm2"), "min_length");
    EXPECT_EQ(check("kx7!pqz-wm2v"), "good");
}

TEST(PasswordPolicyTest, CountsCharactersAndNotBytes) {
    EXPECT_EQ(check("नमस्ते"), "min_length");
    EXPECT_EQ(check("मेरी नई बिल्ली तेज़"), "good");
}

TEST(PasswordPolicyTest, TakesAtMost1024Bytes) {
    std::string longest;
    for (int i = 0; longest.size() < 1000; ++i) longest += std::to_string(i * i) + "kettle";
    longest.resize(1024, 'x');
    EXPECT_EQ(check(longest), "good");
    EXPECT_EQ(check(longest + "y"), "max_length");
}

TEST(PasswordPolicyTest, AsksForNoComposition) {
    EXPECT_EQ(check("violet kettle sings"), "good");
    EXPECT_EQ(check("violetkettlesings"), "good");
    EXPECT_EQ(check("VIOLETKETTLESINGS"), "good");
    EXPECT_EQ(check("839201756482"), "good");
}

TEST(PasswordPolicyTest, RefusesCommonPasswords) {
    for (const char* password :
         {"password1234", "Password@2026", "P@ssw0rd2026!", "passwordpassword", "welcomewelcome", "Welcome@12345",
          "correct horse battery staple", "correcthorsebatterystaple", "administrator1", "iloveyou1234!",
          "India@1234567", "letmein!letmein", "qwertyuiop123", "Hospital#2026", "jai shree ram", "changeme1234"})
        EXPECT_EQ(check(password), "invalid") << password;
}

TEST(PasswordPolicyTest, RefusesPatterns) {
    for (const char* password : {"aaaaaaaaaaaa", "abababababab", "abcabcabcabc", "abcabcabcabca", "123123123123",
                                 "aaaabbbbcccc", "abcdefghijkl", "123456789012", "987654321098", "lkjihgfedcba",
                                 "1qaz2wsx3edc", "1q2w3e4r5t6y", "asdfghjklzxcv"})
        EXPECT_EQ(check(password), "invalid") << password;
}

TEST(PasswordPolicyTest, RefusesWhatTheSignUpSays) {
    const PasswordContext context{
        .email = "meera.nair@sunrise.example", .organization = "Sunrise Clinic", .slug = "sunrise-care"};
    EXPECT_EQ(check("meera.nair-1987", context), "invalid");
    EXPECT_EQ(check("MeeraNair-1987!", context), "invalid");
    EXPECT_EQ(check("sunrise clinic 7!", context), "invalid");
    EXPECT_EQ(check("x-SunriseClinic-x", context), "invalid");
    EXPECT_EQ(check("my sunrise-care 7", context), "invalid");
    EXPECT_EQ(check("a terrace by the sea"), "invalid");
    EXPECT_EQ(check("violet kettle sings", context), "good");
}

TEST(PasswordPolicyTest, LetsShortNamesBePartsOfWords) {
    EXPECT_EQ(check("violet kettle sings", {.email = "ing@a.example", .organization = "Viol", .slug = "set"}), "good");
}

}  // namespace
}  // namespace terrace::identity
