#include "platform/identity/browser.hpp"

#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

TEST(LocalPathTest, IsAPathOfThisHost) {
    for (const char* path : {"/", "/patients", "/patients/1?tab=notes#top", "/a//b", "/%2F%2Fevil.example",
                             "/@evil.example", "/r\xC3\xA9sum\xC3\xA9"})
        EXPECT_TRUE(is_local_path(path)) << path;
}

TEST(LocalPathTest, IsNothingThatABrowserReadsAsAnotherHost) {
    for (const char* path : {"", "patients", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
                             "/\t/evil.example", "/\n/evil.example", "/ evil", "https://evil.example",
                             "javascript:alert(1)", " /patients", "/a\rb", "/a\x7F"})
        EXPECT_FALSE(is_local_path(path)) << path;
    EXPECT_FALSE(is_local_path(std::string("/a\0b", 4)));
    EXPECT_FALSE(is_local_path("/" + std::string(3000, 'a')));
}

TEST(SessionCookiesTest, AreBoundToTheHostAndOutOfReachOfScripts) {
    http::Response response;
    set_session_cookies(response, "the-access-token", "the-refresh-token");
    ASSERT_EQ(response.headers.size(), 2U);
    EXPECT_EQ(response.headers[0].second,
              "__Host-at=the-access-token; Max-Age=290; Path=/; Secure; HttpOnly; SameSite=Lax");
    EXPECT_EQ(response.headers[1].second,
              "__Host-rt=the-refresh-token; Max-Age=2592000; Path=/; Secure; HttpOnly; SameSite=Lax");
}

TEST(TenantOriginTest, IsASubDomainOrTheHostThatWasCalled) {
    Config config;
    config.origin = {.scheme = "https", .base_domain = "terrace.example", .port = 443};
    http::Request request{.host = "192.0.2.9:8000", .scheme = "http"};
    EXPECT_EQ(tenant_base(config, "acme"), "https://acme.terrace.example");
    EXPECT_EQ(root_base(config), "https://terrace.example");
    EXPECT_EQ(tenant_origin(config, request, "acme"), "https://acme.terrace.example");
    config.tenant_hosts = TenantHosts::none;
    EXPECT_EQ(tenant_base(config, "acme"), "");
    EXPECT_EQ(root_base(config), "");
    EXPECT_EQ(tenant_origin(config, request, "acme"), "http://192.0.2.9:8000");
}

}  // namespace
}  // namespace terrace::identity
