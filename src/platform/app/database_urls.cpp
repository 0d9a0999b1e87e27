#include "platform/app/database_urls.hpp"

#include "platform/db/conninfo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
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

std::string contents(const std::string& path) {
    std::ifstream in(path);
    std::string text;
    if (!std::getline(in, text)) throw std::runtime_error(fmt::format("cannot read {}", path));
    return text;
}

/// `env:NAME` or `file:/path`, as the catalog has it of a cluster.
std::string follow(const std::string& reference) {
    const auto colon = reference.find(':');
    const std::string where = reference.substr(colon + 1);
    if (reference.starts_with("file:")) return contents(where);
    const char* value = std::getenv(where.c_str());
    if (!value || !*value) throw std::runtime_error(fmt::format("{} is not set", where));
    return value;
}

/// The main cluster is where the shared tables are, whatever its reference says to an administrator.
std::string own_database_url(const std::string& app_url, const std::string& password, const db::Place& place) {
    if (place.cluster == "main") return db::with_conninfo(app_url, {{"dbname", place.database}});
    return db::with_conninfo(follow(place.url_reference),
                             {{"user", "terrace_app"}, {"password", password}, {"dbname", place.database}});
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
