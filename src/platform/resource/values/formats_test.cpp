#include "platform/resource/values/formats.hpp"

#include <gtest/gtest.h>

namespace terrace::resource {
namespace {

TEST(Url, IsAbsoluteAndHasAHost) {
    for (const char* text : {"http://example.in", "HTTPS://example.in/a?b=c#d", "https://a-b.example.co.in:8443/x%20y",
                             "http://localhost:80", "http://127.0.0.1/", "http://[::1]:8080/a",
                             "https://xn--11b4c3d.example/", "https://example.in?x=(1);y"})
        EXPECT_TRUE(is_url(text)) << text;
    for (const char* text : {"",
                             "example.in",
                             "//example.in",
                             "ftp://example.in",
                             "javascript:alert(1)",
                             "http://",
                             "http:///a",
                             "http://user:pass@example.in",
                             "http://example.in:port",
                             "http://exa mple.in",
                             "http://example.in/a b",
                             "http://-a.in",
                             "http://a..in",
                             "http://single",
                             "http://999.1.1.1",
                             "http://[1.2.3.4]/",
                             "http://[::zz]/",
                             "http://example.in/\"",
                             "http://उदाहरण.in",
                             "http://example.in/\n"})
        EXPECT_FALSE(is_url(text)) << text;
}

TEST(Slug, IsOfAsciiLettersDigitsHyphensAndUnderscores) {
    EXPECT_TRUE(is_slug("a-b_C9"));
    for (const char* text : {"", "a b", "a/b", "ä", "a.b", "a\n"}) EXPECT_FALSE(is_slug(text)) << text;
}

TEST(Ip, HasOneSpelling) {
    EXPECT_EQ(to_ip("10.0.0.1"), "10.0.0.1");
    EXPECT_EQ(to_ip("2001:DB8:0:0::1"), "2001:db8::1");
    EXPECT_EQ(to_ip("::ffff:10.0.0.1"), "10.0.0.1");
    for (const char* text : {"", "10.0.0", "10.0.0.256", "10.0.0.1/8", "010.0.0.1", "::1%eth0", "[::1]", "x"})
        EXPECT_EQ(to_ip(text), std::nullopt) << text;
}

TEST(UuidInput, HasThreeForms) {
    const auto id = Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057");
    EXPECT_EQ(read_uuid("01890A5D-AC96-774B-BCCE-B302099A8057"), id);
    EXPECT_EQ(read_uuid("01890a5dac96774bbcceb302099a8057"), id);
    EXPECT_EQ(read_uuid("urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057"), id);
    for (const char* text : {"", "7", "{01890a5d-ac96-774b-bcce-b302099a8057}", "01890a5dac96774bbcceb302099a805",
                             "01890a5dac96774bbcceb302099a805g", "0-1890a5dac96774bbcceb302099a8057"})
        EXPECT_EQ(read_uuid(text), std::nullopt) << text;
}

}  // namespace
}  // namespace terrace::resource
