#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// The list of clusters in the catalog, beside the main one. An administrator's work, blocking; each throws
/// std::runtime_error with a sentence for the operator and no secret in it.
namespace terrace::tenancy {

struct NewCluster {
    std::string admin_url;        ///< of the installation's database
    std::string name;             ///< a-z, 0-9, '-'
    std::string url_reference;    ///< where servers find it: `env:NAME` or `file:/path`
    std::string admin_reference;  ///< where commands find it; empty: there too
    std::string app_password;     ///< of terrace_app
    std::string platform_password;
};

/// Reaches it as an administrator, looks at its version, makes the roles there, signs in as a server would, and only
/// then records it. Safe to repeat until it has.
void add_cluster(const NewCluster& cluster);

struct ListedCluster {
    std::string name;
    std::string url_reference, admin_reference;  ///< the second is empty where commands follow the first
    std::string fault;                           ///< why it cannot be reached as an administrator; empty: it can
    std::int64_t databases = 0;                  ///< of one tenant each, also those that are spare
    std::int64_t spare = 0;
    std::int64_t tenants = 0;
};

/// All of them, the main one first. Waits ten seconds at most for each that does not answer.
std::vector<ListedCluster> list_clusters(const std::string& admin_url);

/// Removes one on which no tenant is, and its spare databases. The roles stay there. A cluster without any database
/// need not be reached.
void remove_cluster(const std::string& admin_url, const std::string& name);

}  // namespace terrace::tenancy
