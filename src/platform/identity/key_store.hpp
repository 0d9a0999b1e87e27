#pragma once

#include "platform/base/error.hpp"
#include "platform/db/database.hpp"
#include "platform/identity/signing_key.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::identity {

/// The life of a signing key, from its birth to the last token that it signed.
enum class KeyState : std::uint8_t {
    next,      ///< published, and signs from `signs_from`
    signing,   ///< signs new tokens
    verifies,  ///< its successor signs; its own last tokens may still be alive
    expired,   ///< no token of it can be alive
    retired,   ///< set aside by an operator: verifies nothing
    foreign,   ///< sealed under another TERRACE_SECRET: whoever had that secret could sign with it
};

std::string_view to_string(KeyState state);

/// A row of catalog.signing_key at a moment. Times in Unix seconds.
struct StoredKey {
    static constexpr std::int64_t no_end = std::numeric_limits<std::int64_t>::max();

    std::string kid;
    std::string private_jwk;  ///< empty for a foreign one
    std::int64_t created_at = 0;
    std::int64_t signs_from = 0;
    std::int64_t verifies_until = no_end;
    KeyState state = KeyState::next;

    bool in_use() const { return state == KeyState::next || state == KeyState::signing || state == KeyState::verifies; }
};

/// The signing keys in the catalog, sealed with a key derived from TERRACE_SECRET. Any thread, several processes at
/// once: they agree by an advisory lock.
class KeyStore {
  public:
    explicit KeyStore(std::string_view root_secret) : seal_(root_secret) {}

    /// The youngest first.
    boost::asio::awaitable<Result<std::vector<StoredKey>>> read(db::Database& database) const;

    /// Whether none signs or the youngest is a quarter of a year old.
    static bool needs_renewal(const std::vector<StoredKey>& keys);
    /// Makes a key where one is needed.
    boost::asio::awaitable<Result<void>> renew(db::Database& database) const;
    /// Makes a key whatever the age of the last and answers its kid. 409 `rotation_under_way` while another has not
    /// begun to sign.
    boost::asio::awaitable<Result<std::string>> rotate(db::Database& database) const;
    /// From now on the key verifies nothing; false when no key in the catalog has this kid.
    boost::asio::awaitable<Result<bool>> retire(db::Database& database, std::string kid) const;
    /// Removes the rows of keys of which no token can be alive, and of those that were retired a day ago.
    boost::asio::awaitable<Result<void>> remove_expired(db::Database& database) const;

  private:
    /// Asked again under the lock: another process may have made the key meanwhile.
    using IsWanted = bool (*)(const std::vector<StoredKey>& keys);
    boost::asio::awaitable<Result<std::optional<std::string>>> make(db::Database& database, IsWanted is_wanted) const;
    std::vector<StoredKey> open(const db::Rows& rows) const;

    JwkSeal seal_;
};

}  // namespace terrace::identity
