#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct _cjose_jwk_int;  // NOLINT(clang-diagnostic-reserved-identifier): the name is cjose's

namespace terrace::identity {

/// An EC P-256 key for ES256 (RFC 7518 §3.4) with its `kid`. cjose counts references without atomics, so a key belongs
/// to one thread: what threads share is its JSON.
class SigningKey {
  public:
    /// Throws std::runtime_error when the generator fails.
    static SigningKey generate(const std::string& kid);
    /// Nothing unless `jwk` is a private P-256 key with a `kid`.
    static std::optional<SigningKey> from_private_jwk(std::string_view jwk);

    /// A compact JWS (RFC 7515 §7.1) with the protected header `{alg: ES256, typ: at+jwt, kid}`.
    std::string sign(std::string_view payload) const;
    /// Whether the JWS is one of this key's. The caller has compared the header with `header()`.
    bool verifies(std::string_view compact) const;

    const std::string& kid() const { return kid_; }
    /// The encoded protected header, the same bytes in every token that this key signs.
    const std::string& header() const { return header_; }
    std::string private_jwk() const;
    /// With `use` and `alg`, without the secret part.
    std::string public_jwk() const;

  private:
    struct Release {
        void operator()(_cjose_jwk_int* jwk) const noexcept;
    };
    explicit SigningKey(_cjose_jwk_int* jwk);

    std::unique_ptr<_cjose_jwk_int, Release> jwk_;
    std::string kid_;
    std::string header_;
};

/// A private JWK under a key derived from TERRACE_SECRET (XChaCha20-Poly1305), bound to its `kid`, as the catalog
/// keeps it.
class JwkSeal {
  public:
    explicit JwkSeal(std::string_view root_secret);
    std::string seal(std::string_view kid, std::string_view jwk) const;
    /// Nothing when it was sealed under another secret or another kid, or was changed.
    std::optional<std::string> open(std::string_view kid, std::string_view sealed) const;

  private:
    std::string key_;
};

}  // namespace terrace::identity
