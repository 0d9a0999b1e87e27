#include "platform/identity/access_token.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/json.hpp"
#include "platform/identity/refresh_token.hpp"

#include <cjose/cjose.h>
#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <memory>

namespace terrace::identity {
namespace {

constexpr std::int64_t now = 1'800'000'000;
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
const std::string issuer = "http://localhost:8000";

RingKey ring_key(const SigningKey& key, std::int64_t signs_from = 0, std::int64_t verifies_until = never) {
    return {
        .kid = key.kid(), .private_jwk = key.private_jwk(), .signs_from = signs_from, .verifies_until = verifies_until};
}

/// A compact JWS with any header, signed by cjose as `alg` says.
std::string sign_anyhow(const std::string& jwk_json, const std::map<std::string, std::string>& header,
                        std::string_view payload) {
    cjose_err error;
    cjose_jwk_t* jwk = cjose_jwk_import(jwk_json.data(), jwk_json.size(), &error);
    cjose_header_t* fields = cjose_header_new(&error);
    for (const auto& [name, value] : header) cjose_header_set(fields, name.c_str(), value.c_str(), &error);
    cjose_jws_t* jws =
        cjose_jws_sign(jwk, fields, reinterpret_cast<const std::uint8_t*>(payload.data()), payload.size(), &error);
    const char* compact = nullptr;
    std::string token = jws && cjose_jws_export(jws, &compact, &error) ? compact : "";
    cjose_jws_release(jws);
    cjose_header_release(fields);
    cjose_jwk_release(jwk);
    return token;
}

class AccessTokenTest : public ::testing::Test {
  protected:
    AccessTokenTest() { ring.publish({ring_key(key)}); }

    std::string claims(const std::map<std::string, std::string>& changes = {}) const {
        std::map<std::string, std::string> members{{"iss", '"' + issuer + '"'},
                                                   {"aud", R"("terrace-api")"},
                                                   {"sub", '"' + user.to_string() + '"'},
                                                   {"tid", '"' + tenant.to_string() + '"'},
                                                   {"sid", '"' + session.to_string() + '"'},
                                                   {"iat", std::to_string(now)},
                                                   {"exp", std::to_string(now + 300)}};
        for (const auto& [name, value] : changes) members[name] = value;
        std::string text;
        for (const auto& [name, value] : members)
            if (!value.empty()) text.append(text.empty() ? "{" : ",").append("\"" + name + "\":" + value);
        return text + "}";
    }
    /// Whether our own key's signature over these claims is let in.
    bool passes(const std::map<std::string, std::string>& changes) {
        return tokens.verify(key.sign(claims(changes)), now).has_value();
    }
    bool passes_with_header(const std::map<std::string, std::string>& header) {
        const std::string token = sign_anyhow(key.private_jwk(), header, claims());
        EXPECT_FALSE(token.empty());
        return tokens.verify(token, now).has_value();
    }
    std::string token() { return tokens.sign(user, tenant, session, now).value(); }

    const Uuid user = Uuid::v7();
    const Uuid tenant = Uuid::v7();
    const Uuid session = Uuid::v7();
    SigningKey key = SigningKey::generate("the-key");
    KeyRing ring{"a root secret for tests, thirty-two or more"};
    AccessTokens tokens{ring, issuer};
};

TEST_F(AccessTokenTest, SaysWhatWasSigned) {
    const auto read = tokens.verify(token(), now);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->user, user);
    EXPECT_EQ(read->tenant, tenant);
    EXPECT_EQ(read->session, session);
    EXPECT_EQ(read->issued_at, now);
    EXPECT_EQ(read->expires_at, now + 300);
}

TEST_F(AccessTokenTest, NamesAlgorithmTypeAndKeyInItsHeader) {
    const auto header = crypto::from_base64url(key.header());
    ASSERT_TRUE(header);
    const auto document = json::Document::parse(*header);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().find("alg")->as_string(), "ES256");
    EXPECT_EQ(document->root().find("typ")->as_string(), "at+jwt");
    EXPECT_EQ(document->root().find("kid")->as_string(), "the-key");
    EXPECT_EQ(document->root().size(), 3U);
}

TEST_F(AccessTokenTest, EndsWithTheSecondOfItsExpiry) {
    const std::string signed_now = token();
    EXPECT_TRUE(tokens.verify(signed_now, now + 299));
    EXPECT_FALSE(tokens.verify(signed_now, now + 300));
    EXPECT_FALSE(tokens.verify(signed_now, now + 301));
}

TEST_F(AccessTokenTest, RefusesClaimsThatAreNotOurs) {
    ASSERT_TRUE(passes({}));
    EXPECT_FALSE(passes({{"iss", R"("http://evil.example")"}}));
    EXPECT_FALSE(passes({{"iss", R"("http://acme.localhost:8000")"}}));
    EXPECT_FALSE(passes({{"iss", ""}}));
    EXPECT_FALSE(passes({{"aud", R"("another-api")"}}));
    EXPECT_FALSE(passes({{"aud", R"(["terrace-api"])"}}));
    EXPECT_FALSE(passes({{"aud", ""}}));
    EXPECT_FALSE(passes({{"sub", R"("somebody")"}}));
    EXPECT_FALSE(passes({{"sub", ""}}));
    EXPECT_FALSE(passes({{"tid", "null"}}));
    EXPECT_FALSE(passes({{"tid", ""}}));
    EXPECT_FALSE(passes({{"sid", ""}}));
}

TEST_F(AccessTokenTest, RefusesTimesThatAreNotOurs) {
    EXPECT_FALSE(passes({{"exp", ""}}));
    EXPECT_FALSE(passes({{"exp", "9223372036854775807"}}));
    EXPECT_FALSE(passes({{"exp", "1e300"}}));
    EXPECT_FALSE(passes({{"exp", std::to_string(now + 331)}}));
    EXPECT_FALSE(passes({{"exp", '"' + std::to_string(now + 300) + '"'}}));
    EXPECT_FALSE(passes({{"exp", "-1"}}));
    EXPECT_FALSE(passes({{"iat", ""}}));
    EXPECT_FALSE(passes({{"iat", std::to_string(now + 31)}}));
    EXPECT_FALSE(passes({{"iat", "-9223372036854775808"}, {"exp", "-9223372036854775807"}}));
    EXPECT_TRUE(passes({{"iat", std::to_string(now + 30)}, {"exp", std::to_string(now + 330)}}));
}

TEST_F(AccessTokenTest, RefusesDuplicateClaims) {
    std::string twice = claims();
    twice.insert(1, "\"tid\":\"" + Uuid::v7().to_string() + "\",");
    EXPECT_FALSE(tokens.verify(key.sign(twice), now));
}

TEST_F(AccessTokenTest, RefusesPayloadsThatAreNoObject) {
    for (const char* payload : {"", "[]", "\"text\"", "{", "null", "\xFF\xFE"})
        EXPECT_FALSE(tokens.verify(key.sign(payload), now)) << payload;
}

TEST_F(AccessTokenTest, RefusesEveryHeaderButItsOwn) {
    ASSERT_FALSE(passes_with_header({{"alg", "ES256"}, {"kid", "the-key"}}));
    EXPECT_FALSE(passes_with_header({{"alg", "ES256"}, {"typ", "JWT"}, {"kid", "the-key"}}));
    EXPECT_FALSE(passes_with_header({{"alg", "ES256"}, {"typ", "at+jwt"}}));
    EXPECT_FALSE(passes_with_header({{"alg", "ES256"}, {"typ", "at+jwt"}, {"kid", "another"}}));
    EXPECT_FALSE(passes_with_header({{"alg", "ES256"}, {"typ", "at+jwt"}, {"kid", "the-key"}, {"crit", "exp"}}));
    EXPECT_FALSE(
        passes_with_header({{"alg", "ES256"}, {"typ", "at+jwt"}, {"kid", "the-key"}, {"jku", "http://evil.example"}}));
    EXPECT_FALSE(
        passes_with_header({{"alg", "ES256"}, {"typ", "at+jwt"}, {"kid", "the-key"}, {"x5u", "http://evil.example"}}));
    EXPECT_FALSE(
        passes_with_header({{"alg", "ES256"}, {"typ", "at+jwt"}, {"kid", "the-key"}, {"jwk", key.public_jwk()}}));
}

TEST_F(AccessTokenTest, RefusesTheAlgorithmNone) {
    const std::string header = crypto::base64url(std::string_view(R"({"alg":"none","typ":"at+jwt","kid":"the-key"})"));
    const std::string payload = crypto::base64url(std::string_view(claims()));
    EXPECT_FALSE(tokens.verify(header + "." + payload + ".", now));
    EXPECT_FALSE(tokens.verify(key.header() + "." + payload + ".", now));
}

TEST_F(AccessTokenTest, RefusesAMacMadeWithThePublicKey) {
    const std::string secret =
        R"({"kty":"oct","kid":"the-key","k":")" + crypto::base64url(std::string_view(key.public_jwk())) + "\"}";
    const std::string token = sign_anyhow(secret, {{"alg", "HS256"}, {"typ", "at+jwt"}, {"kid", "the-key"}}, claims());
    ASSERT_FALSE(token.empty());
    EXPECT_FALSE(tokens.verify(token, now));
    // The same MAC under our header.
    EXPECT_FALSE(tokens.verify(key.header() + token.substr(token.find('.')), now));
}

TEST_F(AccessTokenTest, RefusesAnotherKeyUnderOurKid) {
    const SigningKey stranger = SigningKey::generate("the-key");
    EXPECT_EQ(stranger.header(), key.header());
    EXPECT_FALSE(tokens.verify(stranger.sign(claims()), now));
}

TEST_F(AccessTokenTest, RefusesChangedText) {
    const std::string good = token();
    const auto first = good.find('.');
    const auto second = good.find('.', first + 1);
    EXPECT_FALSE(tokens.verify(good + "A", now));
    EXPECT_FALSE(tokens.verify(good + "=", now));
    EXPECT_FALSE(tokens.verify(good + ".", now));
    EXPECT_FALSE(tokens.verify(good + " ", now));
    EXPECT_FALSE(tokens.verify(" " + good, now));
    EXPECT_FALSE(tokens.verify(good.substr(0, good.size() - 1), now));
    EXPECT_FALSE(tokens.verify(good.substr(0, second), now));
    EXPECT_FALSE(tokens.verify(good.substr(0, second + 1), now));
    EXPECT_FALSE(tokens.verify("", now));
    EXPECT_FALSE(tokens.verify("..", now));
    const std::string other =
        crypto::base64url(std::string_view(claims({{"sub", '"' + Uuid::v7().to_string() + '"'}})));
    EXPECT_FALSE(tokens.verify(good.substr(0, first + 1) + other + good.substr(second), now));
}

TEST_F(AccessTokenTest, RefusesAnySingleChangedCharacter) {
    const std::string good = token();
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string changed = good;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(tokens.verify(changed, now)) << i;
    }
}

TEST_F(AccessTokenTest, RefusesMoreThanFourKilobytes) {
    EXPECT_TRUE(passes({{"padding", '"' + std::string(2000, 'a') + '"'}}));
    EXPECT_FALSE(passes({{"padding", '"' + std::string(4000, 'a') + '"'}}));
}

TEST_F(AccessTokenTest, RefusesARefreshToken) {
    const RefreshTokens refresh_tokens("a root secret for tests, thirty-two or more");
    EXPECT_FALSE(tokens.verify(refresh_tokens.first(session).text, now));
}

TEST_F(AccessTokenTest, IsSignedByTheYoungestKeyWhoseTimeHasCome) {
    const SigningKey current = SigningKey::generate("current");
    const SigningKey coming = SigningKey::generate("coming");
    ring.publish({ring_key(coming, now + 60), ring_key(current, now - 100), ring_key(key, now - 1000, now + 500)});
    EXPECT_TRUE(token().starts_with(current.header() + "."));
    EXPECT_TRUE(tokens.sign(user, tenant, session, now + 60)->starts_with(coming.header() + "."));
}

TEST_F(AccessTokenTest, IsVerifiedByAnOlderKeyUntilThatOneHasRunOut) {
    const std::string old = token();
    ring.publish({ring_key(SigningKey::generate("current"), now), ring_key(key, now - 1000, now + 100)});
    EXPECT_TRUE(tokens.verify(old, now + 99));
    EXPECT_FALSE(tokens.verify(old, now + 100));
    ring.publish({ring_key(SigningKey::generate("current"), now)});
    EXPECT_FALSE(tokens.verify(old, now));
}

TEST_F(AccessTokenTest, CannotBeSignedWithoutAKey) {
    ring.publish({});
    const auto refused = tokens.sign(user, tenant, session, now);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().status, 503);
}

}  // namespace
}  // namespace terrace::identity
