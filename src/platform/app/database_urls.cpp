#include "platform/app/database_urls.hpp"

#include "platform/db/conninfo.hpp"
#include "platform/tenancy/places/clusters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace terrace::app {

namespace {

std::string url_for(const std::string& url, const char* variable, const std::string& role, const Config& config) {
    if (url.empty() && config.database_url.empty())
        throw std::runtime_error(fmt::format("{} is not set: where does the role {} sign in?", variable, role));
    try {
        if (url.empty())
            return db::with_conninfo(config.database_url, {{"user", role}, {"password", config.role_password(role)}});
        if (!db::conninfo_value(url, "password", "").empty()) return url;
        return db::with_conninfo(url, {{"user", role}, {"password", config.role_password(role)}});
    } catch (const std::runtime_error& fault) {
        throw std::runtime_error(fmt::format("{}: {}", url.empty() ? "DATABASE_URL" : variable, fault.what()));
    }
}

/// The main cluster is where the shared tables are, whatever its reference says to an administrator.
std::string own_database_url(const std::string& app_url, const std::string& password, const db::Place& place) {
    if (place.cluster == "main") return db::with_conninfo(app_url, {{"dbname", place.database}});
    return tenancy::cluster_url_as(place.url_reference, "terrace_app", password, place.database);
}

}  // namespace

db::DatabaseOptions database_options(const Config& config) {
    std::string app_url = url_for(config.database_app_url, "DATABASE_APP_URL", "terrace_app", config);
    return {
        .app_url = app_url,
        .platform_url = url_for(config.database_platform_url, "DATABASE_PLATFORM_URL", "terrace_platform", config),
        .unnamed_statements = config.pooler_transaction,
        .own_database_connections = std::max<std::size_t>(1, config.own_database_connections / config.loops()),
        .own_database_url = [app_url, password = config.role_password("terrace_app")](
                                const db::Place& place) { return own_database_url(app_url, password, place); },
    };
}

}  // namespace terrace::app
