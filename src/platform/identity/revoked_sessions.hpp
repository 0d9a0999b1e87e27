#pragma once

#include "platform/base/clock.hpp"
#include "platform/base/uuid.hpp"

#include <unordered_set>

namespace terrace::identity {

/// The sessions that ended while an access token of theirs may still live, for one event loop. Two generations of ten
/// minutes, twice the life of a token; what is older needs no remembering.
class RevokedSessions {
  public:
    void add(const Uuid& session, Clock::time_point now = Clock::now());
    bool contains(const Uuid& session) const;

  private:
    std::unordered_set<Uuid> current_;
    std::unordered_set<Uuid> older_;
    Clock::time_point current_since_{};
};

}  // namespace terrace::identity
