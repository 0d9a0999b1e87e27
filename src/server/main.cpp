#include "server/commands.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    // Who reads a command through a pipe hears of each step when it is taken.
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
    CLI::App app{"Terrace: a multi-tenant platform, and Terrace Clinic on it", "terrace"};
    app.require_subcommand(1);
    terrace::server::add_serve(app);
    terrace::server::add_migrate(app);
    terrace::server::add_cluster(app);
    terrace::server::add_tenant(app);
    terrace::server::add_user(app);
    terrace::server::add_keys(app);
    terrace::server::add_seed(app);
    terrace::server::add_openapi(app);
    terrace::server::add_routes(app);
    terrace::server::add_doctor(app);

    try {
        app.parse(argc, argv);
        return 0;
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "terrace: %s\n", error.what());
        return 1;
    }
}
