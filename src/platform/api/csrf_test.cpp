#include "platform/api/csrf.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace terrace::api {
namespace {

struct Case {
    std::string what;
    std::vector<http::Header> headers;
    bool passes;
    std::string host = "acme.localhost:8000";
    std::string scheme = "http";
};

const http::Header our_cookie{"cookie", "theme=dark; __Host-at=abc"};

TEST(SameSiteCall, IsDecidedBySecFetchSiteThenOriginThenCookies) {
    const std::vector<Case> cases{
        {"fetch from the same origin", {{"sec-fetch-site", "same-origin"}, our_cookie}, true},
        {"a sibling sub-domain", {{"sec-fetch-site", "same-site"}, our_cookie}, false},
        {"another site", {{"sec-fetch-site", "cross-site"}, our_cookie}, false},
        {"typed or bookmarked", {{"sec-fetch-site", "none"}, our_cookie}, false},
        {"an unknown value", {{"sec-fetch-site", "Same-Origin"}, our_cookie}, false},
        {"an empty value", {{"sec-fetch-site", ""}}, false},
        {"another site without a cookie", {{"sec-fetch-site", "cross-site"}}, false},
        {"Sec-Fetch-Site wins over Origin",
         {{"sec-fetch-site", "cross-site"}, {"origin", "http://acme.localhost:8000"}},
         false},
        {"the own origin", {{"origin", "http://acme.localhost:8000"}, our_cookie}, true},
        {"a sibling's origin", {{"origin", "http://other.localhost:8000"}, our_cookie}, false},
        {"another port", {{"origin", "http://acme.localhost:3000"}, our_cookie}, false},
        {"no port", {{"origin", "http://acme.localhost"}, our_cookie}, false},
        {"another scheme", {{"origin", "https://acme.localhost:8000"}, our_cookie}, false},
        {"a longer name", {{"origin", "http://acme.localhost:8000.evil.example"}, our_cookie}, false},
        {"an opaque origin", {{"origin", "null"}, our_cookie}, false},
        {"another origin without a cookie", {{"origin", "http://evil.example"}}, false},
        {"the default port is not written",
         {{"origin", "https://acme.terrace.example"}},
         true,
         "acme.terrace.example:443",
         "https"},
        {"a program", {}, true},
        {"a program with a cookie of another's", {{"cookie", "a=b"}}, true},
        {"our cookie with neither header", {our_cookie}, false},
        {"our cookie first", {{"cookie", "__Host-rt=abc; a=b"}}, false},
        {"our cookie after empty parts", {{"cookie", "a=b;; ;\t__Host-rt=abc"}}, false},
        {"our cookie's name as a value", {{"cookie", "a=__Host-at"}}, true},
    };
    for (const auto& one : cases) {
        http::Request request;
        request.headers = one.headers;
        request.host = one.host;
        request.scheme = one.scheme;
        EXPECT_EQ(is_same_site_call(request), one.passes) << one.what;
    }
}

}  // namespace
}  // namespace terrace::api
