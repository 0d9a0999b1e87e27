#include "platform/files/test_files.hpp"

namespace terrace::files::testing {
namespace {

using ::testing::HasSubstr;

class Attaching : public FilesTest {
  protected:
    Answer create(Client& client, std::string_view file, std::string_view field = "photo") {
        return client.post(cards_list, fmt::format(R"({{"title":"A","{}":"{}","owner_id":"{}"}})", field, file,
                                                   client.user().to_string()));
    }
    std::string card_with(const std::string& photo) {
        const Answer made = create(ada, photo);
        EXPECT_EQ(made.status, 201) << made.body;
        return cards_list + "/" + made.get("id");
    }
    static std::string photo(std::string_view id) { return fmt::format(R"({{"photo":"{}"}})", id); }
};

TEST_F(Attaching, AFileIsWrittenByItsIdAndReadAsWhatItIs) {
    const std::string id = upload(png(200), R"(Asha \"A\".png)");
    const Answer made = create(ada, id);
    EXPECT_EQ(made.status, 201);
    const std::string as_read = fmt::format(
        R"("photo":{{"id":"{0}","name":"Asha \"A\".png","media_type":"image/png","size":200,"url":"/api/v1/files/{0}"}})",
        id);
    EXPECT_THAT(made.body, HasSubstr(as_read));
    EXPECT_THAT(ada.get(cards_list + "/" + made.get("id")).body, HasSubstr(as_read));
    EXPECT_THAT(ada.get(cards_list).body, HasSubstr(as_read));
    EXPECT_THAT(ada.get(cards_list).body, HasSubstr(R"("scan":null)"));
}

TEST_F(Attaching, AnObjectIsSentBackAsItWasRead) {
    const std::string card = card_with(upload(png()));
    const Answer read = ada.get(card);
    const Answer sent = ada.put(card, read.body);
    EXPECT_EQ(sent.status, 200) << sent.body;
    EXPECT_EQ(sent.body, read.body);
}

TEST_F(Attaching, WhatIsNoFileOfTheCallersDoesNotExist) {
    Client stranger = Client(loop, served(), tests.tenant()).colleague({"files.upload"});
    const std::string of_ben = upload(ben, png()), of_stranger = upload(stranger, png());
    const std::string taken = upload(png());
    card_with(taken);
    const Answer unknown = create(ada, Uuid::v7().to_string());
    EXPECT_EQ(unknown.status, 400);
    EXPECT_EQ(unknown.errors(), "photo: does_not_exist");
    for (const std::string& id : {of_ben, of_stranger, taken}) EXPECT_EQ(create(ada, id).body, unknown.body);
    EXPECT_EQ(create(ada, "x").errors(), "photo: invalid");
    EXPECT_EQ(count("select count(*) from shared.card where tenant_id = $1"), 1);
}

TEST_F(Attaching, ContentAndSizeDecideNotTheName) {
    EXPECT_EQ(create(ada, upload("%PDF-1.7\n%x", "a.png")).errors(), "photo: invalid_image");
    EXPECT_EQ(create(ada, upload(png(1024 * 1024 + 1))).errors(), "photo: max_size");
    EXPECT_EQ(create(ada, begin(ada, 100)).errors(), "photo: incomplete");
    EXPECT_EQ(create(ada, upload("%PDF-1.7\n%x", "a.pdf"), "scan").status, 201);
}

TEST_F(Attaching, AHeldFileStaysAndAReplacedOneGoes) {
    const std::string first = upload(png(100)), second = upload(png(101));
    const std::string card = card_with(first);
    age("1 day");
    sweep();
    EXPECT_EQ(download(ada, first).status, 200);
    const std::string third = upload(png(102));
    EXPECT_EQ(ada.patch(card, photo(third)).status, 200);
    EXPECT_EQ(download(ada, first).status, 404);
    EXPECT_EQ(download(ada, third).status, 200);
    sweep();
    EXPECT_EQ(files(), 1);
    EXPECT_EQ(used(), 102);
    EXPECT_EQ(ada.patch(card, R"({"photo":null})").status, 200);
    sweep();
    EXPECT_EQ(files(), 0);
    EXPECT_EQ(used(), 0);
}

TEST_F(Attaching, TheFileBeforeMayComeBackUntilItIsSwept) {
    const std::string first = upload(png(100));
    const std::string card = card_with(first);
    ada.patch(card, photo(upload(png(101))));
    EXPECT_EQ(ada.patch(card, photo(first)).status, 200);
    sweep();
    EXPECT_EQ(download(ada, first).status, 200);
    EXPECT_EQ(files(), 1);
}

TEST_F(Attaching, AFileIsInOneFieldAndMayMoveToAnother) {
    const std::string id = upload(png(100));
    const std::string card = card_with(id);
    EXPECT_EQ(ada.patch(card, fmt::format(R"({{"scan":"{}"}})", id)).errors(), "scan: does_not_exist");
    EXPECT_EQ(ada.patch(card, fmt::format(R"({{"photo":null,"scan":"{}"}})", id)).status, 200);
    sweep();
    EXPECT_EQ(download(ada, id).status, 200);
    EXPECT_EQ(create(ada, Uuid::v7().to_string(), "scan").errors(), "scan: does_not_exist");
}

TEST_F(Attaching, AFileIsForThoseWhoMayReadItsObject) {
    Client reader = ada.colleague({"cards.read"});
    const std::string of_ada = upload(png());
    card_with(of_ada);
    EXPECT_EQ(download(reader, of_ada).status, 200);
    EXPECT_EQ(download(ben, of_ada).status, 404);
    const std::string of_ben = upload(ben, png());
    EXPECT_EQ(create(ben, of_ben).status, 201);
    EXPECT_EQ(download(ben, of_ben).status, 200);
    EXPECT_EQ(download(ada, of_ben).status, 200);
}

TEST_F(Attaching, AFileIsForThoseWhoSeeItsField) {
    Client reader = ada.colleague({"cards.read"});
    const std::string id = upload(png());
    EXPECT_EQ(create(ada, id, "scan").status, 201);
    EXPECT_EQ(download(ada, id).status, 200);
    EXPECT_EQ(download(reader, id).status, 404);
}

TEST_F(Attaching, AnArchivedObjectKeepsItsFile) {
    const std::string id = upload(png());
    const std::string card = card_with(id);
    EXPECT_EQ(ada.remove(card).status, 204);
    age("1 day");
    sweep();
    EXPECT_EQ(download(ada, id).status, 200);
}

TEST_F(Attaching, AHeldFileIsNotDiscarded) {
    const std::string id = upload(png());
    card_with(id);
    EXPECT_EQ(ada.remove(list + "/" + id).status, 404);
    EXPECT_EQ(download(ada, id).status, 200);
}

TEST_F(Attaching, OfManyObjectsAtOnceOneTakesTheFile) {
    const std::string id = upload(png());
    std::vector<::terrace::testing::Started<Answer>> started;
    for (int i = 0; i < 8; ++i)
        started.push_back(
            ada.start(http::Method::post, cards_list, fmt::format(R"({{"title":"A","photo":"{}"}})", id)));
    std::map<int, int> statuses;
    for (auto& one : started) ++statuses[one.wait().status];
    EXPECT_EQ(statuses, (std::map<int, int>{{201, 1}, {400, 7}}));
    EXPECT_EQ(count("select count(*) from shared.card where tenant_id = $1"), 1);
}

TEST_F(Attaching, WritersAtOnceLeaveOneFileAndNoneLost) {
    const std::string card = card_with(upload(png()));
    std::vector<std::string> ids;
    for (int i = 0; i < 6; ++i) ids.push_back(upload(png()));
    std::vector<::terrace::testing::Started<Answer>> started;
    for (const std::string& id : ids) started.push_back(ada.start(http::Method::patch, card, photo(id)));
    for (auto& one : started) EXPECT_EQ(one.wait().status, 200);
    sweep();
    EXPECT_EQ(files(), 1);
    EXPECT_EQ(count("select count(*) from shared.card as c join shared.file as f on f.tenant_id = c.tenant_id "
                    "and f.id = c.photo and f.expires_at is null where c.tenant_id = $1"),
              1);
}

TEST_F(Attaching, ARepeatedRequestIsAnsweredAlike) {
    const Headers key{{"idempotency-key", "key-1"}};
    const std::string body = fmt::format(R"({{"title":"A","photo":"{}"}})", upload(png()));
    const Answer first = ada.post(cards_list, body, key), second = ada.post(cards_list, body, key);
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
    const std::string card = cards_list + "/" + first.get("id");
    const std::string change = photo(upload(png()));
    const Headers other{{"idempotency-key", "key-2"}};
    EXPECT_EQ(ada.patch(card, change, other).status, 200);
    EXPECT_EQ(ada.patch(card, change, other).header("Idempotency-Replayed"), "true");
}

TEST_F(Attaching, ARefusedWriteTakesNothing) {
    const std::string id = upload(png());
    EXPECT_EQ(ada.post(cards_list, fmt::format(R"({{"title":"","photo":"{}"}})", id)).status, 400);
    const std::string card = card_with(upload(png()));
    EXPECT_EQ(ada.patch(card, photo(id), {{"if-match", "\"99-x\""}}).status, 412);
    EXPECT_EQ(create(ada, id).status, 201);
}

TEST_F(Attaching, TheDatabaseItselfRefusesAFileOfAnotherObject) {
    const std::string id = upload(png());
    card_with(id);
    db::Params params;
    params.add(ada.tenant()->id).add(id);
    EXPECT_THAT(
        [&] {
            tests.run("insert into shared.card (tenant_id, id, title, photo) values ($1, gen_random_uuid(), 'B', $2)",
                      params);
        },
        ::testing::ThrowsMessage<std::runtime_error>(HasSubstr("card_photo_fkey")));
}

}  // namespace
}  // namespace terrace::files::testing
