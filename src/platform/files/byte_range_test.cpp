#include "platform/files/byte_range.hpp"

#include <gtest/gtest.h>

namespace terrace::files {
namespace {

using Kind = RangeRequest::Kind;

constexpr std::int64_t size = 1000;

/// `first-last`, `whole` or `unsatisfiable`.
std::string read(std::optional<std::string_view> header, std::int64_t of = size) {
    const auto [kind, range] = read_range(header, of);
    if (kind == Kind::whole) return "whole";
    if (kind == Kind::unsatisfiable) return "unsatisfiable";
    return std::to_string(range.first) + "-" + std::to_string(range.last);
}

TEST(ByteRange, OneRangeIsReadInItsThreeForms) {
    EXPECT_EQ(read("bytes=0-99"), "0-99");
    EXPECT_EQ(read("bytes=500-"), "500-999");
    EXPECT_EQ(read("bytes=-100"), "900-999");
    EXPECT_EQ(read("bytes=999-999"), "999-999");
    EXPECT_EQ(read("Bytes= 0-0 "), "0-0");
}

TEST(ByteRange, EndsWhereTheFileEnds) {
    EXPECT_EQ(read("bytes=990-2000"), "990-999");
    EXPECT_EQ(read("bytes=-2000"), "0-999");
    EXPECT_EQ(read("bytes=0-99999999999999999999999999"), "0-999");
}

TEST(ByteRange, WhatLiesBehindTheEndIsUnsatisfiable) {
    EXPECT_EQ(read("bytes=1000-"), "unsatisfiable");
    EXPECT_EQ(read("bytes=1000-1001"), "unsatisfiable");
    EXPECT_EQ(read("bytes=99999999999999999999999999-"), "unsatisfiable");
    EXPECT_EQ(read("bytes=-0"), "unsatisfiable");
}

TEST(ByteRange, WhatIsNoSingleRangeOfBytesIsIgnored) {
    for (const std::string_view header :
         {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1,5-6", "bytes=0-1,", "rows=0-1",
          "bytes=+1-2", "bytes=1-2-3", "bytes=--1", "bytes = 0-1", "bytes=0x1-2", "bytes=1 - 2"})
        EXPECT_EQ(read(header), "whole") << header;
    EXPECT_EQ(read(std::nullopt), "whole");
}

TEST(ByteRange, AFileOfOneByteHasOneRange) {
    EXPECT_EQ(read("bytes=0-", 1), "0-0");
    EXPECT_EQ(read("bytes=-5", 1), "0-0");
    EXPECT_EQ(read("bytes=1-", 1), "unsatisfiable");
}

}  // namespace
}  // namespace terrace::files
