#include "clinic/product.hpp"
#include "platform/app/database_urls.hpp"
#include "platform/db/advisory_lock.hpp"
#include "platform/db/conninfo.hpp"
#include "platform/db/self_check.hpp"
#include "platform/resource/query/index_check.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
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

bool is_held(db::AdminConnection& connection, std::int64_t advisory_lock) {
    return connection
        .run(
            "select exists (select from pg_locks where locktype = 'advisory' and granted and objsubid = 1"
            " and database = (select oid from pg_database where datname = current_database())"
            " and classid::bigint << 32 | objid::bigint = $1)",
            db::Params().add(advisory_lock))
        .boolean(0, 0);
}

/// Moves that a kill has cut off, which nothing goes on with by itself.
std::vector<db::Finding> check_moves(const std::string& platform_url) {
    std::vector<db::Finding> findings;
    db::AdminConnection connection(platform_url);
    const auto moves = connection.run(
        "select t.id, t.slug, m.isolation, m.phase from catalog.tenant_move m join catalog.tenant t on t.id = "
        "m.tenant_id"
        " order by t.slug");
    for (std::size_t row = 0; row < moves.size(); ++row) {
        if (is_held(connection, db::move_lock_key(moves.uuid(row, 0)))) continue;
        const auto slug = moves.text(row, 1), mode = moves.text(row, 2);
        findings.push_back({fmt::format("the move of {} to mode {} was cut off{}", slug, mode,
                                        moves.text(row, 3) == "left" ? ", and nobody reaches it until it ends" : ""),
                            fmt::format("terrace tenant move {} --to {}", slug, mode)});
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
    const auto moves = check_moves(options.platform_url);
    print(moves, "No move of a tenant was cut off.");
    if (!wall.empty() || !indexes.empty() || !moves.empty()) throw CLI::RuntimeError(1);
}

}  // namespace

void add_doctor(CLI::App& app) {
    app.add_subcommand(
           "doctor",
           "Check the wall between tenants, the indexes of lists and moves that were cut off, and print what "
           "mends them; exit code 1 on a finding")
        ->callback(doctor);
}

}  // namespace terrace::server
