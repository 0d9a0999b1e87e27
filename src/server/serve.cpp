#include "clinic/product.hpp"
#include "platform/app/database_urls.hpp"
#include "platform/app/loop.hpp"
#include "platform/base/log.hpp"
#include "platform/db/self_check.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <csignal>
#include <stdexcept>

namespace terrace::server {

namespace {

/// A wall with a hole serves nobody (docs/tenancy.md).
void refuse_broken_wall(const db::DatabaseOptions& options) {
    const auto findings = db::self_check(options.app_url, options.platform_url);
    if (findings.empty()) return;
    std::string message = "refusing to serve: the wall between tenants has a hole (terrace doctor prints the mend)";
    for (const auto& finding : findings) message += "\n  " + finding.problem;
    throw std::runtime_error(message);
}

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

void serve() {
    std::signal(SIGPIPE, SIG_IGN);
    const auto signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread: this one alone takes them, by sigwait

    auto config = load_config();
    auto options = app::database_options(config);
    refuse_broken_wall(options);
    app::Process process(std::move(config), clinic::product(), std::move(options));
    auto server = app::make_server(process);
    server.start();
    log::info("serving", {{"address", process.config.bind_address}, {"port", server.port()}});

    int signal = 0;
    sigwait(&signals, &signal);
    log::info("draining", {{"signal", signal}});
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);  // a second one ends the process at once
    server.stop();
    log::info("stopped");
}

std::string variables() {
    std::string text = "Environment variables:\n";
    for (const auto& variable : config_variables()) {
        text += fmt::format("  {:<28} {}", variable.name, variable.meaning);
        if (!variable.fallback.empty()) text += fmt::format(" ({})", variable.fallback);
        text += '\n';
    }
    return text;
}

}  // namespace

void add_serve(CLI::App& app) {
    app.add_subcommand("serve", "Answer the API until SIGTERM, then drain")->footer(variables())->callback(serve);
}

}  // namespace terrace::server
