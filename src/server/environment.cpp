#include "server/environment.hpp"

#include "platform/base/log.hpp"

#include <cstdlib>
#include <stdexcept>

namespace terrace::server {

Config load_config() {
    auto [config, faults] = read_config_from_environment();
    if (!faults.empty()) {
        std::string message = "the configuration has faults:";
        for (const auto& fault : faults) message += "\n  " + fault;
        throw std::runtime_error(message);
    }
    log::start(log::Level::info, true);
    return config;
}

const std::string& admin_url(const Config& config) {
    if (config.database_url.empty())
        throw std::runtime_error(
            "DATABASE_URL is not set: this command needs an administrator's connection "
            "(bin/terrace sets it for the database of bin/up)");
    return config.database_url;
}

std::string migrations_directory() {
    if (const char* directory = std::getenv("TERRACE_MIGRATIONS")) return directory;
    return TERRACE_SOURCE_DIR "/migrations";
}

}  // namespace terrace::server
