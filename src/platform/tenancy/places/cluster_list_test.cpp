#include "platform/tenancy/places/cluster_list.hpp"

#include "platform/tenancy/places/clusters.hpp"
#include "platform/tenancy/places/migrate_places.hpp"
#include "platform/tenancy/places/test_clusters.hpp"
#include "platform/testing/source_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace terrace::tenancy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using testing::TestDatabase;

template <class Work>
std::string fault_of(Work work) {
    try {
        work();
    } catch (const std::runtime_error& fault) {
        return fault.what();
    }
    return "";
}

class ClusterListTest : public ::testing::Test, protected TestClusters {
  protected:
    static std::vector<ListedCluster> list() { return list_clusters(TestDatabase::instance().admin_url()); }
    static void remove() { remove_cluster(TestDatabase::instance().admin_url(), "east"); }
    static MigratePlacesOutcome migrate() {
        return migrate_places({.admin_url = TestDatabase::instance().admin_url(),
                               .directory = testing::migrations_dir(),
                               .app_password = password(),
                               .platform_password = password(),
                               .paused = {},
                               .progress = {}});
    }
};

TEST_F(ClusterListTest, AddsOneThatItReaches) {
    add_cluster(east());
    const auto all = list();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "main");
    EXPECT_EQ(all[1].name, "east");
    EXPECT_EQ(all[1].fault, "");
    EXPECT_THAT(fault_of([] { add_cluster(east()); }), HasSubstr("is there already"));
}

TEST_F(ClusterListTest, AddsNoneThatItDoesNotReach) {
    set("postgresql://someone:hunter2@/postgres?host=/nowhere");
    const std::string fault = fault_of([] { add_cluster(east()); });
    EXPECT_THAT(fault, HasSubstr("the cluster east cannot be reached"));
    EXPECT_THAT(fault, Not(HasSubstr("hunter2")));
    EXPECT_EQ(count("catalog.cluster"), 1);
}

TEST_F(ClusterListTest, SaysNothingOfWhatAReferenceHolds) {
    set("hunter2");
    const std::string fault = fault_of([] { add_cluster(east()); });
    EXPECT_THAT(fault, HasSubstr("env:TERRACE_TEST_EAST_URL: not a PostgreSQL URL"));
    EXPECT_THAT(fault, Not(HasSubstr("hunter2")));
}

TEST_F(ClusterListTest, RefusesAnUrlInPlaceOfAReference) {
    NewCluster wrong = east();
    wrong.url_reference = "postgresql://someone:hunter2@host/postgres";
    EXPECT_THAT(fault_of([&] { add_cluster(wrong); }), HasSubstr("a reference is env:NAME"));
    wrong = east();
    wrong.name = "East";
    EXPECT_THAT(fault_of([&] { add_cluster(wrong); }), HasSubstr("the name of a cluster"));
}

TEST_F(ClusterListTest, LooksForAnAdministratorAtTheSecondReference) {
    NewCluster apart = east();
    apart.admin_reference = apart.url_reference;
    apart.url_reference = "env:TERRACE_TEST_EAST_APP_URL";
    ::setenv("TERRACE_TEST_EAST_APP_URL", TestDatabase::instance().app_url().c_str(), 1);
    add_cluster(apart);
    EXPECT_EQ(list()[1].fault, "");
    ::unsetenv("TERRACE_TEST_EAST_APP_URL");
    EXPECT_EQ(list()[1].fault, "") << "commands need the second alone";
}

TEST_F(ClusterListTest, AServersUrlIsThatOfItsRole) {
    set("postgresql://someone:hunter2@east:5433/postgres?sslmode=require");
    const std::string url = cluster_url_as("env:TERRACE_TEST_EAST_URL", "terrace_app", "derived", "t_1");
    EXPECT_EQ(db::conninfo_value(url, "user", ""), "terrace_app");
    EXPECT_EQ(db::conninfo_value(url, "password", ""), "derived");
    EXPECT_EQ(db::conninfo_value(url, "dbname", ""), "t_1");
    EXPECT_EQ(db::conninfo_value(url, "host", ""), "east");
    EXPECT_EQ(db::conninfo_value(url, "sslmode", ""), "require");
    set("postgresql://terrace_app:its-own@east/postgres");
    EXPECT_EQ(db::conninfo_value(cluster_url_as("env:TERRACE_TEST_EAST_URL", "terrace_app", "derived", "t_1"),
                                 "password", ""),
              "its-own");
}

TEST_F(ClusterListTest, HasDatabasesAndNoSchemas) {
    add_cluster(east());
    EXPECT_EQ(maker().fill(Isolation::database, 1, "east"), 1U);
    EXPECT_EQ(maker().fill(Isolation::database, 1, "east"), 0U);
    EXPECT_EQ(text("select cluster from catalog.place"), "east");
    EXPECT_EQ(maker().fill(Isolation::database, 1), 1U) << "those of another cluster are none of the main one";
    EXPECT_THAT(fault_of([] { maker().fill(Isolation::schema, 1, "east"); }),
                HasSubstr("only databases of one tenant each are on other clusters"));
    EXPECT_THAT(fault_of([] { maker().fill(Isolation::database, 1, "west"); }),
                HasSubstr("no cluster has the name west"));
}

TEST_F(ClusterListTest, GoesWithItsSpareDatabasesButNotWithATenant) {
    add_cluster(east());
    maker().fill(Isolation::database, 1, "east");
    const std::string database = text("select name from catalog.place");
    admin.run("update catalog.place set taken_at = now()");
    EXPECT_THAT(fault_of(remove), HasSubstr("tenants are on east"));
    admin.run("update catalog.place set taken_at = null");
    remove();
    EXPECT_EQ(list().size(), 1U);
    EXPECT_EQ(count("catalog.place"), 0);
    EXPECT_EQ(count("pg_database where datname = '" + database + "'"), 0);
    EXPECT_THAT(fault_of([] { remove_cluster(TestDatabase::instance().admin_url(), "main"); }), HasSubstr("stays"));
}

TEST_F(ClusterListTest, KeepsHalfMadePlacesOfOneThatIsAwayForLater) {
    add_cluster(east());
    maker().fill(Isolation::database, 1, "east");
    admin.run("update catalog.place set state = 'making'");
    take_away();
    EXPECT_EQ(maker().fill(Isolation::schema, 1), 1U) << "others are not held up";
    EXPECT_THAT(fault_of([] { maker().remove_half_made(); }), HasSubstr("the cluster east cannot be reached"));
    EXPECT_EQ(count("catalog.place where cluster = 'east'"), 1);
    set(TestDatabase::instance().cluster_url());
    maker().remove_half_made();
    EXPECT_EQ(count("catalog.place where cluster = 'east'"), 0);
}

TEST_F(ClusterListTest, WhileItIsAwayMigrationsReachTheOthers) {
    add_cluster(east());
    maker().fill(Isolation::database, 1, "east");
    maker().fill(Isolation::database, 1);
    const std::string pending = "catalog.place where fingerprint = ''";
    admin.run("update catalog.place set fingerprint = ''");
    take_away();
    const auto outcome = migrate();
    EXPECT_EQ(outcome.migrated, 1U);
    EXPECT_THAT(outcome.failed, IsEmpty());
    EXPECT_THAT(outcome.unreachable, ElementsAre(Key("east")));
    EXPECT_EQ(outcome.out_of_reach, 1U);
    EXPECT_EQ(count(pending + " and cluster = 'east' and state = 'ready'"), 1);
    EXPECT_EQ(list()[1].fault.substr(0, 34), "the cluster east cannot be reached");
    set(TestDatabase::instance().cluster_url());
    EXPECT_EQ(migrate().migrated, 1U);
    EXPECT_EQ(count(pending), 0);
}

}  // namespace
}  // namespace terrace::tenancy
