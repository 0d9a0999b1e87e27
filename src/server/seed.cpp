#include "server/commands.hpp"

#include <CLI/CLI.hpp>

namespace terrace::server {
void add_seed(CLI::App& app) {
    app.add_subcommand("seed", "Fill an empty installation with demo clinics");
}
}  // namespace terrace::server
