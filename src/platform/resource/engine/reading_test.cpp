#include "platform/resource/testing/test_widgets.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

using Reading = WidgetTest;

TEST_F(Reading, AnObjectIsAnsweredAsDeclared) {
    const std::string id = make(
        "Blue box", "AA1", R"("stock":5,"made_on":"2024-02-29","sold_at":"2024-03-01T05:30:00+05:30","keyword":"x")");
    const Answer answer = widgets.get("/api/v1/widgets/" + id);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.get("label"), "Blue box");
    EXPECT_EQ(answer.get("stock"), "5");
    EXPECT_EQ(answer.get("fragile"), "false");
    EXPECT_EQ(answer.get("made_on"), "2024-02-29");
    EXPECT_EQ(answer.get("sold_at"), "2024-03-01T00:00:00.000000Z");
    EXPECT_EQ(answer.get("label_length"), "8");
    EXPECT_EQ(answer.get("colour"), "null");
    EXPECT_EQ(answer.get("version"), "1");
    EXPECT_EQ(answer.get("archived_at"), "null");
    EXPECT_THAT(answer.body, Not(HasSubstr("label_sort")));
    EXPECT_THAT(answer.body, Not(HasSubstr("keyword")));
}

TEST_F(Reading, AnObjectThatTheClientHoldsIsNotSentAgain) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    const std::string etag = widgets.get(path).header("ETag");
    EXPECT_THAT(etag, StartsWith("\"1-"));
    const Answer again = widgets.get(path, {{"if-none-match", etag}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(again.header("ETag"), etag);
    EXPECT_EQ(widgets.get(path, {{"if-none-match", "W/" + etag}}).status, 304);
    widgets.patch(path, R"({"stock":1})");
    EXPECT_EQ(widgets.get(path, {{"if-none-match", etag}}).status, 200);
}

TEST_F(Reading, WhatIsOutOfSightIsNotFoundInTheSameBytes) {
    const std::string foreign = make("Box", "AA1");
    Client other = stranger();
    const Answer never = other.get("/api/v1/widgets/" + Uuid::v7().to_string());
    EXPECT_EQ(never.status, 404);
    for (const std::string& id : {foreign, std::string("7"), std::string("not-a-uuid"), foreign + "0"}) {
        const Answer answer = other.get("/api/v1/widgets/" + id);
        EXPECT_EQ(answer.status, 404);
        EXPECT_EQ(answer.body, never.body);
        EXPECT_EQ(answer.headers, never.headers);
    }
}

TEST_F(Reading, AnEmptyListHasNoNeighbours) {
    EXPECT_EQ(widgets.get("/api/v1/widgets").body, R"({"results":[],"next":null,"previous":null})");
}

TEST_F(Reading, AListShowsOnlyTheTenantsOwn) {
    make("Box", "AA1");
    EXPECT_THAT(widgets.get("/api/v1/widgets").results("code"), ElementsAre("AA1"));
    EXPECT_THAT(stranger().get("/api/v1/widgets").results("code"), IsEmpty());
}

TEST_F(Reading, OrdersBothWaysByWhatIsDeclared) {
    make("beta", "AA1", R"("stock":1)");
    make("Álpha", "AA2", R"("stock":3)");
    make("gamma", "AA3", R"("stock":2)");
    EXPECT_THAT(widgets.get("/api/v1/widgets").results("code"), ElementsAre("AA2", "AA1", "AA3"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?ordering=-label").results("code"), ElementsAre("AA3", "AA1", "AA2"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?ordering=stock").results("code"), ElementsAre("AA1", "AA3", "AA2"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?ordering=-created_at").results("code"), ElementsAre("AA3", "AA2", "AA1"));
}

TEST_F(Reading, PagesWalkForwardsAndBackWithTies) {
    for (int i = 1; i <= 8; ++i) make("Box", fmt::format("AA{}", i), fmt::format(R"("stock":{})", i / 4));
    for (const std::string& ordering : {"stock", "-stock", "label", "-created_at"}) {
        std::vector<std::string> all = widgets.get("/api/v1/widgets?limit=100&ordering=" + ordering).results("code");
        ASSERT_EQ(all.size(), 8u);
        const Answer first = widgets.get("/api/v1/widgets?limit=3&ordering=" + ordering);
        EXPECT_EQ(first.get("previous"), "null");
        const Answer second = widgets.get(first.get("next"));
        const Answer third = widgets.get(second.get("next"));
        EXPECT_EQ(third.get("next"), "null");
        std::vector<std::string> walked;
        for (const Answer* page : {&first, &second, &third})
            std::ranges::copy(page->results("code"), std::back_inserter(walked));
        EXPECT_EQ(walked, all);
        const Answer back = widgets.get(third.get("previous"));
        EXPECT_EQ(back.results("code"), second.results("code"));
        const Answer beginning = widgets.get(back.get("previous"));
        EXPECT_EQ(beginning.results("code"), first.results("code"));
        EXPECT_EQ(beginning.get("previous"), "null");
        EXPECT_EQ(widgets.get(beginning.get("next")).results("code"), second.results("code"));
    }
}

TEST_F(Reading, LinksArePathAbsoluteAndKeepTheQuestion) {
    for (int i = 1; i <= 2; ++i) make("Röd box", fmt::format("AA{}", i), R"("colour":"red")");
    const Answer page = widgets.get("/api/v1/widgets?limit=1&colour=red&search=r%C3%B6d&archived=false");
    EXPECT_THAT(page.get("next"),
                StartsWith("/api/v1/widgets?limit=1&colour=red&search=r%C3%B6d&archived=false&cursor="));
    EXPECT_THAT(widgets.get(page.get("next")).results("code"), ElementsAre("AA2"));
}

TEST_F(Reading, ACursorBelongsToItsListAndTenant) {
    for (int i = 1; i <= 3; ++i) make("Box", fmt::format("AA{}", i), R"("colour":"red")");
    const std::string next = widgets.get("/api/v1/widgets?limit=1").get("next");
    const std::string cursor = next.substr(next.find("&cursor="));
    EXPECT_EQ(widgets.get("/api/v1/widgets?limit=2" + cursor).status, 200);
    for (const std::string& other : {"ordering=-label", "colour=red", "search=box", "archived=true"}) {
        const Answer answer = widgets.get("/api/v1/widgets?" + other + cursor);
        EXPECT_EQ(answer.status, 400) << other;
        EXPECT_EQ(answer.get("code"), "parse_error");
        EXPECT_EQ(answer.errors(), "cursor: invalid");
    }
    EXPECT_EQ(stranger().get("/api/v1/widgets?limit=1" + cursor).status, 400);
    EXPECT_EQ(widgets.get("/api/v1/widgets?cursor=abc").status, 400);
}

TEST_F(Reading, FiltersByWholeValues) {
    make("Box", "AA1", R"("colour":"red","stock":7,"fragile":true)");
    make("Box", "AA2", R"("colour":"green","stock":7)");
    EXPECT_THAT(widgets.get("/api/v1/widgets?colour=red").results("code"), ElementsAre("AA1"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?stock=7&ordering=created_at").results("code"), ElementsAre("AA1", "AA2"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?stock=7&colour=green&fragile=false").results("code"), ElementsAre("AA2"));
}

TEST_F(Reading, NamesEveryWrongParameterAtOnce) {
    const Answer answer =
        widgets.get("/api/v1/widgets?limit=0&ordering=price&colour=blue&stock=many&fragile=1&archived=yes&search=" +
                    std::string(101, 'a'));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.get("code"), "validation_failed");
    EXPECT_EQ(answer.errors(),
              "limit: min_value, ordering: invalid_choice, colour: invalid_choice, stock: invalid, fragile: invalid, "
              "search: max_length, archived: invalid");
    EXPECT_EQ(widgets.get("/api/v1/widgets?limit=101").errors(), "limit: max_value");
    EXPECT_EQ(widgets.get("/api/v1/widgets?limit=ten").errors(), "limit: invalid");
    EXPECT_EQ(widgets.get("/api/v1/widgets?ordering=").errors(), "ordering: invalid_choice");
}

using Searching = WidgetTest;

TEST_F(Searching, FindsByTheBeginningOfEveryWord) {
    make("Big Röd Box", "AA1");
    make("Big green can", "AA2");
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=big").results("code"), ElementsAre("AA2", "AA1"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=BIG+rod").results("code"), ElementsAre("AA1"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=box+big").results("code"), ElementsAre("AA1"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=big+red").results("code"), IsEmpty());
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=ox").results("code"), IsEmpty());
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=%21").results("code"), IsEmpty());
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=++").results("code"), ElementsAre("AA2", "AA1"));
}

TEST_F(Searching, TakesShortWordsAsWholeOnes) {
    make("Om Prakash", "AA1");
    make("Omkar Rao", "AA2");
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=om").results("code"), ElementsAre("AA1"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=omk").results("code"), ElementsAre("AA2"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=ra").results("code"), IsEmpty());
}

TEST_F(Searching, FindsInIndianScripts) {
    make("मीना शर्मा", "AA1");  // Devanagari
    make("மீனா குமார்", "AA2");  // Tamil
    make("মীনা ঘোষ", "AA3");   // Bengali
    make("ज़ोया", "AA4");       // with a nukta
    const auto found = [&](const char* typed) {
        return widgets.get("/api/v1/widgets?ordering=created_at&search=" + http::percent_encode(typed)).results("code");
    };
    EXPECT_THAT(found("मीन"), ElementsAre("AA1"));
    EXPECT_THAT(found("मी"), IsEmpty());  // two letters: a consonant and its sign
    EXPECT_THAT(found("शर्मा मीना"), ElementsAre("AA1"));
    EXPECT_THAT(found("மீன"), ElementsAre("AA2"));
    EXPECT_THAT(found("குமார் மீனா"), ElementsAre("AA2"));
    EXPECT_THAT(found("মীন"), ElementsAre("AA3"));
    EXPECT_THAT(found("ঘোষ"), ElementsAre("AA3"));
    EXPECT_THAT(found("जोया"), ElementsAre("AA4"));
    EXPECT_THAT(found("मीना குமார்"), IsEmpty());
}

TEST_F(Searching, FindsPhonesByTheirFrontAndTheirEnd) {
    make("Box", "AA1", R"("phone":"98765 43210")");
    make("Can", "AA2", R"("phone":"9123454321")");
    for (const char* typed :
         {"98765", "9876543210", "09876543210", "%2B919876543210", "98765+43210", "3210", "43210", "%2B91+98765-43210"})
        EXPECT_THAT(widgets.get(std::string("/api/v1/widgets?search=") + typed).results("code"), ElementsAre("AA1"))
            << typed;
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=4321").results("code"), ElementsAre("AA2"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=can+4321").results("code"), ElementsAre("AA2"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=7654").results("code"), IsEmpty());
}

TEST_F(Searching, FollowsChanges) {
    const std::string id = make("Old name", "AA1", R"("phone":"9876543210")");
    widgets.patch("/api/v1/widgets/" + id, R"({"label":"New name","phone":null})");
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=old").results("code"), IsEmpty());
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=98765").results("code"), IsEmpty());
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=new+name").results("code"), ElementsAre("AA1"));
    EXPECT_EQ(count("select count(*) from shared.widget_token where tenant_id = $1"), 2);
}

TEST_F(Searching, SaysWhenAWordBeginsTooMany) {
    tests.run(
        fmt::format("insert into shared.widget_token select '{}', 'kumar' || i, gen_random_uuid() from "
                    "generate_series(1, 999) as i",
                    widgets.tenant()->id.to_string()));
    make("Kumar Rao", "AA1");
    make("Asha Rao", "AA2");
    const auto truncated = [&](const char* search) {
        return widgets.get(std::string("/api/v1/widgets?search=") + search).get("truncated");
    };
    EXPECT_EQ(truncated("kum"), "true");
    EXPECT_EQ(truncated("rao+kum"), "true");
    EXPECT_EQ(truncated("kumar9"), "");
    EXPECT_EQ(truncated("rao"), "");
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=kumar+rao").results("code"), ElementsAre("AA1"));
}

TEST_F(Searching, FindsNothingOfOtherTenants) {
    make("Box", "AA1");
    EXPECT_THAT(stranger().get("/api/v1/widgets?search=box").results("code"), IsEmpty());
}

}  // namespace
}  // namespace terrace::resource::testing
