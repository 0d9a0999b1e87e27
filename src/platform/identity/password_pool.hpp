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
/// sign-ins cannot take the machine (DESIGN §8). One a process; it must outlive every loop that awaits it.
class PasswordPool {
  public:
    struct Options {
        unsigned threads = 0;   ///< 0: one per two cores
        std::size_t queue = 8;  ///< waiting beyond those that run; more is 503 with Retry-After
        PasswordCost cost = PasswordCost::standard();
    };

    explicit PasswordPool(Options options);
    ~PasswordPool();

    /// False when hash() and verify() would answer 503 at once: then a caller need not ask PostgreSQL for the account
    /// first, which is what a flood of guesses would cost the signed-in. From any thread.
    bool has_room() const;
    /// Resumes on the awaiting coroutine's executor.
    boost::asio::awaitable<Result<std::string>> hash(std::string password);
    /// Without `encoded` (nobody has this e-mail) it works as long on a hash that nothing matches and answers false.
    boost::asio::awaitable<Result<bool>> verify(std::string password, std::optional<std::string> encoded);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace terrace::identity
