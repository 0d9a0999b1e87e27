#pragma once

#include "platform/db/database.hpp"

#include <optional>
#include <string>

namespace terrace::testing {

/// Makes scopes without the tenancy directory, for tests of what lies below it.
class ScopeMaker {
  public:
    static db::TenantScope make(db::Place place);
};

/// A migrated database of the test process: made at first use on the cluster that TERRACE_TEST_DATABASE_URL names (an
/// administrator's URL), dropped at exit. Tests share it; what a test needs for itself is a fresh tenant.
class TestDatabase {
  public:
    /// Throws std::runtime_error that says what to do when the variable is not set.
    static TestDatabase& instance();

    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;
    ~TestDatabase();

    const std::string& name() const { return name_; }
    /// An administrator's URL of the cluster, for what concerns the database as a whole.
    const std::string& cluster_url() const { return cluster_url_; }
    const std::string& admin_url() const { return admin_url_; }
    const std::string& app_url() const { return app_url_; }
    const std::string& platform_url() const { return platform_url_; }

    /// Few connections, so that many test programs fit on one cluster.
    db::DatabaseOptions options() const;
    /// An administrator's connection to this database.
    db::AdminConnection admin() const { return db::AdminConnection(admin_url_); }
    /// An administrator's connection that is kept to the end, for what leaves nothing behind in its session. Of the
    /// tests' own thread.
    db::AdminConnection& kept();
    /// A statement on it; it is made anew when a test has ended it.
    db::Rows run(const std::string& sql, const db::Params& params = {});
    /// A place for a new tenant in `shared.tenant_place` and the scope over it; nothing in the catalog.
    db::TenantScope tenant();

  private:
    TestDatabase();

    std::string name_;
    std::string cluster_url_;
    std::string admin_url_;
    std::string app_url_;
    std::string platform_url_;
    std::optional<db::AdminConnection> kept_;
};

}  // namespace terrace::testing
