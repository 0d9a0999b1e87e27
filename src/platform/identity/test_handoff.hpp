#pragma once

#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace terrace::identity::test {

inline const std::string root_host = "localhost:8000";

/// A person who is signed in at the root host and enters their organisation from there.
class HandoffTest : public ::testing::Test {
  protected:
    explicit HandoffTest(testing::DataLayer& layer = testing::DataLayer::shared()) : world(test_config(), layer) {
        sign_in(root, root_host);
    }

    std::string tenant_host() const { return house.slug + "." + root_host; }
    void sign_in(CookieJar& jar, const std::string& host) {
        const auto response = world.send(from_browser(
            post("/api/v1/auth/login",
                 fmt::format(R"({{"email":"{}","password":"{}"}})", house.account.email, World::password), host),
            jar));
        ASSERT_EQ(response.status, 200) << response.body;
        jar.take(response);
    }
    http::Response get(CookieJar& jar, const std::string& host, const std::string& target) {
        auto response = world.send(from_browser({.target = target, .host = host}, jar));
        jar.take(response);
        return response;
    }
    http::Response enter(CookieJar& jar, const std::string& host, const std::string& code) {
        auto response = world.send(from_browser(post("/api/v1/auth/enter", R"({"code":")" + code + "\"}", host), jar));
        jar.take(response);
        return response;
    }
    /// The path and query of a redirect, after its origin.
    static std::string target_of(const http::Response& response, const std::string& origin) {
        const std::string location = header(response, "Location");
        EXPECT_TRUE(location.starts_with(origin + "/")) << location;
        return location.substr(origin.size());
    }
    static std::string code_of(const http::Response& response) {
        const std::string location = header(response, "Location");
        const auto from = location.find("code=");
        return from == location.npos ? "" : location.substr(from + 5, 43);
    }
    /// As far as the code: begins on the tenant's host and passes the root host.
    std::string fetch_code() {
        const auto begun = get(tenant, tenant_host(), "/api/v1/auth/enter");
        return code_of(get(root, root_host, target_of(begun, "http://" + root_host)));
    }

    World world;
    db::AdminConnection admin = testing::TestDatabase::instance().admin();
    Registered house = world.organization(World::fresh_slug());
    CookieJar root;
    CookieJar tenant;
};

}  // namespace terrace::identity::test
