#include "conformance/product.hpp"
#include "platform/api/openapi.hpp"
#include "platform/app/database_urls.hpp"
#include "platform/app/loop.hpp"
#include "platform/app/offline_api.hpp"
#include "platform/base/log.hpp"
#include "platform/db/migrate.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

/// `terrace_conformance migrate`, `serve` and `openapi`, over the variables of `terrace serve --help`: the platform
/// with the gadgets on it. Only tests/conformance starts it.
namespace terrace::conformance {
namespace {

Config load_config() {
    auto [config, faults] = read_config_from_environment();
    std::string message;
    for (const auto& fault : faults) message += fault + "\n";
    if (!message.empty()) throw std::runtime_error(message);
    log::start(log::Level::info, true);
    return config;
}

/// The platform's tables, then the gadgets': a folder of their own, so that no other installation has them.
void migrate() {
    const Config config = load_config();
    for (const std::string_view folder : {"/migrations", "/src/conformance/migrations"})
        db::migrate({.admin_url = config.database_url,
                     .directory = std::string(TERRACE_SOURCE_DIR).append(folder),
                     .app_password = config.role_password("terrace_app"),
                     .platform_password = config.role_password("terrace_platform"),
                     .progress = {}});
}

void serve() {
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread: this one alone takes them

    auto config = load_config();
    auto options = app::database_options(config);
    app::Process process(std::move(config), product(), std::move(options));
    auto server = app::make_server(process);
    server.start();
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
}

int run(std::string_view command) {
    try {
        if (command == "migrate") {
            migrate();
            return 0;
        }
        if (command == "serve") {
            serve();
            return 0;
        }
        if (command == "openapi") {
            app::with_api(product(), [](const api::Api& api) { std::puts(api::openapi(api).c_str()); });
            return 0;
        }
        std::fputs("usage: terrace_conformance migrate|serve|openapi\n", stderr);
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "terrace_conformance: %s\n", error.what());
        return 1;
    }
}

}  // namespace
}  // namespace terrace::conformance

int main(int argc, char** argv) {
    return terrace::conformance::run(argc == 2 ? argv[1] : "");
}
