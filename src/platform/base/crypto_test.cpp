#include "platform/base/crypto.hpp"

#include <gtest/gtest.h>

namespace terrace::crypto {
namespace {

TEST(Crypto, Sha256MatchesFips180) {
    EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Crypto, HmacMatchesRfc4231) {
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Crypto, HmacOfAnEmptyKeyIsNotTheKeyOfLastTime) {
    hmac_sha256("another key", "data");
    EXPECT_EQ(hex(hmac_sha256({}, "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

// Computed with Python's hmac module from RFC 5869 (no salt, 32 bytes).
TEST(Crypto, DerivedKeyMatchesHkdfSha256) {
    EXPECT_EQ(hex(derive_key("0123456789abcdef0123456789abcdef", "refresh-child")),
              "d7b318d8d9190b7a12fd7ec71d1db1c22d3890036366e68698f5995543d54593");
}

TEST(Crypto, DerivedKeysDifferByPurpose) {
    EXPECT_EQ(derive_key("a secret", "one"), derive_key("a secret", "one"));
    EXPECT_NE(derive_key("a secret", "one"), derive_key("a secret", "two"));
    EXPECT_NE(derive_key("a secret", "one"), derive_key("b secret", "one"));
}

TEST(Crypto, RandomBytesHaveTheLengthAskedForAndDiffer) {
    EXPECT_EQ(random_bytes(32).size(), 32u);
    EXPECT_NE(random_bytes(32), random_bytes(32));
}

TEST(Crypto, Base64urlReadsBackWhatItWrote) {
    EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
    EXPECT_EQ(base64url("f"), "Zg");
    EXPECT_EQ(base64url(std::string_view()), "");
    for (std::size_t size = 0; size < 70; ++size) {
        const std::string bytes = random_bytes(size);
        EXPECT_EQ(from_base64url(base64url(bytes)), bytes);
    }
}

TEST(Crypto, Base64urlRefusesEveryOtherSpelling) {
    for (const std::string_view text :
         {"Zg==", "Zg=", "Z", "Zh", "+/+/", "Zg\n", " Zg", "Z g", "Zg*", "Z\xc3\xa9", "\xff\xff\xff\xff"})
        EXPECT_EQ(from_base64url(text), std::nullopt) << text;
}

TEST(Crypto, ComparesWholeTexts) {
    EXPECT_TRUE(equal_constant_time("same", "same"));
    EXPECT_TRUE(equal_constant_time("", ""));
    EXPECT_FALSE(equal_constant_time("same", "sama"));
    EXPECT_FALSE(equal_constant_time("same", "same "));
}

}  // namespace
}  // namespace terrace::crypto
