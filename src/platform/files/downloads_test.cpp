#include "platform/files/test_files.hpp"

namespace terrace::files::testing {
namespace {

using ::testing::StartsWith;

/// Bytes that differ everywhere, so that a wrong offset shows.
std::string pattern(std::size_t size) {
    std::string bytes = png(size);
    for (std::size_t i = 40; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
    return bytes;
}

class Downloads : public FilesTest {
  protected:
    Answer part(const std::string& id, std::string range, Headers more = {}) {
        more.emplace_back("range", std::move(range));
        return download(ada, id, std::move(more));
    }
    const std::string bytes = pattern(3 * chunk + 77);
};

TEST_F(Downloads, TheWholeIsWhatWasUploaded) {
    const Answer answer = download(ada, upload(bytes));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, bytes);
    EXPECT_EQ(answer.header("Accept-Ranges"), "bytes");
}

TEST_F(Downloads, LieInNoProxyMeanwhile) {
    EXPECT_EQ(download(ada, upload(bytes)).header("X-Accel-Buffering"), "no");
}

TEST_F(Downloads, ABrowserRunsNothingOfItAndKeepsItForNobodyElse) {
    const Answer answer = download(ada, upload(png(), "scan, 1.png"));
    EXPECT_EQ(answer.header("Content-Disposition"), R"(attachment; filename="scan, 1.png")");
    EXPECT_EQ(answer.header("Content-Security-Policy"), "sandbox; default-src 'none'");
    EXPECT_EQ(answer.header("Cache-Control"), "private, no-cache");
    EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin");
}

TEST_F(Downloads, OnlyPicturesStandInPlaceAndOnlyWhenAsked) {
    const std::string svg = R"(<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>)";
    const std::string html = "<!DOCTYPE html><html><body><script>alert(1)</script></body></html>";
    const auto disposition = [&](std::string_view content, std::string_view name) {
        return ada.get(list + "/" + upload(content, name) + "?inline=true").header("Content-Disposition");
    };
    EXPECT_THAT(disposition(png(), "a.png"), StartsWith("inline"));
    EXPECT_THAT(disposition(svg, "a.png"), StartsWith("attachment"));
    EXPECT_THAT(disposition(html, "a.png"), StartsWith("attachment"));
    EXPECT_THAT(disposition("%PDF-1.7\n%x", "a.png"), StartsWith("attachment"));
}

TEST_F(Downloads, ARangeIsAnsweredWithItsBytes) {
    const std::string id = upload(bytes);
    const std::size_t ends[][2] = {{0, 0},
                                   {5, chunk - 1},
                                   {chunk - 1, chunk},
                                   {chunk, 2 * chunk - 1},
                                   {10, 3 * chunk},
                                   {3 * chunk, bytes.size() - 1}};
    for (const auto& [first, last] : ends) {
        const Answer answer = part(id, fmt::format("bytes={}-{}", first, last));
        EXPECT_EQ(answer.status, 206);
        EXPECT_EQ(answer.body, bytes.substr(first, last - first + 1)) << first << "-" << last;
        EXPECT_EQ(answer.header("Content-Range"), fmt::format("bytes {}-{}/{}", first, last, bytes.size()));
    }
    EXPECT_EQ(part(id, "bytes=-10").body, bytes.substr(bytes.size() - 10));
    EXPECT_EQ(part(id, "bytes=0-1,5-6").status, 200);
}

TEST_F(Downloads, ARangeBehindTheEndIsNotSatisfiable) {
    const Answer answer = part(upload(bytes), fmt::format("bytes={}-", bytes.size()));
    EXPECT_EQ(answer.status, 416);
    EXPECT_EQ(answer.get("code"), "range_not_satisfiable");
    EXPECT_EQ(answer.header("Content-Range"), fmt::format("bytes */{}", bytes.size()));
}

TEST_F(Downloads, ARangeOfOtherBytesIsNotMixedWithThese) {
    const std::string id = upload(bytes);
    const std::string tag = download(ada, id).header("ETag");
    EXPECT_EQ(part(id, "bytes=0-9", {{"if-range", tag}}).status, 206);
    for (const std::string& other : {std::string("\"x\""), "W/" + tag, std::string("Sat, 28 Nov 2026 10:00:00 GMT")})
        EXPECT_EQ(part(id, "bytes=0-9", {{"if-range", other}}).status, 200) << other;
}

TEST_F(Downloads, WhatTheClientHoldsIsNotSentAgain) {
    const std::string id = upload(bytes);
    const std::string tag = download(ada, id).header("ETag");
    const Answer answer = download(ada, id, {{"if-none-match", tag}});
    EXPECT_EQ(answer.status, 304);
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(answer.header("ETag"), tag);
    EXPECT_EQ(download(ada, upload(bytes)).header("ETag"), tag);
    EXPECT_NE(download(ada, upload(png())).header("ETag"), tag);
}

TEST_F(Downloads, AnUnfinishedUploadIsNotThere) {
    const std::string id = begin(ada, bytes.size());
    put(ada, id, 0, chunk_of(bytes, 0));
    EXPECT_EQ(download(ada, id).status, 404);
}

TEST_F(Downloads, AnotherTenantsFileLooksLikeNone) {
    const std::string id = upload(png());
    Client other(loop, served(), tests.tenant());
    const Answer theirs = download(other, id);
    EXPECT_EQ(theirs.status, 404);
    EXPECT_EQ(theirs.body, download(other, Uuid::v7().to_string()).body);
    EXPECT_EQ(download(other, "x").body, theirs.body);
}

}  // namespace
}  // namespace terrace::files::testing
