#pragma once

#include "platform/base/clock.hpp"
#include "platform/base/error.hpp"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>

namespace terrace::identity {

/// Holds refused credential checks back before they are answered. Who guesses passwords asks again as soon as it is
/// answered: refusals that come at once would be asked for so fast that they take the cores from the signed-in. The
/// time of the answer says nothing of what was found out. One a process, for all its loops, which it outlives; any
/// thread.
class Refusals {
  public:
    /// A refusal is answered one to one and a half `pause` after its request came. At most `most` wait at a time (each
    /// is some kilobytes and its connection); the others are answered at once.
    explicit Refusals(std::chrono::milliseconds pause, std::size_t most = 2'000) : pause_(pause), most_(most) {}

    /// Nothing is held meanwhile but the request: no lock, no connection to PostgreSQL, no turn in a queue.
    boost::asio::awaitable<void> hold(Clock::time_point came);
    /// How many wait now.
    std::size_t held() const { return held_; }

  private:
    std::chrono::milliseconds pause_;
    std::size_t most_;
    std::atomic<std::size_t> held_ = 0;
};

/// Whether a credential check ended without an answer to it: wrong (401; 409 `account_exists` at a sign-up), one too
/// many (429), or not made (503). What a right password meets otherwise is no refusal.
bool is_refused_check(const Error& error);

}  // namespace terrace::identity
