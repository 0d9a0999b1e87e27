#pragma once

#include "platform/app/services.hpp"

#include <boost/asio/awaitable.hpp>

namespace terrace::app {

/// What nobody waits for, on one loop of a process, until it is cancelled. Several processes may do it at once.

/// Every 30 s completes sign-ups that a crash left half made.
boost::asio::awaitable<void> complete_sign_ups(Services& services);

/// Every hour removes expired sessions and hand-off codes, signing keys of which no token can be alive, and of each
/// tenant the idempotency keys and the files that nothing holds.
boost::asio::awaitable<void> keep_house(Services& services);

/// One round of that.
boost::asio::awaitable<void> remove_expired(Services& services);

}  // namespace terrace::app
