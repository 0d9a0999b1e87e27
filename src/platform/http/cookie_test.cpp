#include "platform/http/cookie.hpp"

#include <gtest/gtest.h>

namespace terrace::http {
namespace {

TEST(Cookie, IsSetForThisHostAlone) {
    EXPECT_EQ(set_host_cookie("__Host-at", "v", std::chrono::seconds(290)),
              "__Host-at=v; Max-Age=290; Path=/; Secure; HttpOnly; SameSite=Lax");
    EXPECT_EQ(clear_host_cookie("__Host-at"), "__Host-at=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax");
}

TEST(Cookie, IsFoundByItsExactName) {
    const std::string_view header = "a=1; __Host-at=x=y; __Host-rt=\"q\";b=2 ;\tc=3";
    EXPECT_EQ(find_cookie(header, "__Host-at"), "x=y");
    EXPECT_EQ(find_cookie(header, "__Host-rt"), "\"q\"");
    EXPECT_EQ(find_cookie(header, "b"), "2");
    EXPECT_EQ(find_cookie(header, "c"), "3");
    EXPECT_EQ(find_cookie(header, "__host-at"), std::nullopt);
    EXPECT_EQ(find_cookie(header, "Host-at"), std::nullopt);
    EXPECT_EQ(find_cookie("", "a"), std::nullopt);
}

TEST(Cookie, NoOtherBlankIsTrimmedOffAName) {
    EXPECT_EQ(find_cookie("\xc2\xa0__Host-at=x", "__Host-at"), std::nullopt);
    EXPECT_EQ(find_cookie("\x0b__Host-at=x", "__Host-at"), std::nullopt);
}

TEST(CookieHeader, IsUnsoundWhenAPrefixedNameStandsTwice) {
    EXPECT_FALSE(cookie_header_is_sound("__Host-at=1; a=2; __Host-at=1"));
    EXPECT_FALSE(cookie_header_is_sound("__Secure-x=1;__Secure-x=2"));
    EXPECT_TRUE(cookie_header_is_sound("a=1; a=2; __Host-at=1; __Host-rt=1"));
    EXPECT_TRUE(cookie_header_is_sound(""));
}

TEST(CookieHeader, IsUnsoundInTheSyntaxOfRfc2965) {
    EXPECT_FALSE(cookie_header_is_sound("$Version=1; __Host-at=x"));
    EXPECT_FALSE(cookie_header_is_sound("a=1; $version=1"));
    EXPECT_FALSE(cookie_header_is_sound("$Path=/"));
}

}  // namespace
}  // namespace terrace::http
