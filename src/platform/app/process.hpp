#pragma once

#include "platform/access/permissions.hpp"
#include "platform/app/product.hpp"
#include "platform/app/readiness.hpp"
#include "platform/base/config.hpp"
#include "platform/db/database.hpp"
#include "platform/dns/resolver.hpp"
#include "platform/identity/identity.hpp"
#include "platform/resource/engine/download_places.hpp"
#include "platform/tenancy/change_feed.hpp"

#include <memory>

namespace terrace::app {

/// What the loops of one process share: read-only once made, or safe for any thread. Outlives every loop.
struct Process {
    Process(Config configuration, Product product_on_it, db::DatabaseOptions database_options);

    const Config config;
    const Product product;
    const db::DatabaseOptions database;
    const access::Catalogue catalogue;
    Readiness readiness;
    resource::DownloadPlaces downloads;
    tenancy::ChangeFeed feed;
    identity::Shared identity;
    std::unique_ptr<dns::Resolver> resolver;
};

}  // namespace terrace::app
