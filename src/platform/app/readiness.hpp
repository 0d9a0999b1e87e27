#pragma once

#include "platform/db/database.hpp"

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <cstddef>
#include <vector>

namespace terrace::app {

/// Which loops of a process reach PostgreSQL. Each connects by itself, and the kernel deals callers out to all of them:
/// a process is ready when the last of them is. Any thread.
class Readiness {
  public:
    /// None reaches it yet.
    explicit Readiness(std::size_t loops) : reaches_(loops) {}

    void set(std::size_t loop, bool reaches);
    bool all() const;

  private:
    std::vector<std::atomic<bool>> reaches_;
};

/// Tells ten times a second whether a loop's data layer is connected, until it is cancelled.
boost::asio::awaitable<void> tell_readiness(const db::Database& database, Readiness& readiness, std::size_t loop);

}  // namespace terrace::app
