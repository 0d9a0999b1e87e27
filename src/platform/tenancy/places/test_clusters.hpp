#pragma once

#include "platform/db/conninfo.hpp"
#include "platform/tenancy/places/cluster_list.hpp"
#include "platform/tenancy/places/test_places.hpp"

#include <cstdlib>
#include <string>

namespace terrace::tenancy {

/// A cluster of the catalog beside the main one. PostgreSQL is the same: what differs is how it is found. To a test
/// that wants it away it is somewhere else.
class TestClusters : public TestPlaces {
  public:
    TestClusters() { set(testing::TestDatabase::instance().cluster_url()); }
    ~TestClusters() { ::unsetenv(variable); }

    static void set(const std::string& url) { ::setenv(variable, url.c_str(), 1); }
    static void take_away() {
        set(db::with_conninfo(testing::TestDatabase::instance().cluster_url(), {{"host", "/nowhere"}}));
    }
    static std::string password() {
        return db::conninfo_value(testing::TestDatabase::instance().app_url(), "password", "");
    }
    static NewCluster east() {
        return {.admin_url = testing::TestDatabase::instance().admin_url(),
                .name = "east",
                .url_reference = std::string("env:") + variable,
                .admin_reference = {},
                .app_password = password(),
                .platform_password = password()};
    }

    static constexpr const char* variable = "TERRACE_TEST_EAST_URL";
};

}  // namespace terrace::tenancy
