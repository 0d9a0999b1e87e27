#pragma once

#include "platform/base/crypto.hpp"
#include "platform/base/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrace::identity {

/// A refresh token as its bearer presents it: session, generation, 32 secret bytes, and a seal of ours over the three.
struct RefreshToken {
    Uuid session;
    std::uint32_t generation = 0;
    std::string text;  ///< base64url

    /// What the catalog keeps of it.
    crypto::Digest hash() const;
};

/// Makes refresh tokens and recognizes its own. The first of a family is random; each further one is derived from its
/// parent with a server key, so that parallel refreshes and answers lost on the way give the same child and a family
/// never forks. The seal tells an old token of ours, whose use is theft, from a guess, and keeps guesses from
/// PostgreSQL.
class RefreshTokens {
  public:
    explicit RefreshTokens(std::string_view root_secret);

    RefreshToken first(const Uuid& session) const;
    RefreshToken child(const RefreshToken& parent) const;
    /// Nothing when we did not make it.
    std::optional<RefreshToken> read(std::string_view text) const;

  private:
    RefreshToken make(const Uuid& session, std::uint32_t generation, std::string_view secret) const;

    std::string child_key_;
    std::string seal_key_;
};

}  // namespace terrace::identity
