#pragma once

#include "platform/base/clock.hpp"

#include <chrono>

/// Internal to the data layer.
namespace terrace::db {

/// Tells a moment without a connection, which is worth waiting out (PostgreSQL restarts, a backend is replaced), from
/// PostgreSQL being away, where every caller is better told at once.
class Outage {
  public:
    explicit Outage(std::chrono::milliseconds patience, Clock::time_point now = Clock::now())
        : patience_(patience), last_connected_(now) {}

    /// To be asked every 100 ms or so. True when there has been no connection for longer than the patience.
    bool lasts(bool connected, Clock::time_point now) {
        if (connected) last_connected_ = now;
        return now - last_connected_ > patience_;
    }

  private:
    std::chrono::milliseconds patience_;
    Clock::time_point last_connected_;
};

}  // namespace terrace::db
