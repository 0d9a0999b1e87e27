#include "platform/files/test_files.hpp"

namespace terrace::files::testing {
namespace {

using Uploads = FilesTest;

TEST_F(Uploads, ASmallFileIsStoredWithItsOnlyChunk) {
    const Answer begun = ada.post(list, announcement("left hand.png", 100));
    EXPECT_EQ(begun.status, 201);
    EXPECT_EQ(begun.header("Location"), list + "/" + begun.get("id"));
    EXPECT_EQ(begun.get("state"), "uploading");
    EXPECT_EQ(begun.get("chunks"), "1");
    EXPECT_EQ(begun.get("media_type"), "null");

    const Answer stored = put(ada, begun.get("id"), 0, png(100));
    EXPECT_EQ(stored.status, 200);
    EXPECT_EQ(stored.get("state"), "stored");
    EXPECT_EQ(stored.get("media_type"), "image/png");
}

TEST_F(Uploads, ChunksComeInAnyOrder) {
    const std::string bytes = png(2 * chunk + 10);
    const std::string id = begin(ada, bytes.size());
    EXPECT_EQ(put(ada, id, 2, chunk_of(bytes, 2)).get("state"), "uploading");
    EXPECT_EQ(put(ada, id, 0, chunk_of(bytes, 0)).get("state"), "uploading");
    EXPECT_EQ(put(ada, id, 1, chunk_of(bytes, 1)).get("state"), "stored");
    EXPECT_EQ(download(ada, id).body, bytes);
}

TEST_F(Uploads, TheLastTwoChunksAtOnceStoreTheFile) {
    const std::string bytes = png(4 * chunk);
    const std::string id = begin(ada, bytes.size());
    std::vector<::terrace::testing::Started<Answer>> started;
    for (std::size_t i = 0; i < 4; ++i)
        started.push_back(
            ada.start(http::Method::put, fmt::format("{}/{}/chunks/{}", list, id, i), chunk_of(bytes, i)));
    int stored = 0;
    for (auto& one : started) stored += one.wait().get("state") == "stored" ? 1 : 0;
    EXPECT_GE(stored, 1);
    EXPECT_EQ(download(ada, id).body, bytes);
}

TEST_F(Uploads, AChunkWhoseAnswerWasLostMayBeSentAgain) {
    const std::string bytes = png(chunk + 1);
    const std::string id = begin(ada, bytes.size());
    for (const std::size_t ordinal : {0U, 0U, 1U, 1U})
        EXPECT_EQ(put(ada, id, ordinal, chunk_of(bytes, ordinal)).status, 200);
    EXPECT_EQ(put(ada, id, 0, chunk_of(bytes, 0)).get("state"), "stored");
    EXPECT_EQ(chunks(), 2);
}

TEST_F(Uploads, TheBytesOfAStoredFileDoNotChange) {
    const std::string id = upload(png(100));
    const Answer other = put(ada, id, 0, std::string(100, 'y'));
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.get("code"), "file_stored");
    EXPECT_EQ(download(ada, id).body, png(100));
}

TEST_F(Uploads, AChunkIsAsLongAsItMustBe) {
    const std::string id = begin(ada, chunk + 10);
    for (const std::size_t length : {0UZ, 1UZ, chunk - 1, chunk + 1}) {
        const Answer answer = put(ada, id, 0, std::string(length, 'x'));
        EXPECT_EQ(answer.status, 400) << length;
        EXPECT_EQ(answer.errors(), "chunk: invalid");
    }
    EXPECT_EQ(put(ada, id, 1, std::string(chunk, 'x')).status, 400);
    EXPECT_EQ(put(ada, id, 2, "x").status, 404);
    EXPECT_EQ(chunks(), 0);
}

TEST_F(Uploads, AWrongFirstChunkDoesNotSayWhatTheFileIs) {
    const std::string page = "<!DOCTYPE html><html><script>alert(1)</script></html>" + std::string(50, ' ');
    const std::string id = begin(ada, page.size() + chunk);
    std::string first = page;
    first.resize(chunk, ' ');
    EXPECT_EQ(put(ada, id, 0, first).get("media_type"), "text/html");
    EXPECT_EQ(put(ada, id, 0, png(99)).status, 400);
    EXPECT_EQ(put(ada, id, 1, page).get("media_type"), "text/html");
}

/// Where bytes of chunks are kept nobody gets to while this goes on, so an answer has not tried to.
TEST_F(Uploads, OfSomebodyElseAreRefusedBeforeTheirBytesAreLookedAt) {
    const std::string id = begin(ada, 100);
    auto admin = tests.admin();
    admin.run("begin");
    admin.run("lock table shared.file_chunk in access exclusive mode");
    EXPECT_EQ(put(ben, id, 0, png(100)).status, 404);
    EXPECT_EQ(put(ben, Uuid::v7().to_string(), 0, png(100)).status, 404);
    admin.run("rollback");
    EXPECT_EQ(put(ada, id, 0, png(100)).status, 200);
}

TEST_F(Uploads, AnOrdinalIsAPlainNumber) {
    const std::string id = begin(ada, 10);
    for (const char* ordinal : {"-1", "+0", "0x0", "a", "99999999999999999999", "1.0"})
        EXPECT_EQ(ada.put(fmt::format("{}/{}/chunks/{}", list, id, ordinal), "x").status, 404) << ordinal;
}

TEST_F(Uploads, NameAndSizeAreCheckedTogether) {
    const auto errors = [&](std::string body) { return ada.post(list, std::move(body)).errors(); };
    EXPECT_EQ(errors("{}"), "name: required, size: required");
    EXPECT_EQ(errors(R"({"name":" ","size":0,"type":"image/png"})"), "name: no_name, size: empty, type: unknown_field");
    EXPECT_EQ(errors(R"({"name":7,"size":"7"})"), "name: invalid, size: invalid");
    EXPECT_EQ(errors(R"({"name":"../a","size":1.5})"), "name: invalid, size: invalid");
    EXPECT_EQ(errors(announcement("a", 25 * 1024 * 1024 + 1)), "size: max_size");
    EXPECT_EQ(ada.post(list, "[]").status, 400);
    EXPECT_EQ(files(), 0);
    EXPECT_EQ(used(), 0);
}

TEST_F(Uploads, AnUploadIsItsUploadersAlone) {
    const std::string id = begin(ada, 100);
    EXPECT_EQ(put(ben, id, 0, png(100)).status, 404);
    EXPECT_EQ(ben.remove(list + "/" + id).status, 404);
    EXPECT_EQ(put(ada, id, 0, png(100)).status, 200);
    EXPECT_EQ(download(ben, id).status, 404);
    EXPECT_EQ(download(ada, id).status, 200);
}

TEST_F(Uploads, AKeyBeginsOneUpload) {
    const Headers key{{"idempotency-key", "key-1"}};
    const Answer first = ada.post(list, announcement("a", 10), key);
    const Answer second = ada.post(list, announcement("a", 10), key);
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(ada.post(list, announcement("b", 10), key).status, 422);
    EXPECT_EQ(files(), 1);
    EXPECT_EQ(used(), 10);
}

TEST_F(Uploads, TheQuotaCountsWhatIsAnnounced) {
    begin(ada, quota - 10);
    const Answer beyond = ben.post(list, announcement("a", 11));
    EXPECT_EQ(beyond.status, 409);
    EXPECT_EQ(beyond.get("code"), "file_quota_exceeded");
    begin(ben, 10);
    EXPECT_EQ(used(), quota);
    EXPECT_EQ(files(), 2);
}

TEST_F(Uploads, UploadsAtOnceDoNotExceedTheQuotaTogether) {
    std::vector<::terrace::testing::Started<Answer>> started;
    for (int i = 0; i < 12; ++i) started.push_back(ada.start(http::Method::post, list, announcement("a", quota / 8)));
    std::map<int, int> statuses;
    for (auto& one : started) ++statuses[one.wait().status];
    EXPECT_EQ(statuses, (std::map<int, int>{{201, 8}, {409, 4}}));
    EXPECT_EQ(used(), quota);
}

TEST_F(Uploads, ADiscardedUploadCountsNoMore) {
    const std::string id = upload(png(1000));
    EXPECT_EQ(used(), 1000);
    EXPECT_EQ(ada.remove(list + "/" + id).status, 204);
    EXPECT_EQ(ada.remove(list + "/" + id).status, 404);
    EXPECT_EQ(used(), 0);
    EXPECT_EQ(chunks(), 0);
}

TEST_F(Uploads, WhatNoObjectTakesIsSweptAfterADay) {
    upload(png(chunk + 1));
    put(ada, begin(ada, chunk + 1), 0, png(chunk));
    age("23 hours 59 minutes");
    sweep();
    EXPECT_EQ(files(), 2);
    age("2 minutes");
    sweep();
    EXPECT_EQ(files(), 0);
    EXPECT_EQ(chunks(), 0);
    EXPECT_EQ(used(), 0);
}

TEST_F(Uploads, TheSweepTakesHoweverMany) {
    for (int i = 0; i < 45; ++i) begin(ada, 10);
    age("1 day");
    sweep();
    EXPECT_EQ(files(), 0);
    EXPECT_EQ(used(), 0);
}

TEST_F(Uploads, TheLargestFileIsStoredInTime) {
    const FileParts roomy{.database = database, .quota = std::int64_t{1} << 30, .resources = resources};
    api::Api api;
    add_to(api, roomy);
    Client client(loop, std::move(api), tests.tenant());
    const std::string bytes = png(static_cast<std::size_t>(most_bytes));
    const std::string id = upload(client, bytes);
    EXPECT_EQ(download(client, id).body, bytes);
}

}  // namespace
}  // namespace terrace::files::testing
