#include "platform/base/ip.hpp"

#include <gtest/gtest.h>

namespace terrace {
namespace {

bool contains(std::string_view block, std::string_view address) {
    return CidrBlock::parse(block).value().contains(IpAddress::parse(address).value());
}

TEST(CidrBlock, HoldsTheAddressesOfItsPrefix) {
    EXPECT_TRUE(contains("127.0.0.0/8", "127.9.8.7"));
    EXPECT_FALSE(contains("127.0.0.0/8", "128.0.0.1"));
    EXPECT_TRUE(contains("10.1.2.0/23", "10.1.3.255"));
    EXPECT_FALSE(contains("10.1.2.0/23", "10.1.4.0"));
    EXPECT_TRUE(contains("192.0.2.7", "192.0.2.7"));
    EXPECT_FALSE(contains("192.0.2.7", "192.0.2.6"));
    EXPECT_TRUE(contains("0.0.0.0/0", "203.0.113.9"));
    EXPECT_TRUE(contains("fd00::/8", "fdab::1"));
    EXPECT_FALSE(contains("fd00::/8", "fe80::1"));
}

TEST(CidrBlock, KeepsTheFamiliesApart) {
    EXPECT_FALSE(contains("0.0.0.0/0", "::1"));
    EXPECT_FALSE(contains("::1", "127.0.0.1"));
}

TEST(CidrBlock, TakesAnIpv4PeerOfAnIpv6SocketForIpv4) {
    EXPECT_TRUE(contains("10.0.0.0/8", "::ffff:10.1.1.1"));
}

TEST(CidrBlock, RefusesWhatIsNone) {
    for (const std::string_view text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0/8", "10.0.0.0/8x",
                                        "10.0.0.0/-1", "10.0.0.0/+8", "localhost", "fe80::1%eth0", "[::1]"})
        EXPECT_FALSE(CidrBlock::parse(text).has_value()) << text;
}

TEST(IpAddress, RefusesANulInside) {
    EXPECT_FALSE(IpAddress::parse({"127.0.0.1\0x", 11}).has_value());
}

TEST(IpAddress, HasOneSpelling) {
    EXPECT_EQ(IpAddress::parse("2001:DB8:0:0::0001")->to_string(), "2001:db8::1");
    EXPECT_EQ(IpAddress::parse("::ffff:192.0.2.7")->to_string(), "192.0.2.7");
    EXPECT_EQ(IpAddress::parse("192.0.2.7")->to_string(), "192.0.2.7");
}

}  // namespace
}  // namespace terrace
