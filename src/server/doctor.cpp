#include "clinic/product.hpp"
#include "platform/app/database_urls.hpp"
#include "platform/db/conninfo.hpp"
#include "platform/db/self_check.hpp"
#include "platform/resource/query/index_check.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace terrace::server {

namespace {

std::vector<db::Finding> check_indexes(const std::string& app_url) {
    std::vector<db::Finding> findings;
    db::AdminConnection app(app_url);
    for (const resource::Resource* resource : clinic::product().resources)
        std::ranges::move(resource::check_indexes(*resource, app), std::back_inserter(findings));
    return findings;
}

/// The wall in each database of one tenant; those on other clusters are looked at where they are.
std::vector<db::Finding> check_own_databases(const db::DatabaseOptions& options) {
    std::vector<db::Finding> findings;
    const auto places = db::AdminConnection(options.platform_url)
                            .run(
                                "select name from catalog.place where isolation = 'database' and cluster = 'main'"
                                " and state <> 'making' order by name");
    for (std::size_t row = 0; row < places.size(); ++row) {
        const std::string name(places.text(row, 0));
        for (auto& finding : db::self_check(db::with_conninfo(options.app_url, {{"dbname", name}}),
                                            db::with_conninfo(options.platform_url, {{"dbname", name}}))) {
            findings.push_back({fmt::format("in the database {}: {}", name, finding.problem), std::move(finding.mend)});
        }
    }
    return findings;
}

void print(const std::vector<db::Finding>& findings, std::string_view none) {
    for (const auto& finding : findings) fmt::print("✗ {}\n  mend: {}\n", finding.problem, finding.mend);
    if (findings.empty()) fmt::print("✓ {}\n", none);
}

void doctor() {
    const auto config = load_config();
    const auto options = app::database_options(config);
    auto wall = db::self_check(options.app_url, options.platform_url);
    std::ranges::move(check_own_databases(options), std::back_inserter(wall));
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
