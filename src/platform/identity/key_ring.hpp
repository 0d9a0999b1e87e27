#pragma once

#include "platform/base/error.hpp"
#include "platform/db/database.hpp"
#include "platform/identity/key_store.hpp"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::identity {

/// One key as every process of this installation sees it. Times in Unix seconds.
struct RingKey {
    std::string kid;
    std::string private_jwk;
    std::int64_t signs_from = 0;
    std::int64_t verifies_until = 0;
};

struct RingSnapshot {
    std::uint64_t generation = 0;
    std::vector<RingKey> keys;  ///< youngest first
    std::string jwks;           ///< the JWK Set (RFC 7517 §5) of their public parts
};

/// The signing keys of the catalog, one ring a process, shared by its loops. The youngest key whose time has come
/// signs; an older one verifies until the last token that it signed has expired. A key is made a quarter of a year
/// after the last or by `terrace keys rotate`, and published six minutes before it signs, so that every process and
/// every reader of the JWK Set knows it by then.
class KeyRing {
  public:
    explicit KeyRing(std::string_view root_secret);

    /// Reads the catalog; makes a key where none is young enough. Safe in several processes at once.
    boost::asio::awaitable<Result<void>> load(db::Database& database);
    /// Loads every 10 s, every second while there is no key, until it is cancelled (co_spawn it with a cancellation
    /// slot, on one loop).
    boost::asio::awaitable<void> run(db::Database& database);

    /// Makes `keys` (youngest first) the ring's, as a load does with what it read.
    void publish(std::vector<RingKey> keys);

    /// For commands and housekeeping. Any thread.
    const KeyStore& store() const { return store_; }

    /// Never null. Any thread.
    std::shared_ptr<const RingSnapshot> snapshot() const;
    /// Of the snapshot; 0 until the first load. Any thread.
    std::uint64_t generation() const { return generation_.load(std::memory_order_acquire); }

  private:
    /// Answers whether a key must be made.
    boost::asio::awaitable<Result<bool>> read(db::Database& database);

    KeyStore store_;
    mutable std::mutex mutex_;
    std::shared_ptr<const RingSnapshot> snapshot_;
    std::atomic<std::uint64_t> generation_{0};
};

}  // namespace terrace::identity
