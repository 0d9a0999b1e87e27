#pragma once

#include "platform/base/clock.hpp"
#include "platform/base/uuid.hpp"

#include <chrono>

/// Internal to the data layer.
namespace terrace::db {

/// Whether a tenant has a loop to itself: which two tenants asked last, and when. No input or output.
class Presence {
  public:
    /// Who asked longer ago than this is not there. A person at a desk asks more often than that only now and then;
    /// what a tenant finds there when it comes back is at most the units of another that are under way.
    static constexpr std::chrono::seconds window{1};

    /// `tenant` asks for something.
    void saw(const Uuid& tenant, Clock::time_point now) {
        if (last_.tenant != tenant) other_ = last_;
        last_ = {tenant, now};
    }
    /// True when another tenant than this one is there.
    bool has_others(const Uuid& tenant, Clock::time_point now) const {
        const Visit& visit = last_.tenant != tenant ? last_ : other_;
        return visit.at > now - window;
    }

  private:
    struct Visit {
        Uuid tenant;
        Clock::time_point at = Clock::time_point::min();
    };
    Visit last_;
    Visit other_;  ///< of another tenant than that of last_
};

}  // namespace terrace::db
