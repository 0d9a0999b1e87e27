#pragma once

#include "platform/identity/test_world.hpp"
#include "platform/testing/database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace terrace::identity::test {

/// A person with an organisation, who signs in by program or browser.
class SignInTest : public ::testing::Test {
  protected:
    explicit SignInTest(Config config = test_config()) : world(std::move(config)) {}

    static std::string credentials(const std::string& email, std::string_view password = World::password,
                                   const std::string& tenant = {}) {
        return fmt::format(R"({{"email":"{}","password":"{}"{}}})", email, password,
                           tenant.empty() ? "" : fmt::format(R"(,"tenant":"{}")", tenant));
    }
    static std::string grant(std::string body) { return R"({"grant_type":"password",)" + body.substr(1); }
    std::string host() const { return house.slug + ".localhost:8000"; }
    http::Response token(const std::string& body, const std::string& at = "localhost:8000") {
        return world.send(post("/api/v1/auth/token", grant(body), at));
    }
    CookieJar signed_in_browser() {
        CookieJar jar;
        jar.take(world.send(from_browser(post("/api/v1/auth/login", credentials(email), host()), jar)));
        return jar;
    }
    http::Response me(const CookieJar& jar) {
        return world.send(from_browser({.target = "/api/v1/auth/me", .host = host()}, jar));
    }
    http::Response me(const std::string& bearer, const std::string& at = "localhost:8000") {
        return world.send(
            {.target = "/api/v1/auth/me", .host = at, .headers = {{"authorization", "Bearer " + bearer}}});
    }
    http::Response send_browser(CookieJar& jar, const std::string& path, const std::string& body = "{}") {
        auto response = world.send(from_browser(post(path, body, host()), jar));
        jar.take(response);
        return response;
    }

    World world;
    db::AdminConnection admin = testing::TestDatabase::instance().admin();
    Registered house = world.organization(World::fresh_slug());
    const std::string email = house.account.email;
};

}  // namespace terrace::identity::test
