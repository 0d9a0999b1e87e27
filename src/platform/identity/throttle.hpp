#pragma once

#include "platform/base/clock.hpp"
#include "platform/base/config.hpp"
#include "platform/base/error.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace terrace::identity {

/// Counts failed credential checks and sign-ups (DESIGN §8): per account and address and per address in 15 minutes,
/// sign-ups per address in an hour. An IPv6 address counts as its /64, which is what one customer gets. One a process,
/// any thread: it is touched before a hash and after a failure, never on the hot path. Bounded: when it is full, the
/// oldest windows go.
class Throttle {
  public:
    using Now = std::function<Clock::time_point()>;

    explicit Throttle(const Config::Throttle& limits, Now now = Clock::now);

    /// 429 `throttled` with Retry-After when too many checks have failed. The account is counted by its e-mail, whether
    /// or not somebody has it.
    std::optional<Error> check_sign_in(std::string_view email, std::string_view address);
    void sign_in_failed(std::string_view email, std::string_view address);

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

    static Key key_of(std::string_view kind, std::string_view address, std::string_view email);
    Shard& shard_of(const Key& key) { return shards_[key[0] % shards_.size()]; }
    /// Seconds until the window of `key` ends, when its count has reached `limit`.
    std::optional<std::chrono::seconds> exhausted(const Key& key, int limit);
    void count(const Key& key, Clock::duration window);
    static void make_room(Shard& shard, Clock::time_point now);

    Config::Throttle limits_;
    Now now_;
    std::array<Shard, 16> shards_;
};

}  // namespace terrace::identity
