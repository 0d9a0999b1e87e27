#pragma once

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>

namespace terrace::app {

/// Runs what `begin` begins until that ends, or until it is cancelled. What ends by an exception is a fault of ours, or
/// of the machine: it is logged with `work`, a literal, and begun anew after a pause.
boost::asio::awaitable<void> keep_running(const char* work, std::function<boost::asio::awaitable<void>()> begin,
                                          std::chrono::milliseconds pause = std::chrono::seconds(1));

}  // namespace terrace::app
