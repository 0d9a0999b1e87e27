#include "platform/tenancy/places/cluster_list.hpp"

#include "platform/db/admin_transaction.hpp"
#include "platform/db/advisory_lock.hpp"
#include "platform/db/migrate.hpp"
#include "platform/db/self_check.hpp"
#include "platform/tenancy/places/clusters.hpp"

#include <fmt/format.h>

#include <regex>
#include <stdexcept>

namespace terrace::tenancy {
namespace {

void check_words(const NewCluster& cluster) {
    static const std::regex name("[a-z][a-z0-9-]{0,38}"), reference("env:[A-Z][A-Z0-9_]*|file:/.+");
    if (!std::regex_match(cluster.name, name))
        throw std::runtime_error("the name of a cluster has a-z, 0-9 and '-', and begins with a letter");
    for (const std::string& each : {cluster.url_reference, cluster.admin_reference})
        if (!each.empty() && !std::regex_match(each, reference))
            throw std::runtime_error(
                "a reference is env:NAME (capitals, digits, '_') or file:/path: an URL holds a password, which has no "
                "place in the catalog or on a command line");
}

/// Rows are compared by PostgreSQL's own hashes and copied in its binary form: both sides must be of one version.
void check_server(db::AdminConnection& there, db::AdminConnection& installation) {
    constexpr const char* major = "select current_setting('server_version_num')::int / 10000, pg_is_in_recovery()";
    const db::Rows far = there.run(major), near = installation.run(major);
    if (far.boolean(0, 1)) throw std::runtime_error("it is a stand-by, which takes no writes");
    if (far.integer(0, 0) != near.integer(0, 0))
        throw std::runtime_error(fmt::format("it runs PostgreSQL {}, the main cluster {}: they must be of one version",
                                             far.integer(0, 0), near.integer(0, 0)));
    for (const db::Finding& finding : db::check_server(there))
        throw std::runtime_error(fmt::format("{}: {}", finding.problem, finding.mend));
}

void insert(db::AdminConnection& installation, const NewCluster& cluster) {
    installation.run(
        "insert into catalog.cluster (name, url_reference, admin_reference) values ($1, $2, nullif($3, ''))",
        db::Params().add(cluster.name).add(cluster.url_reference).add(cluster.admin_reference));
}

}  // namespace

void add_cluster(const NewCluster& cluster) {
    check_words(cluster);
    db::AdminConnection installation(cluster.admin_url);
    if (!installation.run("select from catalog.cluster where name = $1", db::Params().add(cluster.name)).empty())
        throw std::runtime_error(
            fmt::format("the cluster {} is there already; where it is can change behind its reference", cluster.name));
    // Seen by this transaction alone until all is well.
    db::AdminTransaction transaction(installation);
    insert(installation, cluster);
    db::AdminConnection there = Clusters(installation, cluster.admin_url).connect(cluster.name, "");
    check_server(there, installation);
    db::make_cluster_roles(there, cluster.app_password, cluster.platform_password);
    const std::string database(there.run("select current_database()").text(0, 0));
    try {
        const db::AdminConnection server(
            cluster_url_as(cluster.url_reference, "terrace_app", cluster.app_password, database));
    } catch (const std::runtime_error& fault) {
        throw std::runtime_error(fmt::format("servers could not sign in there: {}", fault.what()));
    }
    transaction.commit();
}

std::vector<ListedCluster> list_clusters(const std::string& admin_url) {
    db::AdminConnection installation(admin_url);
    const Clusters clusters(installation, admin_url);
    const db::Rows rows = installation.run(
        "select name, url_reference, coalesce(admin_reference, ''),"
        " (select count(*) from catalog.place p where p.cluster = c.name and p.isolation = 'database'),"
        " (select count(*) from catalog.place p where p.cluster = c.name and p.isolation = 'database'"
        "   and p.taken_at is null),"
        " (select count(*) from catalog.tenant t where t.cluster = c.name)"
        " from catalog.cluster c order by name <> 'main', name");
    std::vector<ListedCluster> found;
    found.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        ListedCluster cluster{.name = std::string(rows.text(row, 0)),
                              .url_reference = std::string(rows.text(row, 1)),
                              .admin_reference = std::string(rows.text(row, 2)),
                              .fault = {},
                              .databases = rows.integer(row, 3),
                              .spare = rows.integer(row, 4),
                              .tenants = rows.integer(row, 5)};
        try {
            const db::AdminConnection there = clusters.connect(cluster.name, "");
        } catch (const std::runtime_error& fault) {
            cluster.fault = fault.what();
        }
        found.push_back(std::move(cluster));
    }
    return found;
}

/// The turn of makers of places keeps new ones away meanwhile.
void remove_cluster(const std::string& admin_url, const std::string& name) {
    if (name == main_cluster) throw std::runtime_error("the main cluster holds the catalog and stays");
    db::AdminConnection installation(admin_url);
    const Clusters clusters(installation, admin_url);
    db::AdminTransaction transaction(installation);
    installation.run("select pg_catalog.pg_advisory_xact_lock($1::bigint)",
                     db::Params().add(db::advisory_lock_key("make places", Uuid{})));
    const db::Params named = db::Params().add(name);
    if (installation.run("select from catalog.cluster where name = $1 for update", named).empty())
        throw std::runtime_error(fmt::format("no cluster has the name {}", name));
    const db::Rows held = installation.run(
        "select (select count(*) from catalog.tenant where cluster = $1)"
        " + (select count(*) from catalog.place where cluster = $1 and taken_at is not null and state <> 'making')",
        named);
    if (held.integer(0, 0) > 0)
        throw std::runtime_error(fmt::format("tenants are on {}, or leave it: move them elsewhere first", name));
    const db::Rows spare = installation.run("delete from catalog.place where cluster = $1 returning name", named);
    for (std::size_t row = 0; row < spare.size(); ++row) clusters.drop_database(name, std::string(spare.text(row, 0)));
    installation.run("delete from catalog.cluster where name = $1", named);
    transaction.commit();
}

}  // namespace terrace::tenancy
