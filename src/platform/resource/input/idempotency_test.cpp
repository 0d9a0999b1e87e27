#include "platform/resource/input/idempotency.hpp"

#include "platform/resource/testing/test_widgets.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::Each;
using ::testing::Eq;

class Idempotency : public WidgetTest {
  protected:
    const std::string list = "/api/v1/widgets";
    const std::string box = R"({"label":"Box","code":"AA1"})";
    const Headers key{{"idempotency-key", "key-1"}};

    void age_keys(const char* interval) {
        db::Params params;
        params.add(widgets.tenant()->id).add(interval);
        tests.run("update shared.idempotency_key set created_at = created_at - $2::interval where tenant_id = $1",
                  params);
    }
    std::int64_t keys() { return count("select count(*) from shared.idempotency_key where tenant_id = $1"); }
};

TEST_F(Idempotency, ASecondRequestDoesNothingMoreAndIsAnsweredAlike) {
    const Answer first = widgets.post(list, box, key);
    const Answer second = widgets.post(list, box, key);
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(first.header("Idempotency-Replayed"), "");
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("Location"), first.header("Location"));
    EXPECT_EQ(count("select count(*) from shared.widget where tenant_id = $1"), 1);
    EXPECT_EQ(count("select count(*) from shared.audit_entry where tenant_id = $1"), 1);
}

TEST_F(Idempotency, AReplayShowsTheObjectAsItIsNow) {
    const Answer first = widgets.post(list, box, key);
    widgets.patch(first.header("Location"), R"({"stock":9})");
    EXPECT_EQ(widgets.post(list, box, key).get("stock"), "9");
}

TEST_F(Idempotency, AnotherRequestWithTheSameKeyIsRefused) {
    const Answer first = widgets.post(list, box, key);
    const Answer other = widgets.post(list, R"({"label":"Can","code":"AA2"})", key);
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.get("code"), "idempotency_mismatch");
    EXPECT_EQ(widgets.patch(first.header("Location"), "{}", key).status, 422);
    EXPECT_EQ(widgets.remove(first.header("Location"), key).status, 422);
    EXPECT_EQ(count("select count(*) from shared.widget where tenant_id = $1"), 1);
}

TEST_F(Idempotency, ParallelRequestsHaveOneEffect) {
    std::vector<::terrace::testing::Started<Answer>> started;
    for (int i = 0; i < 8; ++i) started.push_back(widgets.start(http::Method::post, list, box, key));
    std::vector<std::string> ids;
    int replayed = 0;
    for (auto& one : started) {
        const Answer answer = one.wait();
        EXPECT_EQ(answer.status, 201) << answer.body;
        ids.push_back(answer.get("id"));
        replayed += answer.header("Idempotency-Replayed") == "true" ? 1 : 0;
    }
    EXPECT_THAT(ids, Each(Eq(ids.front())));
    EXPECT_EQ(replayed, 7);
    EXPECT_EQ(count("select count(*) from shared.widget where tenant_id = $1"), 1);
}

TEST_F(Idempotency, ParallelChangesHaveOneEffect) {
    const std::string path = list + "/" + make("Box", "AA1");
    std::vector<::terrace::testing::Started<Answer>> started;
    for (int i = 0; i < 6; ++i) started.push_back(widgets.start(http::Method::patch, path, R"({"stock":7})", key));
    for (auto& one : started) EXPECT_EQ(one.wait().status, 200);
    EXPECT_EQ(widgets.get(path).get("version"), "2");
    EXPECT_EQ(keys(), 1);
}

TEST_F(Idempotency, CoversEveryWrite) {
    const std::string path = list + "/" + make("Box", "AA1");
    const auto twice = [&](http::Method method, const std::string& target, const std::string& body, const char* name) {
        const Headers headers{{"idempotency-key", name}};
        const Answer first = widgets.call(method, target, body, headers);
        const std::string version = widgets.get(path).get("version");
        const Answer second = widgets.call(method, target, body, headers);
        EXPECT_LT(first.status, 300) << name;
        EXPECT_EQ(first.status, second.status) << name;
        EXPECT_EQ(first.body, second.body) << name;
        EXPECT_EQ(second.header("Idempotency-Replayed"), "true") << name;
        EXPECT_EQ(widgets.get(path).get("version"), version) << name;
    };
    twice(http::Method::patch, path, R"({"stock":5})", "patch");
    twice(http::Method::patch, path, R"({"stock":5})", "patch-without-a-change");
    twice(http::Method::del, path, "", "archive");
    twice(http::Method::del, path, "", "archive-what-is-archived");
    twice(http::Method::post, path + "/restore", "{}", "restore");
    twice(http::Method::post, path + "/restore", "{}", "restore-what-is-not-archived");
}

TEST_F(Idempotency, AReplayWinsOverAStaleIfMatch) {
    const std::string path = list + "/" + make("Box", "AA1");
    Headers headers = key;
    headers.emplace_back("if-match", widgets.get(path).header("ETag"));
    EXPECT_EQ(widgets.patch(path, R"({"stock":5})", headers).status, 200);
    const Answer again = widgets.patch(path, R"({"stock":5})", headers);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
}

TEST_F(Idempotency, OnlySuccessesAreKept) {
    make("Other", "AA1");
    EXPECT_EQ(widgets.post(list, box, key).errors(), "code: unique");
    EXPECT_EQ(widgets.post(list, "{}", key).status, 400);
    const std::string path = list + "/" + make("Can", "AA2");
    Headers stale = key;
    stale.emplace_back("if-match", "\"99\"");
    EXPECT_EQ(widgets.patch(path, R"({"stock":5})", stale).status, 412);
    EXPECT_EQ(keys(), 0);
    EXPECT_EQ(widgets.post(list, R"({"label":"Box","code":"AA3"})", key).status, 201);
}

TEST_F(Idempotency, AKeyIsFreeAfterADay) {
    const Answer first = widgets.post(list, box, key);
    age_keys("23 hours 59 minutes");
    EXPECT_EQ(widgets.post(list, box, key).header("Idempotency-Replayed"), "true");
    age_keys("2 minutes");
    EXPECT_EQ(widgets.post(list, R"({"label":"Can","code":"AA2"})", key).status, 201);
    EXPECT_EQ(widgets.post(list, R"({"label":"Can","code":"AA2"})", key).header("Idempotency-Replayed"), "true");
}

TEST_F(Idempotency, AKeyBelongsToItsPersonAndTenant) {
    widgets.post(list, box, key);
    Client colleague = client(widgets.scope());
    EXPECT_EQ(colleague.post(list, R"({"label":"Can","code":"AA2"})", key).status, 201);
    EXPECT_EQ(stranger().post(list, box, key).header("Idempotency-Replayed"), "");
}

TEST_F(Idempotency, AKeyIsVisibleAsciiOfLimitedLength) {
    for (const std::string& bad : {std::string(), std::string("a b"), std::string(256, 'k'), std::string("é")})
        EXPECT_EQ(widgets.post(list, box, {{"idempotency-key", bad}}).status, 400) << bad;
    EXPECT_EQ(widgets.post(list, box, {{"idempotency-key", std::string(255, 'k')}}).status, 201);
}

TEST_F(Idempotency, ThePurgeRemovesWhatHasExpired) {
    widgets.post(list, box, key);
    db::Params copies;
    copies.add(widgets.tenant()->id);
    tests.run(
        "insert into shared.idempotency_key (tenant_id, user_id, key, request_hash, status, object_id, object_version) "
        "select tenant_id, user_id, 'copy-' || n, request_hash, status, object_id, object_version "
        "from shared.idempotency_key, generate_series(1, 4000) as n where tenant_id = $1",
        copies);
    age_keys("25 hours");
    widgets.post(list, R"({"label":"Can","code":"AA2"})", {{"idempotency-key", "key-2"}});
    EXPECT_EQ(*::terrace::testing::run(loop, purge_keys(database, widgets.scope())), 4'001);
    EXPECT_EQ(keys(), 1);
}

}  // namespace
}  // namespace terrace::resource::testing
