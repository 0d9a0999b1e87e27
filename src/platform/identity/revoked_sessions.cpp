#include "platform/identity/revoked_sessions.hpp"

#include <chrono>
#include <utility>

namespace terrace::identity {
namespace {

constexpr std::chrono::minutes generation_life{10};

}  // namespace

void RevokedSessions::add(const Uuid& session, Clock::time_point now) {
    if (now - current_since_ > generation_life) {
        older_ = std::exchange(current_, {});
        current_since_ = now;
    }
    if (current_.size() < most_per_generation)
        current_.insert(session);
    else
        last_overflow_ = now;
}

bool RevokedSessions::complete(Clock::time_point now) const {
    return !last_overflow_ || now - *last_overflow_ > generation_life;
}

bool RevokedSessions::contains(const Uuid& session) const {
    return current_.contains(session) || older_.contains(session);
}

}  // namespace terrace::identity
