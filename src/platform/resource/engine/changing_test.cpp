#include "platform/resource/testing/test_widgets.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Replacing = WidgetTest;

TEST_F(Replacing, GivesWhatTheBodyLeavesOutItsInitialValue) {
    const Answer made = widgets.post("/api/v1/widgets",
                                     R"({"label":"Box","code":"AA1","colour":"red","stock":5,"fragile":true,
                                         "made_on":"2024-01-31","batch":"00000000-0000-4000-8000-000000000001",
                                         "email":"a@b.in","phone":"9876543210","note":"n","keyword":"k"})");
    const Answer answer = widgets.put(made.header("Location"), R"({"label":"Can","stock":7})");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.get("label"), "Can");
    EXPECT_EQ(answer.get("stock"), "7");
    EXPECT_EQ(answer.get("fragile"), "false");
    for (const char* field : {"colour", "made_on", "batch", "email", "phone", "note"})
        EXPECT_EQ(answer.get(field), "null") << field;
    EXPECT_EQ(count("select count(*) from shared.widget where tenant_id = $1 and keyword = ''"), 1);
    EXPECT_EQ(widgets.get(made.header("Location")).body, answer.body);
}

TEST_F(Replacing, KeepsWhatNoBodySets) {
    const Answer made = widgets.post("/api/v1/widgets", R"({"label":"Box","code":"AA1"})");
    const Answer answer = widgets.put(
        made.header("Location"),
        R"({"label":"Can","id":"00000000-0000-4000-8000-000000000001","version":9,"created_at":"2020-01-01T00:00:00Z"})");
    for (const char* field : {"id", "code", "created_at", "archived_at"}) EXPECT_EQ(answer.get(field), made.get(field));
    EXPECT_EQ(answer.get("version"), "2");
}

TEST_F(Replacing, TakesAnObjectAsItWasRead) {
    const Answer made = widgets.post("/api/v1/widgets", R"({"label":"Box","code":"AA1","colour":"red","stock":5})");
    EXPECT_EQ(widgets.put(made.header("Location"), made.body).body, made.body);
    EXPECT_EQ(count("select count(*) from shared.audit_entry where tenant_id = $1"), 1);
}

TEST_F(Replacing, NeedsTheRequiredFieldsAndChecksAllOthers) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    EXPECT_EQ(widgets.put(path, "{}").errors(), "label: required");
    EXPECT_EQ(widgets.put(path, R"({"label":"Can","code":"AA2"})").errors(), "code: invalid");
    EXPECT_EQ(widgets.put(path, R"({"label":null,"code":null,"stock":-1,"extra":1})").errors(),
              "label: null, code: null, stock: min_value, extra: unknown_field");
    EXPECT_EQ(widgets.put(path, R"({"label":"Can","fragile":true,"stock":101})").errors(), "stock: max_value");
    EXPECT_EQ(widgets.get(path).get("version"), "1");
}

TEST_F(Replacing, ComparesTheVersionThatItIsBasedOn) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    const std::string first = widgets.get(path).header("ETag");
    EXPECT_EQ(widgets.put(path, R"({"label":"Can"})", {{"if-match", first}}).status, 200);
    EXPECT_EQ(widgets.put(path, R"({"label":"Tin"})", {{"if-match", first}}).status, 412);
}

TEST_F(Replacing, IsDoneOnceForAKey) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    const Headers key{{"idempotency-key", "replace"}};
    EXPECT_EQ(widgets.put(path, R"({"label":"Can"})", key).status, 200);
    widgets.patch(path, R"({"stock":3})");
    const Answer again = widgets.put(path, R"({"label":"Can"})", key);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.get("stock"), "3");
    EXPECT_EQ(widgets.put(path, R"({"label":"Tin"})", key).status, 422);
}

TEST_F(Replacing, NamesTheChangedFieldsInTheAudit) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1", R"("colour":"red")");
    widgets.put(path, R"({"label":"Can"})");
    EXPECT_EQ(count("select count(*) from shared.audit_entry where tenant_id = $1 and action = 'widgets.update' and "
                    R"(changes = '{"fields":["label","label_sort","colour"]}')"),
              1);
}

TEST_F(Replacing, FindsTheNewWordsOnly) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    widgets.put(path, R"({"label":"Can"})");
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=can").results("label"), ElementsAre("Can"));
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=box").results("label"), IsEmpty());
}

TEST_F(Replacing, SaysNothingOfWhatIsOutOfSight) {
    const std::string id = make("Box", "AA1");
    Client other = stranger();
    for (const char* body : {"{}", "[", R"({"label":"Can"})"}) {
        const Answer expected = other.put("/api/v1/widgets/" + Uuid::v7().to_string(), body);
        EXPECT_EQ(expected.status, 404);
        EXPECT_EQ(other.put("/api/v1/widgets/" + id, body).body, expected.body);
    }
}

using Updating = WidgetTest;

TEST_F(Updating, ChangesOnlyWhatIsSupplied) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1", R"("colour":"red","stock":5)");
    const Answer answer = widgets.patch(path, R"({"stock":6})");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.get("stock"), "6");
    EXPECT_EQ(answer.get("colour"), "red");
    EXPECT_EQ(answer.get("version"), "2");
    EXPECT_EQ(widgets.get(path).body, answer.body);
    EXPECT_EQ(widgets.patch(path, R"({"colour":null})").get("colour"), "null");
}

TEST_F(Updating, WithoutAChangeAnswersTheObjectAsItIs) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1", R"("stock":5)");
    const std::string before = widgets.get(path).body;
    EXPECT_EQ(widgets.patch(path, "{}").body, before);
    EXPECT_EQ(widgets.patch(path, R"({"stock":5,"version":77})").body, before);
    EXPECT_EQ(count("select count(*) from shared.audit_entry where tenant_id = $1"), 1);
}

TEST_F(Updating, LooksAtTheMergedObject) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1", R"("stock":101)");
    EXPECT_EQ(widgets.patch(path, R"({"fragile":true})").errors(), "stock: max_value");
    EXPECT_EQ(widgets.patch(path, R"({"fragile":true,"stock":1})").status, 200);
}

TEST_F(Updating, RefusesFaultsAndWhatMayNotChange) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    EXPECT_EQ(widgets.patch(path, R"({"label":null,"code":"AA2","stock":-1,"extra":1})").errors(),
              "label: null, code: invalid, stock: min_value, extra: unknown_field");
    EXPECT_EQ(widgets.patch(path, "[]").errors(), "non_field_errors: invalid");
    EXPECT_EQ(widgets.get(path).get("version"), "1");
}

TEST_F(Updating, ComparesTheVersionOfIfMatch) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    const std::string first = widgets.get(path).header("ETag");
    EXPECT_EQ(widgets.patch(path, R"({"stock":1})", {{"if-match", "W/" + first}}).status, 200);
    const Answer stale = widgets.patch(path, R"({"stock":2})", {{"if-match", first}});
    EXPECT_EQ(stale.status, 412);
    EXPECT_EQ(stale.get("code"), "version_conflict");
    EXPECT_EQ(widgets.patch(path, R"({"stock":3})", {{"if-match", "*"}}).status, 200);
    EXPECT_EQ(widgets.remove(path, {{"if-match", first}}).status, 412);
    EXPECT_EQ(widgets.get(path).get("stock"), "3");
}

TEST_F(Updating, OneOfTwoWithTheSameIfMatchWins) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    const std::string tag = widgets.get(path).header("ETag");
    auto a = widgets.start(http::Method::patch, path, R"({"stock":1})", {{"if-match", tag}});
    auto b = widgets.start(http::Method::patch, path, R"({"colour":"red"})", {{"if-match", tag}});
    std::vector<int> statuses{a.wait().status, b.wait().status};
    std::ranges::sort(statuses);
    EXPECT_THAT(statuses, ElementsAre(200, 412));
    EXPECT_EQ(widgets.get(path).get("version"), "2");
}

TEST_F(Updating, WithoutIfMatchNobodysChangeIsLost) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    auto a = widgets.start(http::Method::patch, path, R"({"stock":1})");
    auto b = widgets.start(http::Method::patch, path, R"({"colour":"red"})");
    auto c = widgets.start(http::Method::patch, path, R"({"fragile":true})");
    auto d = widgets.start(http::Method::patch, path, R"({"note":"n"})");
    EXPECT_THAT((std::vector{a.wait().status, b.wait().status, c.wait().status, d.wait().status}),
                ElementsAre(200, 200, 200, 200));
    const Answer now = widgets.get(path);
    EXPECT_EQ(now.get("version"), "5");
    EXPECT_EQ(now.get("stock") + now.get("colour") + now.get("fragile") + now.get("note"), "1redtruen");
}

TEST_F(Updating, NamesTheChangedFieldsInTheAudit) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    widgets.patch(path, R"({"stock":1,"colour":"red","fragile":false})");
    db::Params params;
    params.add(widgets.tenant()->id);
    const db::Rows rows = tests.run(
        "select changes::text from shared.audit_entry where tenant_id = $1 and action = 'widgets.update'", params);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows.text(0, 0), R"({"fields": ["colour", "stock"]})");
}

TEST_F(Updating, WhatIsOutOfSightIsNotFoundBeforeTheBodyIsLookedAt) {
    const std::string foreign = make("Box", "AA1");
    Client other = stranger();
    const std::string never = Uuid::v7().to_string();
    for (const char* body : {"{\"stock\":1}", "{", "[]", ""}) {
        const Answer expected = other.patch("/api/v1/widgets/" + never, body);
        EXPECT_EQ(expected.status, 404);
        for (const std::string& id : {foreign, std::string("x")}) {
            EXPECT_EQ(other.patch("/api/v1/widgets/" + id, body).body, expected.body);
            EXPECT_EQ(other.post("/api/v1/widgets/" + id + "/restore", body).body, expected.body);
            EXPECT_EQ(other.remove("/api/v1/widgets/" + id).body, expected.body);
        }
    }
    EXPECT_EQ(widgets.get("/api/v1/widgets/" + foreign).get("version"), "1");
}

using Archiving = WidgetTest;

TEST_F(Archiving, TakesOutOfTheListAndBack) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    const Answer gone = widgets.remove(path);
    EXPECT_EQ(gone.status, 204);
    EXPECT_EQ(gone.body, "");
    EXPECT_THAT(widgets.get("/api/v1/widgets").results("code"), IsEmpty());
    EXPECT_THAT(widgets.get("/api/v1/widgets?search=box").results("code"), IsEmpty());
    EXPECT_THAT(widgets.get("/api/v1/widgets?archived=true").results("code"), ElementsAre("AA1"));
    EXPECT_NE(widgets.get(path).get("archived_at"), "null");
    const Answer back = widgets.post(path + "/restore", "{}");
    EXPECT_EQ(back.status, 200);
    EXPECT_EQ(back.get("archived_at"), "null");
    EXPECT_EQ(back.get("version"), "3");
    EXPECT_THAT(widgets.get("/api/v1/widgets").results("code"), ElementsAre("AA1"));
}

TEST_F(Archiving, TwiceIsOnce) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    EXPECT_EQ(widgets.remove(path).status, 204);
    EXPECT_EQ(widgets.remove(path).status, 204);
    EXPECT_EQ(widgets.get(path).get("version"), "2");
    EXPECT_EQ(widgets.post(path + "/restore", "{}").get("version"), "3");
    EXPECT_EQ(widgets.post(path + "/restore", "{}").get("version"), "3");
    EXPECT_EQ(count("select count(*) from shared.audit_entry where tenant_id = $1"), 3);
}

TEST_F(Archiving, RestoringTakesAnEmptyObject) {
    const std::string path = "/api/v1/widgets/" + make("Box", "AA1");
    widgets.remove(path);
    EXPECT_EQ(widgets.post(path + "/restore", R"({"a":1})").errors(), "a: unknown_field");
    EXPECT_EQ(widgets.post(path + "/restore", "[]").status, 400);
    EXPECT_EQ(widgets.post(path + "/restore", "").status, 400);
    EXPECT_NE(widgets.get(path).get("archived_at"), "null");
}

}  // namespace
}  // namespace terrace::resource::testing
