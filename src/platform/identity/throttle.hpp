#pragma once

#include "platform/base/clock.hpp"
#include "platform/base/config.hpp"
#include "platform/base/error.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace terrace::identity {

/// What one customer cannot choose of an address: all of IPv4, the /64 of IPv6. As bytes; other texts as they are.
std::string network_of(std::string_view address);

/// Counts failed credential checks and sign-ups, so that nobody guesses many passwords, and nobody who guesses from
/// elsewhere locks the owner out: failures per account and address and per address in 15 minutes, sign-ups per address
/// in an hour; and right checks per account in 15 minutes, each of which costs a hash too. An IPv6 address counts as
/// its /64, which is what one customer gets. One a process, for all its loops, any thread: it is touched before a hash
/// and after a success, never on the hot path. Bounded: when it is full, the oldest windows go. Several processes count
/// each for themselves.
class Throttle {
  public:
    using Now = std::function<Clock::time_point()>;

    explicit Throttle(const Config::Throttle& limits, Now now = Clock::now);

    class Check;
    /// Before a credential check. It counts as failed from here on, so that parallel ones never outrun the limit; 429
    /// `throttled` with Retry-After when too many have, or when too many were right. The account is counted by its
    /// e-mail, whether or not somebody has it.
    Result<Check> begin_check(std::string_view email, std::string_view address);
    /// The check did not fail: it was right, or was not made. What failed before stays counted.
    void forgive(const Check& check);
    /// The check was right, and counts as such.
    void succeed(const Check& check);

    /// Counts a sign-up; 429 when it is one too many.
    std::optional<Error> take_sign_up(std::string_view address);

    /// Windows that are remembered.
    std::size_t size();

  private:
    using Key = std::array<std::uint8_t, 16>;
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept;
    };
    struct Window {
        Clock::time_point ends;
        int count = 0;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<Key, Window, KeyHash> windows;
    };

    /// One count, and the window that it went to.
    struct Count {
        Key key;
        Clock::time_point window_ends;
    };

    static Key key_of(std::string_view kind, std::string_view address, std::string_view email);
    Shard& shard_of(const Key& key) { return shards_[key[0] % shards_.size()]; }
    /// Adds one to the window of `key`; where it has reached `limit`, the seconds until it ends.
    std::expected<Count, std::chrono::seconds> count(const Key& key, int limit, Clock::duration window);
    /// Counts nothing: the seconds until the window of `key` ends, where it has reached `limit`.
    std::optional<std::chrono::seconds> held_up(const Key& key, int limit);
    void take_back(const Count& count);
    static void make_room(Shard& shard, Clock::time_point now);

    Config::Throttle limits_;
    Now now_;
    std::array<Shard, 16> shards_;
};

/// A credential check that is counted.
class Throttle::Check {
  private:
    friend class Throttle;
    Check(const Count& account, const Count& address, const Key& successes)
        : account_(account), address_(address), successes_(successes) {}

    Count account_;
    Count address_;
    Key successes_;
};

}  // namespace terrace::identity
