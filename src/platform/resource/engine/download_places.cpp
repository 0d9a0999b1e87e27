#include "platform/resource/engine/download_places.hpp"

#include <utility>

namespace terrace::resource {

DownloadPlaces::Place::Place(Place&& other) noexcept
    : places_(std::exchange(other.places_, nullptr)), tenant_(other.tenant_) {}

DownloadPlaces::Place::~Place() {
    if (places_) places_->give_back(tenant_);
}

std::optional<DownloadPlaces::Place> DownloadPlaces::take(const Uuid& tenant) {
    const std::lock_guard lock(mutex_);
    std::size_t& taken = taken_[tenant];
    if (taken >= most_) return std::nullopt;
    ++taken;
    return std::optional<Place>(std::in_place, *this, tenant);
}

void DownloadPlaces::give_back(const Uuid& tenant) {
    const std::lock_guard lock(mutex_);
    const auto taken = taken_.find(tenant);
    if (--taken->second == 0) taken_.erase(taken);
}

}  // namespace terrace::resource
