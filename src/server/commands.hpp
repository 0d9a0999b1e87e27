#pragma once

namespace CLI {
class App;
}

/// The commands of `terrace`, a file each. Each adds itself to the command line; its callback runs it and throws
/// std::runtime_error with a sentence for the person at the terminal, or CLI::RuntimeError with an exit code.
namespace terrace::server {

void add_serve(CLI::App& app);
void add_migrate(CLI::App& app);
void add_cluster(CLI::App& app);
void add_tenant(CLI::App& app);
/// `tenant export` and `tenant import`, below `tenant`.
void add_tenant_data(CLI::App& tenant);
/// `tenant suspend|read-only|reactivate|delete|erase-due|certificate`, below `tenant`.
void add_tenant_life_cycle(CLI::App& tenant);
void add_user(CLI::App& app);
void add_keys(CLI::App& app);
void add_seed(CLI::App& app);
void add_openapi(CLI::App& app);
void add_routes(CLI::App& app);
void add_doctor(CLI::App& app);

}  // namespace terrace::server
