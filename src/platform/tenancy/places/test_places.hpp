#pragma once

#include "platform/tenancy/places/place_maker.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/source_dir.hpp"

#include <string>

namespace terrace::tenancy {

/// The places of the test database; gone with it.
class TestPlaces {
  public:
    TestPlaces() = default;
    TestPlaces(const TestPlaces&) = delete;
    TestPlaces& operator=(const TestPlaces&) = delete;
    ~TestPlaces() {
        admin.run("delete from catalog.tenant where isolation <> 'shared'");
        const auto places = admin.run("select name, isolation from catalog.place");
        for (std::size_t row = 0; row < places.size(); ++row) {
            const std::string name(places.text(row, 0));
            admin.run(places.text(row, 1) == "schema" ? "drop schema " + name + " cascade"
                                                      : "drop database if exists " + name + " with (force)");
        }
        admin.run("delete from catalog.place");
        admin.run("delete from catalog.cluster where name <> 'main'");
    }

    static PlaceMaker maker() { return {testing::TestDatabase::instance().admin_url(), testing::migrations_dir()}; }
    std::int64_t count(const std::string& from) { return admin.run("select count(*) from " + from).integer(0, 0); }
    std::string text(const std::string& query) { return std::string(admin.run(query).text(0, 0)); }

    db::AdminConnection& admin = testing::TestDatabase::instance().kept();
};

}  // namespace terrace::tenancy
