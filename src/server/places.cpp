#include "server/places.hpp"

#include "platform/tenancy/places/place_maker.hpp"
#include "server/environment.hpp"

namespace terrace::server {

std::size_t make_spare_places(const Config& config, Isolation isolation, std::size_t count,
                              const std::string& cluster) {
    tenancy::require_cluster(isolation, cluster);
    if (isolation == Isolation::shared) return 0;
    return tenancy::PlaceMaker(admin_url(config), migrations_directory()).fill(isolation, count, cluster);
}

}  // namespace terrace::server
