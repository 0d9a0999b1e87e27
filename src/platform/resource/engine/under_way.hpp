#pragma once

#include "platform/base/uuid.hpp"

#include <cstddef>
#include <memory>
#include <unordered_map>
#include <utility>

namespace terrace::resource {

/// How many of something are under way in each tenant, on one event loop. Its turns may outlive it.
class UnderWay {
    using Counts = std::unordered_map<Uuid, std::size_t>;

  public:
    /// One of them, from `begin` until it is destroyed.
    class Turn {
      public:
        Turn(Turn&& other) noexcept : counts_(std::move(other.counts_)), tenant_(other.tenant_), alone_(other.alone_) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (!counts_) return;
            const auto found = counts_->find(tenant_);
            if (--found->second == 0) counts_->erase(found);
        }

        /// Whether no other was under way in the tenant when this one began.
        bool alone() const { return alone_; }

      private:
        friend class UnderWay;
        Turn(std::shared_ptr<Counts> counts, const Uuid& tenant)
            : counts_(std::move(counts)), tenant_(tenant), alone_((*counts_)[tenant]++ == 0) {}

        std::shared_ptr<Counts> counts_;
        Uuid tenant_;
        bool alone_;
    };

    Turn begin(const Uuid& tenant) { return {counts_, tenant}; }

  private:
    std::shared_ptr<Counts> counts_ = std::make_shared<Counts>();
};

}  // namespace terrace::resource
