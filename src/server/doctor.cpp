#include "clinic/product.hpp"
#include "platform/app/database_urls.hpp"
#include "platform/db/advisory_lock.hpp"
#include "platform/db/conninfo.hpp"
#include "platform/db/self_check.hpp"
#include "platform/resource/query/index_check.hpp"
#include "platform/tenancy/places/clusters.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <stdexcept>
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

/// How the roles of servers reach a database of one tenant.
struct OwnDatabase {
    std::string app_url, platform_url;
};

OwnDatabase find_own_database(const db::DatabaseOptions& options, const Config& config, const db::Place& place) {
    const std::string app_url = options.own_database_url(place);
    if (place.cluster == tenancy::main_cluster)
        return {app_url, db::with_conninfo(options.platform_url, {{"dbname", place.database}})};
    constexpr const char* platform = "terrace_platform";
    return {app_url, db::with_conninfo(app_url, {{"user", platform}, {"password", config.role_password(platform)}})};
}

/// The wall in each database of one tenant. A cluster that cannot be reached is named once, and its databases are left
/// out.
std::vector<db::Finding> check_own_databases(const db::DatabaseOptions& options, const Config& config) {
    std::vector<db::Finding> findings;
    std::set<std::string> away;
    db::AdminConnection catalog(options.platform_url);
    const auto places = catalog.run(
        "select p.name, c.name, c.url_reference from catalog.place p join catalog.cluster c on c.name = p.cluster"
        " where isolation = 'database' and state <> 'making' order by c.name, p.name");
    for (std::size_t row = 0; row < places.size(); ++row) {
        const db::Place place{.isolation = Isolation::database,
                              .database = std::string(places.text(row, 0)),
                              .cluster = std::string(places.text(row, 1)),
                              .url_reference = std::string(places.text(row, 2))};
        if (away.contains(place.cluster)) continue;
        try {
            const OwnDatabase at = find_own_database(options, config, place);
            for (auto& finding : db::self_check(at.app_url, at.platform_url))
                findings.push_back(
                    {fmt::format("in the database {} on {}: {}", place.database, place.cluster, finding.problem),
                     std::move(finding.mend)});
        } catch (const std::runtime_error& fault) {
            if (place.cluster == tenancy::main_cluster) throw;
            away.insert(place.cluster);
            findings.push_back(
                {fmt::format("the database {} on the cluster {} cannot be reached: {}", place.database, place.cluster,
                             fault.what()),
                 fmt::format("see that PostgreSQL runs there and that {} leads to it; `terrace cluster list` tells",
                             place.url_reference)});
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

/// Imports that a kill has cut off: they have left no rows, but every process looks twice at where the tenant is.
std::vector<db::Finding> check_imports(const std::string& platform_url) {
    std::vector<db::Finding> findings;
    db::AdminConnection connection(platform_url);
    const auto tenants = connection.run(
        "select t.id, t.slug from catalog.tenant t where t.moving"
        " and not exists (select from catalog.tenant_move m where m.tenant_id = t.id) order by t.slug");
    for (std::size_t row = 0; row < tenants.size(); ++row) {
        if (is_held(connection, db::move_lock_key(tenants.uuid(row, 0)))) continue;
        findings.push_back({fmt::format("an import into {} was cut off; it has left no rows", tenants.text(row, 1)),
                            fmt::format("terrace tenant settle {}", tenants.text(row, 1))});
    }
    return findings;
}

/// Moves that a kill has cut off, which nothing goes on with by itself.
std::vector<db::Finding> check_moves(const std::string& platform_url) {
    std::vector<db::Finding> findings;
    db::AdminConnection connection(platform_url);
    const auto moves = connection.run(
        "select t.id, t.slug, m.isolation, m.phase, case when p.isolation = 'database' then ' --cluster ' || p.cluster"
        " else '' end from catalog.tenant_move m join catalog.tenant t on t.id = m.tenant_id"
        " left join catalog.place p on p.name = m.place_name order by t.slug");
    for (std::size_t row = 0; row < moves.size(); ++row) {
        if (is_held(connection, db::move_lock_key(moves.uuid(row, 0)))) continue;
        const auto slug = moves.text(row, 1), mode = moves.text(row, 2);
        findings.push_back({fmt::format("the move of {} to mode {} was cut off{}", slug, mode,
                                        moves.text(row, 3) == "left" ? ", and nobody reaches it until it ends" : ""),
                            fmt::format("terrace tenant move {} --to {}{}", slug, mode, moves.text(row, 4))});
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
    std::ranges::move(check_own_databases(options, config), std::back_inserter(wall));
    print(wall, "The wall between tenants stands: roles, tables, policies, keys and grants are as they must be.");
    const auto indexes = check_indexes(options.app_url);
    print(indexes, "Every filter, search and ordering of the lists is served by an index under row-level security.");
    const auto moves = check_moves(options.platform_url);
    print(moves, "No move of a tenant was cut off.");
    const auto imports = check_imports(options.platform_url);
    print(imports, "No import into a tenant was cut off.");
    if (!wall.empty() || !indexes.empty() || !moves.empty() || !imports.empty()) throw CLI::RuntimeError(1);
}

}  // namespace

void add_doctor(CLI::App& app) {
    app.add_subcommand(
           "doctor",
           "Check the wall between tenants, the indexes of lists, and moves and imports that were cut off, and print "
           "what mends them; exit code 1 on a finding")
        ->callback(doctor);
}

}  // namespace terrace::server
