#include "platform/tenancy/slug.hpp"

#include <gtest/gtest.h>

#include <string>

namespace terrace::tenancy {
namespace {

std::string code_for(std::string_view slug) {
    const auto fault = check_slug(slug);
    return fault ? fault->code : "";
}

TEST(CheckSlug, TakesWhatCanBeASubDomain) {
    for (const auto* slug : {"abc", "acme", "st-mary", "clinic-24", "a1b"}) EXPECT_EQ(code_for(slug), "") << slug;
    EXPECT_EQ(code_for(std::string(40, 'a')), "");
}

TEST(CheckSlug, SaysWhatIsWrong) {
    EXPECT_EQ(code_for(""), "blank");
    EXPECT_EQ(code_for("ab"), "min_length");
    EXPECT_EQ(code_for(std::string(41, 'a')), "max_length");
    for (const auto* slug :
         {"Acme", "1acme", "-acme", "acme-", "ac_me", "ac me", "ac.me", "xn--acme", "ac--me", "café"}) {
        EXPECT_EQ(code_for(slug), "invalid") << slug;
    }
}

TEST(CheckSlug, KeepsThePlatformsOwnNames) {
    for (const auto* slug : {"www", "api", "admin", "mail", "postmaster", "support", "sign-in"}) {
        EXPECT_EQ(code_for(slug), "reserved") << slug;
    }
}

TEST(SlugTaken, NamesTheField) {
    const auto error = slug_taken();
    EXPECT_EQ(error.status, 409);
    EXPECT_EQ(error.code, "slug_taken");
    ASSERT_EQ(error.fields.size(), 1U);
    EXPECT_EQ(error.fields.front().first, "slug");
}

}  // namespace
}  // namespace terrace::tenancy
