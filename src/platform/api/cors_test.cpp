#include "platform/api/cors.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace terrace::api {
namespace {

constexpr std::string_view listed = "https://app.example";

http::Request from(std::string_view origin) {
    http::Request request;
    request.headers = {{"origin", origin}};
    return request;
}

std::optional<std::string> header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return std::nullopt;
}

bool mentions_cors(const http::Response& response) {
    for (const auto& [name, value] : response.headers) {
        if (name.starts_with("Access-Control-")) return true;
    }
    return false;
}

TEST(Cors, SaysNothingUnlessItIsConfigured) {
    const Cors off({});
    http::Response response;
    off.decorate(from(listed), response);
    EXPECT_TRUE(response.headers.empty());
    EXPECT_FALSE(off.admits(from(listed)));
}

TEST(Cors, LetsAListedOriginReadWithoutCredentials) {
    const Cors cors({std::string(listed)});
    http::Response response;
    cors.decorate(from(listed), response);
    EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), listed);
    EXPECT_EQ(header(response, "Access-Control-Allow-Credentials"), std::nullopt);
    EXPECT_EQ(header(response, "Vary"), "Origin");
}

TEST(Cors, ComparesTheWholeOrigin) {
    const Cors cors({std::string(listed)});
    for (const auto* origin : {"https://evilapp.example", "https://app.example.evil.example", "http://app.example",
                               "https://app.example:8443", "https://APP.example", "null", "*", ""}) {
        http::Response response;
        cors.decorate(from(origin), response);
        EXPECT_FALSE(mentions_cors(response)) << origin;
        EXPECT_EQ(header(response, "Vary"), "Origin") << origin;
        EXPECT_FALSE(mentions_cors(cors.preflight(from(origin), "GET, OPTIONS"))) << origin;
        EXPECT_FALSE(cors.admits(from(origin))) << origin;
    }
}

TEST(Cors, AdmitsATokenButNoCookie) {
    const Cors cors({std::string(listed)});
    auto request = from(listed);
    EXPECT_TRUE(cors.admits(request));
    request.headers.push_back({"cookie", "__Host-at=abc"});
    EXPECT_FALSE(cors.admits(request));
    request.headers.push_back({"authorization", "Bearer abc"});
    EXPECT_TRUE(cors.admits(request));
}

TEST(Cors, AnswersAPreflightWithTheMethodsOfThePath) {
    const Cors cors({std::string(listed)});
    auto request = from(listed);
    request.headers.push_back({"access-control-request-method", "PATCH"});
    const auto response = cors.preflight(request, "GET, HEAD, OPTIONS, PATCH");
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(header(response, "Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS, PATCH");
    EXPECT_EQ(header(response, "Access-Control-Allow-Headers"),
              "Authorization, Content-Type, If-Match, Idempotency-Key");
}

}  // namespace
}  // namespace terrace::api
