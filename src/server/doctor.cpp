#include "clinic/product.hpp"
#include "platform/app/database_urls.hpp"
#include "platform/db/self_check.hpp"
#include "platform/resource/query/index_check.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace terrace::server {

namespace {

std::vector<db::Finding> check_indexes(const std::string& app_url) {
    std::vector<db::Finding> findings;
    db::AdminConnection app(app_url);
    for (const resource::Resource* resource : clinic::product().resources)
        std::ranges::move(resource::check_indexes(*resource, app), std::back_inserter(findings));
    return findings;
}

void print(const std::vector<db::Finding>& findings, std::string_view none) {
    for (const auto& finding : findings) fmt::print("✗ {}\n  mend: {}\n", finding.problem, finding.mend);
    if (findings.empty()) fmt::print("✓ {}\n", none);
}

void doctor() {
    const auto config = load_config();
    const auto options = app::database_options(config);
    const auto wall = db::self_check(options.app_url, options.platform_url);
    print(wall, "The wall between tenants stands: roles, tables, policies, keys and grants are as they must be.");
    const auto indexes = check_indexes(options.app_url);
    print(indexes, "Every filter, search and ordering of the lists is served by an index under row-level security.");
    if (!wall.empty() || !indexes.empty()) throw CLI::RuntimeError(1);
}

}  // namespace

void add_doctor(CLI::App& app) {
    app.add_subcommand("doctor",
                       "Check the wall between tenants and the indexes of lists, and print what mends them; exit code "
                       "1 on a finding")
        ->callback(doctor);
}

}  // namespace terrace::server
