#include "platform/http/proxy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace terrace::http {
namespace {

constexpr auto made_here = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";

class ProxyTest : public testing::Test {
  protected:
    Request from(std::string_view peer, std::vector<Header> headers) {
        Request request;
        request.headers = std::move(headers);
        request.headers.push_back({"host", "API.internal:8080"});
        sound_ = trust_.fill(request, IpAddress::parse(peer).value());
        return request;
    }

    const ProxyTrust trust_{{"127.0.0.0/8", "10.0.0.0/8"}, "http"};
    bool sound_ = false;
};

TEST_F(ProxyTest, BelievesATrustedProxy) {
    const Request request = from("127.0.0.1", {{"x-forwarded-for", "203.0.113.9"},
                                               {"x-forwarded-host", "Acme.Terrace.example:8443"},
                                               {"x-forwarded-proto", "https"},
                                               {"x-request-id", "abcdef-0123"}});
    EXPECT_TRUE(sound_);
    EXPECT_EQ(request.client_address, "203.0.113.9");
    EXPECT_EQ(request.host, "acme.terrace.example:8443");
    EXPECT_EQ(request.scheme, "https");
    EXPECT_EQ(request.request_id, "abcdef-0123");
}

TEST_F(ProxyTest, BelievesNothingFromAnyoneElse) {
    const Request request = from("203.0.113.9", {{"x-forwarded-for", "127.0.0.1"},
                                                 {"x-forwarded-host", "evil.example"},
                                                 {"x-forwarded-proto", "https"},
                                                 {"x-request-id", "abcdef-0123"}});
    EXPECT_TRUE(sound_);
    EXPECT_EQ(request.client_address, "203.0.113.9");
    EXPECT_EQ(request.host, "api.internal:8080");
    EXPECT_EQ(request.scheme, "http");
    EXPECT_THAT(request.request_id, testing::ContainsRegex(made_here));
}

TEST_F(ProxyTest, TakesTheRightMostAddressThatIsNoProxy) {
    const auto client = [&](std::string_view chain) {
        return from("127.0.0.1", {{"x-forwarded-for", chain}}).client_address;
    };
    EXPECT_EQ(client("198.51.100.1, 203.0.113.9, 10.1.2.3"), "203.0.113.9");
    EXPECT_EQ(client("6.6.6.6,203.0.113.9"), "203.0.113.9");
    EXPECT_EQ(client("10.0.0.5, 10.0.0.6"), "10.0.0.5");
    EXPECT_EQ(client("2001:DB8::0001"), "2001:db8::1");
}

TEST_F(ProxyTest, TakesAnAddressInEveryFormThatProxiesWrite) {
    constexpr std::pair<std::string_view, std::string_view> forms[] = {
        {"203.0.113.9:4711", "203.0.113.9"},
        {"[2001:db8::1]:4711", "2001:db8::1"},
        {"[2001:db8::1]", "2001:db8::1"},
        {"2001:db8::1", "2001:db8::1"},
        {"::ffff:203.0.113.9", "203.0.113.9"},
        {"[::ffff:203.0.113.9]:1", "203.0.113.9"},
        {" 203.0.113.9 , 10.1.2.3:80", "203.0.113.9"},
    };
    for (const auto& [chain, client] : forms)
        EXPECT_EQ(from("127.0.0.1", {{"x-forwarded-for", chain}}).client_address, client) << chain;
    for (const std::string_view chain :
         {"203.0.113.9:", "203.0.113.9:x", "203.0.113.9:123456", "[203.0.113.9]:80", "[2001:db8::1", "[2001:db8::1]x",
          "[]", "fe80::1%eth0", "for=203.0.113.9", "203.0.113.9:80:80", "example.com:80", "0x7f.1", "127.1"})
        EXPECT_EQ(from("127.0.0.1", {{"x-forwarded-for", chain}}).client_address, "127.0.0.1") << chain;
}

TEST_F(ProxyTest, TrustsAListOfBlocksOfBothFamilies) {
    const ProxyTrust trust({"127.0.0.0/8", "10.9.0.0/16", "fd00::/8", "2001:db8::7"}, "http");
    const auto client = [&](std::string_view peer, std::string_view chain) {
        Request request;
        request.headers = {{"host", "x"}, {"x-forwarded-for", chain}};
        EXPECT_TRUE(trust.fill(request, IpAddress::parse(peer).value()));
        return request.client_address;
    };
    EXPECT_EQ(client("fd12::1", "203.0.113.9"), "203.0.113.9");
    EXPECT_EQ(client("2001:db8::7", "203.0.113.9, fd00::2, 10.9.1.1"), "203.0.113.9");
    EXPECT_EQ(client("::ffff:10.9.0.1", "203.0.113.9"), "203.0.113.9") << "an IPv4 peer of an IPv6 socket";
    EXPECT_EQ(client("2001:db8::8", "203.0.113.9"), "2001:db8::8");
    EXPECT_EQ(client("10.8.0.1", "203.0.113.9"), "10.8.0.1");
}

TEST_F(ProxyTest, TrustsNobodyWithoutABlock) {
    const ProxyTrust trust({}, "https");
    Request request;
    request.headers = {{"host", "x"}, {"x-forwarded-for", "203.0.113.9"}, {"x-forwarded-proto", "http"}};
    EXPECT_TRUE(trust.fill(request, IpAddress::parse("127.0.0.1").value()));
    EXPECT_EQ(request.client_address, "127.0.0.1");
    EXPECT_EQ(request.scheme, "https");
}

TEST_F(ProxyTest, StopsAtWhatIsNoAddress) {
    const auto client = [&](std::string_view chain) {
        return from("127.0.0.1", {{"x-forwarded-for", chain}}).client_address;
    };
    EXPECT_EQ(client("203.0.113.9, unknown"), "127.0.0.1");
    EXPECT_EQ(client("203.0.113.9, <script>, 10.0.0.6"), "10.0.0.6");
    EXPECT_EQ(client(""), "127.0.0.1");
    EXPECT_EQ(client(","), "127.0.0.1");
}

TEST_F(ProxyTest, RefusesAForwardedHostThatIsNone) {
    from("127.0.0.1", {{"x-forwarded-host", "a, b"}});
    EXPECT_FALSE(sound_);
    from("127.0.0.1", {{"x-forwarded-host", ""}});
    EXPECT_FALSE(sound_);
}

TEST_F(ProxyTest, KnowsTwoSchemes) {
    EXPECT_EQ(from("127.0.0.1", {{"x-forwarded-proto", "javascript"}}).scheme, "http");
    EXPECT_EQ(from("127.0.0.1", {}).scheme, "http");
}

TEST_F(ProxyTest, MakesARequestIdWhenTheProxysIsNotWellFormed) {
    for (const std::string_view id : {"short", "has space", "a_underscore", "\"injected\"", ""})
        EXPECT_THAT(from("127.0.0.1", {{"x-request-id", id}}).request_id, testing::ContainsRegex(made_here)) << id;
    const std::string long_id(65, 'a');
    EXPECT_NE(from("127.0.0.1", {{"x-request-id", long_id}}).request_id, long_id);
}

TEST(ProxyTrust, RefusesABlockThatIsNone) {
    EXPECT_THROW(ProxyTrust({"everyone"}, "http"), std::invalid_argument);
}

}  // namespace
}  // namespace terrace::http
