#pragma once

#include "platform/base/uuid.hpp"

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>

namespace terrace::resource {

/// How many whole lists each tenant has under way at once in this process, so that one tenant's programs do not hold
/// the connections, batches and slow lanes that all share. For any thread; outlives the places that it gives.
class DownloadPlaces {
  public:
    /// `most`: of one tenant, at least 1.
    explicit DownloadPlaces(std::size_t most) : most_(most) {}

    /// Free again when it is destroyed: at the end of the download, or when its client has gone.
    class Place {
      public:
        Place(DownloadPlaces& places, const Uuid& tenant) : places_(&places), tenant_(tenant) {}
        Place(Place&& other) noexcept;
        Place& operator=(Place&&) = delete;
        ~Place();

      private:
        DownloadPlaces* places_;
        Uuid tenant_;
    };

    /// Nothing when the tenant has as many as it may.
    std::optional<Place> take(const Uuid& tenant);

  private:
    void give_back(const Uuid& tenant);

    const std::size_t most_;
    std::mutex mutex_;
    std::map<Uuid, std::size_t> taken_;  ///< of tenants that have any
};

}  // namespace terrace::resource
