#pragma once

#include "platform/testing/database.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace terrace::testing {

/// A loop and a data layer on it over the test database.
class DataLayer {
  public:
    /// The one of a test program, made at first use and kept to the end: connections cost more than most tests do. A
    /// test that breaks, counts or configures connections makes its own.
    static DataLayer& shared();

    explicit DataLayer(db::DatabaseOptions options = TestDatabase::instance().options());
    DataLayer(const DataLayer&) = delete;
    DataLayer& operator=(const DataLayer&) = delete;
    ~DataLayer();

    boost::asio::io_context& loop() { return loop_; }
    db::Database& database() { return database_; }

    /// Lets what a test has started come to its end, before the objects go that it works on, and forgets the directory
    /// that the test had. The test fails where that takes twenty seconds.
    void settle();

  private:
    boost::asio::io_context loop_;
    db::Database database_;
};

/// What fixtures have that work on the shared one. Their destructors settle().
class DataLayerTest : public ::testing::Test {
  protected:
    static void settle() { DataLayer::shared().settle(); }
    /// One number from the database, past every policy; `$1` is the tenant.
    std::int64_t number(const Uuid& tenant, const std::string& sql) {
        return tests.run(sql, db::Params().add(tenant)).integer(0, 0);
    }

    TestDatabase& tests = TestDatabase::instance();
    boost::asio::io_context& loop = DataLayer::shared().loop();
    db::Database& database = DataLayer::shared().database();
};

}  // namespace terrace::testing
