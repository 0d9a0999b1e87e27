#pragma once

#include "platform/db/database.hpp"
#include "platform/tenancy/places/spot.hpp"

#include <string>

/// Where the clusters are that the catalog names (catalog.cluster). It holds references to their URLs and no secret:
/// `url_reference` is followed by servers, who sign in as terrace_app, `admin_reference` by commands, who are
/// administrators; where there is no second one, commands follow the first. The main cluster is where the
/// installation's own database is, by DATABASE_URL. Every function throws std::runtime_error without a secret in it.
namespace terrace::tenancy {

/// The URL of a database on the cluster that servers find at `url_reference`, as `role` with `password`; an URL that
/// names that role with a password keeps it.
std::string cluster_url_as(const std::string& url_reference, const std::string& role, const std::string& password,
                           const std::string& database);

/// Refuses a place of that mode on that cluster: shared tables and schemas are the installation's own database's.
void require_cluster(Isolation isolation, const std::string& cluster);

/// The clusters as an administrator reaches them. `installation` must outlive it.
class Clusters {
  public:
    /// `main_url`: the installation's own database, to which `installation` is connected.
    Clusters(db::AdminConnection& installation, std::string main_url);

    /// Of a database on that cluster; with an empty name, of the one that its URL names.
    std::string url(const std::string& cluster, const std::string& database) const;
    Side side(const Spot& spot) const;
    /// Says which cluster could not be reached. Waits ten seconds at most.
    db::AdminConnection connect(const std::string& cluster, const std::string& database) const;
    /// To the database in which the spot is.
    db::AdminConnection connect(const Spot& spot) const;
    /// Whoever is connected to it is thrown out; does nothing where it is not there.
    void drop_database(const std::string& cluster, const std::string& database) const;

  private:
    db::AdminConnection& installation_;
    std::string main_url_;
};

}  // namespace terrace::tenancy
