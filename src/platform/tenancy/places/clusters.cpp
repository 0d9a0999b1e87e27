#include "platform/tenancy/places/clusters.hpp"

#include "platform/base/secret_reference.hpp"
#include "platform/db/conninfo.hpp"

#include <fmt/format.h>

#include <map>
#include <stdexcept>
#include <utility>

namespace terrace::tenancy {
namespace {

/// What is wrong with it is said of the reference: the text that it leads to is a secret.
std::string with_values(const std::string& reference, const std::map<std::string, std::string>& values) {
    const std::string url = read_secret_reference(reference);
    try {
        return db::with_conninfo(url, values);
    } catch (const std::runtime_error& fault) {
        throw std::runtime_error(fmt::format("{}: {}", reference, fault.what()));
    }
}

}  // namespace

std::string cluster_url_as(const std::string& url_reference, const std::string& role, const std::string& password,
                           const std::string& database) {
    const std::string url = with_values(url_reference, {{"dbname", database}});
    const bool is_theirs =
        db::conninfo_value(url, "user", "") == role && !db::conninfo_value(url, "password", "").empty();
    return is_theirs ? url : db::with_conninfo(url, {{"user", role}, {"password", password}});
}

void require_cluster(Isolation isolation, const std::string& cluster) {
    if (isolation == Isolation::database || cluster == main_cluster) return;
    throw std::runtime_error(fmt::format(
        "only databases of one tenant each are on other clusters: mode {} is in the installation's own database, on {}",
        to_string(isolation), main_cluster));
}

Clusters::Clusters(db::AdminConnection& installation, std::string main_url)
    : installation_(installation), main_url_(std::move(main_url)) {}

std::string Clusters::url(const std::string& cluster, const std::string& database) const {
    std::map<std::string, std::string> values;
    if (!database.empty()) values.emplace("dbname", database);
    if (cluster == main_cluster) return db::with_conninfo(main_url_, values);
    const db::Rows rows =
        installation_.run("select coalesce(admin_reference, url_reference) from catalog.cluster where name = $1",
                          db::Params().add(cluster));
    if (rows.empty()) throw std::runtime_error(fmt::format("no cluster has the name {}", cluster));
    try {
        return with_values(std::string(rows.text(0, 0)), values);
    } catch (const std::runtime_error& fault) {
        throw std::runtime_error(fmt::format("where the cluster {} is cannot be told: {}", cluster, fault.what()));
    }
}

Side Clusters::side(const Spot& spot) const {
    return {.url = spot.apart() ? url(spot.cluster, spot.name) : main_url_, .schema = spot.schema()};
}

db::AdminConnection Clusters::connect(const std::string& cluster, const std::string& database) const {
    const std::string at = url(cluster, database);
    try {
        return db::AdminConnection(at);
    } catch (const std::runtime_error& fault) {
        if (cluster == main_cluster) throw;
        throw std::runtime_error(fmt::format("the cluster {} cannot be reached: {}", cluster, fault.what()));
    }
}

db::AdminConnection Clusters::connect(const Spot& spot) const {
    return spot.apart() ? connect(spot.cluster, spot.name) : connect(main_cluster, "");
}

void Clusters::drop_database(const std::string& cluster, const std::string& database) const {
    connect(cluster, "").run("drop database if exists " + database + " with (force)");
}

}  // namespace terrace::tenancy
