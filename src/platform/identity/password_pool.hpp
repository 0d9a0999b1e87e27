#pragma once

#include "platform/base/error.hpp"
#include "platform/identity/password_hash.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace terrace::identity {

/// Hashes passwords away from the event loops, on few threads of low priority behind a short queue, so that a flood of
/// sign-ins cannot take the machine, and whoever has much of the queue gives way to who has less: one caller alone
/// cannot take it from all others. One a process; it must outlive every loop that awaits it.
class PasswordPool {
  public:
    struct Options {
        unsigned threads = 0;  ///< 0: one per two cores
        /// Waiting beyond those that run; more is 503 with Retry-After. A clinic's people who come at once, from one
        /// address, all find room; the last waits half a second.
        std::size_t queue = 16;
        PasswordCost cost = PasswordCost::standard();
    };

    /// For whom a password is checked. When the queue is full, the caller who has most places in it, by e-mail or by
    /// network, loses the newest one that waits (503) to a caller who would then still have fewer.
    struct Caller {
        std::string email;
        std::string network;  ///< `network_of` the client's address
    };

    explicit PasswordPool(Options options);
    ~PasswordPool();

    /// False when hash() and verify() would answer 503 at once: then a caller need not ask PostgreSQL for the account
    /// first, which is what a flood of guesses would cost the signed-in. From any thread.
    bool has_room(const std::optional<Caller>& caller = {}) const;
    /// Resumes on the awaiting coroutine's executor.
    boost::asio::awaitable<Result<std::string>> hash(std::string password);
    /// Without `encoded` (nobody has this e-mail) it works as long on a hash that nothing matches and answers false.
    /// Without `caller`, as hash(), it counts as one who has no other place.
    boost::asio::awaitable<Result<bool>> verify(std::string password, std::optional<std::string> encoded,
                                                std::optional<Caller> caller = {});

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace terrace::identity
