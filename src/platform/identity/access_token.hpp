#pragma once

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/identity/key_ring.hpp"
#include "platform/identity/signing_key.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::identity {

constexpr std::chrono::seconds access_token_life = std::chrono::minutes{5};
constexpr std::size_t access_token_limit = 4096;

/// What an access token says (RFC 9068): `iss` and `aud` are checked and not kept.
struct Claims {
    Uuid user;     ///< sub
    Uuid tenant;   ///< tid
    Uuid session;  ///< sid
    std::int64_t issued_at = 0;
    std::int64_t expires_at = 0;
};

/// Signs and verifies access tokens for one event loop: it holds the loop's own copies of the ring's keys.
class AccessTokens {
  public:
    /// `issuer`: the origin without a label. `keys` must outlive it.
    AccessTokens(const KeyRing& keys, std::string issuer);

    /// 503 while the ring has no key yet. Times in Unix seconds.
    Result<std::string> sign(const Uuid& user, const Uuid& tenant, const Uuid& session, std::int64_t now);
    /// Nothing unless every check of RFC 8725 §3 holds: one of the ring's exact headers (so algorithm, type and key are
    /// ours, and `crit`, `jku`, `x5u`, `jwk` cannot stand there), the signature, the issuer, the audience, a life of at
    /// most five minutes that has not ended.
    std::optional<Claims> verify(std::string_view token, std::int64_t now);
    /// Changes with the ring's keys: what was verified before has to be verified anew.
    std::uint64_t generation();

  private:
    void refresh_keys();
    std::optional<Claims> read_claims(std::string_view payload, std::int64_t now) const;

    struct Key {
        SigningKey key;
        std::int64_t signs_from;
        std::int64_t verifies_until;
    };

    const KeyRing& ring_;
    std::string issuer_;
    std::uint64_t generation_ = 0;
    std::vector<Key> keys_;  ///< youngest first
};

}  // namespace terrace::identity
