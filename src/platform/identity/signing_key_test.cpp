#include "platform/identity/signing_key.hpp"

#include "platform/base/json.hpp"

#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

const std::string secret = "a root secret for tests, thirty-two or more";

TEST(SigningKeyTest, VerifiesWhatItSignsAndNothingElse) {
    const SigningKey key = SigningKey::generate("a");
    const SigningKey other = SigningKey::generate("b");
    EXPECT_TRUE(key.verifies(key.sign("{}")));
    EXPECT_FALSE(other.verifies(key.sign("{}")));
    EXPECT_FALSE(key.verifies("not a token"));
}

TEST(SigningKeyTest, SignsAThousandTimesInTheSameSize) {
    // A number of the signature that begins with zeros must be padded, which one in 128 needs.
    const SigningKey key = SigningKey::generate("a");
    const std::size_t size = key.sign("{}").size();
    for (int i = 0; i < 1000; ++i) {
        const std::string token = key.sign("{}");
        ASSERT_EQ(token.size(), size);
        ASSERT_TRUE(key.verifies(token));
    }
}

TEST(SigningKeyTest, IsTheSameKeyAfterItsJwk) {
    for (int i = 0; i < 300; ++i) {
        const SigningKey key = SigningKey::generate("a");
        const auto copy = SigningKey::from_private_jwk(key.private_jwk());
        ASSERT_TRUE(copy);
        ASSERT_EQ(copy->kid(), "a");
        ASSERT_EQ(copy->header(), key.header());
        ASSERT_TRUE(copy->verifies(key.sign("{}")));
        ASSERT_TRUE(key.verifies(copy->sign("{}")));
    }
}

TEST(SigningKeyTest, PublishesNoSecret) {
    const SigningKey key = SigningKey::generate("a");
    const auto document = json::Document::parse(key.public_jwk());
    ASSERT_TRUE(document);
    const json::Value jwk = document->root();
    EXPECT_FALSE(jwk.find("d"));
    EXPECT_EQ(jwk.find("kid")->as_string(), "a");
    EXPECT_EQ(jwk.find("kty")->as_string(), "EC");
    EXPECT_EQ(jwk.find("crv")->as_string(), "P-256");
    EXPECT_EQ(jwk.find("alg")->as_string(), "ES256");
    EXPECT_EQ(jwk.find("use")->as_string(), "sig");
    EXPECT_TRUE(jwk.find("x") && jwk.find("y"));
}

TEST(SigningKeyTest, IsMadeOfPrivateKeysOfItsCurveOnly) {
    EXPECT_FALSE(SigningKey::from_private_jwk(SigningKey::generate("a").public_jwk()));
    EXPECT_FALSE(SigningKey::from_private_jwk(R"({"kty":"oct","kid":"a","k":"AAAA"})"));
    EXPECT_FALSE(SigningKey::from_private_jwk("{}"));
    EXPECT_FALSE(SigningKey::from_private_jwk("not JSON"));
}

TEST(JwkSealTest, OpensWhatItSealed) {
    const JwkSeal seal(secret);
    EXPECT_EQ(seal.open("kid", seal.seal("kid", "the key")), "the key");
}

TEST(JwkSealTest, HidesTheKey) {
    const JwkSeal seal(secret);
    EXPECT_FALSE(seal.seal("kid", "the key").contains("the key"));
    EXPECT_NE(seal.seal("kid", "the key"), seal.seal("kid", "the key"));
}

TEST(JwkSealTest, OpensNothingElse) {
    const JwkSeal seal(secret);
    const std::string sealed = seal.seal("kid", "the key");
    EXPECT_FALSE(seal.open("another kid", sealed));
    EXPECT_FALSE(JwkSeal("another root secret, thirty-two or more").open("kid", sealed));
    EXPECT_FALSE(seal.open("kid", sealed.substr(0, sealed.size() - 1)));
    EXPECT_FALSE(seal.open("kid", ""));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(seal.open("kid", changed)) << i;
    }
}

}  // namespace
}  // namespace terrace::identity
