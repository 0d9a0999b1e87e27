#pragma once

#include "platform/base/clock.hpp"
#include "platform/base/uuid.hpp"

#include <cstddef>
#include <optional>
#include <unordered_set>

namespace terrace::identity {

/// The sessions that ended while an access token of theirs may still live, for one event loop. Two generations of ten
/// minutes, twice the life of a token; what is older needs no remembering. Bounded: when more end than it remembers, it
/// says so until the tokens of those have expired.
class RevokedSessions {
  public:
    static constexpr std::size_t most_per_generation = 100'000;

    void add(const Uuid& session, Clock::time_point now = Clock::now());
    bool contains(const Uuid& session) const;
    /// False when sessions have ended that it does not remember: PostgreSQL must be asked.
    bool complete(Clock::time_point now = Clock::now()) const;

  private:
    std::unordered_set<Uuid> current_;
    std::unordered_set<Uuid> older_;
    Clock::time_point current_since_{};
    std::optional<Clock::time_point> last_overflow_;
};

}  // namespace terrace::identity
