#include "platform/tenancy/domain_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace terrace::tenancy {
namespace {

const Origin origin{.scheme = "https", .base_domain = "terrace.example", .port = 443};

std::string domain(std::string_view typed) {
    const auto read = read_domain(typed, origin);
    return read ? *read : "refused: " + read.error().message;
}

std::string why(std::string_view typed) {
    const auto read = read_domain(typed, origin);
    return read ? "taken: " + *read : read.error().message;
}

TEST(ReadDomain, TakesNamesAsPeopleTypeThem) {
    EXPECT_EQ(domain("clinic.example"), "clinic.example");
    EXPECT_EQ(domain("  Clinic.Example. "), "clinic.example");
    EXPECT_EQ(domain("book.lotus-clinic.co.in"), "book.lotus-clinic.co.in");
    EXPECT_EQ(domain("1mg.com"), "1mg.com");
}

TEST(ReadDomain, MakesALabelsOfOtherScripts) {
    EXPECT_EQ(domain("कमल.भारत"), "xn--11b4cm.xn--h2brj9c");
    EXPECT_EQ(domain("BÜCHER.example"), "xn--bcher-kva.example");
    EXPECT_EQ(domain("xn--bcher-kva.example"), "xn--bcher-kva.example");
    EXPECT_EQ(domain("clinic。example"), "clinic.example");  // U+3002, as some keyboards have it
}

TEST(ReadDomain, SaysWhyItRefuses) {
    EXPECT_EQ(why(""), "This field may not be blank.");
    EXPECT_TRUE(why("https://clinic.example").starts_with("Enter the domain alone"));
    EXPECT_TRUE(why("clinic.example:443").starts_with("Enter the domain alone"));
    EXPECT_TRUE(why("clinic.example/book").starts_with("Enter the domain alone"));
    EXPECT_TRUE(why("*.clinic.example").starts_with("Enter the domain alone"));
    EXPECT_TRUE(why("192.0.2.7").starts_with("This is an IP address"));
    EXPECT_TRUE(why("2001:db8::1").starts_with("This is an IP address"));
    EXPECT_TRUE(why("[2001:db8::1]").starts_with("This is an IP address"));
    EXPECT_TRUE(why("clinic").starts_with("Enter a whole domain"));
    EXPECT_TRUE(why("co.in").starts_with("Others register names under co.in"));
    EXPECT_TRUE(why("printer.local").starts_with("Names that end in .local"));
    EXPECT_TRUE(why("asha.localhost").starts_with("Names that end in .localhost"));
    EXPECT_TRUE(why("terrace.example").starts_with("This name lies under terrace.example"));
    EXPECT_TRUE(why("asha.terrace.example").starts_with("This name lies under terrace.example"));
    for (const auto* malformed : {"a..example", ".clinic.example", "clinic.example..", "-a.example", "a-.example",
                                  "a_b.example", "clinic.123", "xn--a.example", "\xff.example", "a.b"})
        EXPECT_TRUE(why(malformed).starts_with("This is no domain")) << malformed << ": " << why(malformed);
    EXPECT_EQ(why(std::string(1'001, 'a')), "Use at most 244 characters.");
    std::string long_name;
    while (long_name.size() < 240) long_name += "abcdefghi.";
    EXPECT_EQ(why(long_name + "example"), "Use at most 244 characters.");
}

TEST(ReadDomain, KeepsANeighbourOfTheBaseDomain) {
    EXPECT_EQ(domain("evilterrace.example"), "evilterrace.example");
}

TEST(IsDomainName, KnowsTheStoredFormAlone) {
    EXPECT_TRUE(is_domain_name("clinic.example"));
    EXPECT_TRUE(is_domain_name("xn--bcher-kva.example"));
    for (const auto* other : {"", "clinic", "Clinic.example", "clinic.example.", "clinic..example", "192.0.2.7",
                              "clinic.example:8000", "bücher.example", "a_b.example", "clinic.e"})
        EXPECT_FALSE(is_domain_name(other)) << other;
}

}  // namespace
}  // namespace terrace::tenancy
