#pragma once

#include "platform/app/services.hpp"

#include <boost/asio/awaitable.hpp>

namespace terrace::app {

/// What nobody waits for, on one loop of a process, until it is cancelled: every 30 s it completes sign-ups that a
/// crash left half made, and every hour it removes expired sessions, signing keys of which no token can be alive, and
/// of each tenant the idempotency keys and the files that nothing holds. Several processes may do it at once.
boost::asio::awaitable<void> keep_house(Services& services);

/// One round of the hourly part.
boost::asio::awaitable<void> remove_expired(Services& services);

}  // namespace terrace::app
