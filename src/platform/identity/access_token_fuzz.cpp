/// An access token: nothing that we did not sign passes, no change of a signed one does, and of what our own key signs
/// only claims that are whole, ours and in time.

#include "platform/base/json.hpp"
#include "platform/identity/access_token.hpp"
#include "platform/testing/fuzz.hpp"

#include <limits>
#include <string>

namespace terrace::identity {
namespace {

using fuzz::require;

constexpr std::int64_t now = 1'800'000'000;
const std::string issuer = "http://localhost:8000";

/// A ring with one key, and a token of it. The key is a new one in every run: what is looked for must hold for each.
struct World {
    World() {
        ring.publish({{.kid = key.kid(),
                       .private_jwk = key.private_jwk(),
                       .signs_from = 0,
                       .verifies_until = std::numeric_limits<std::int64_t>::max()}});
        token = tokens.sign(Uuid::v7(), Uuid::v7(), Uuid::v7(), now).value();
    }

    SigningKey key = SigningKey::generate("the-key");
    KeyRing ring{"a root secret for tests, thirty-two or more"};
    AccessTokens tokens{ring, issuer};
    std::string token;
};

World& world() {
    static World world;
    return world;
}

/// `text` as a token: at most the header, which holds no secret, can be right.
void check_foreign(std::string_view text) {
    require(!world().tokens.verify(text, now), "nobody else makes a token");
    const std::string under_our_header = world().key.header() + "." + std::string(text);
    require(!world().tokens.verify(under_our_header, now), "our header makes no token");
}

/// The other half of an ECDSA signature (r, n-s) passes as well and is the one change that would; it takes arithmetic
/// over the curve's order to find, and says nothing that was not signed.
void check_changed(FuzzedDataProvider& input) {
    const std::string changed = fuzz::edited(world().token, input);
    if (changed != world().token) require(!world().tokens.verify(changed, now), "a changed token does not pass");
}

void check_claims(std::string_view payload) {
    World& our = world();
    const auto claims = our.tokens.verify(our.key.sign(payload), now);
    if (!claims) return;
    require(claims->issued_at <= now + 30 && claims->issued_at < claims->expires_at, "a token is not of the future");
    require(claims->expires_at > now && claims->expires_at <= now + 330, "a token lives at most five minutes");
    std::string text;
    json::Writer(text)
        .begin_object()
        .member("iss", issuer)
        .member("aud", "terrace-api")
        .member("sub", claims->user.to_string())
        .member("tid", claims->tenant.to_string())
        .member("sid", claims->session.to_string())
        .member("iat", claims->issued_at)
        .member("exp", claims->expires_at)
        .end_object();
    const auto again = our.tokens.verify(our.key.sign(text), now);
    require(again && again->user == claims->user && again->tenant == claims->tenant &&
                again->session == claims->session && again->issued_at == claims->issued_at &&
                again->expires_at == claims->expires_at,
            "claims written again are the same claims");
}

}  // namespace
}  // namespace terrace::identity

/// The first byte says what the others are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace terrace::identity;
    if (size == 0) return 0;
    FuzzedDataProvider input(data + 1, size - 1);
    const auto text = terrace::fuzz::text_of(data + 1, size - 1);
    switch (data[0] % 3) {
        case 0:
            check_foreign(text);
            break;
        case 1:
            check_changed(input);
            break;
        default:
            check_claims(text);
    }
    return 0;
}
