#include "platform/resource/testing/test_bulk.hpp"
#include "platform/resource/testing/test_crates.hpp"

#include <algorithm>

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using CreatingMany = CrateTest;

TEST_F(CreatingMany, AnswersThemInOrderNumberedAndAudited) {
    const Answer answer = crates.post(list, "[" + crate("C") + "," + crate("A") + "," + crate("B") + "]");
    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_THAT(members(answer, "code"), ElementsAre("C", "A", "B"));
    EXPECT_THAT(members(answer, "number"), ElementsAre("1", "2", "3"));
    EXPECT_EQ(errors_by_index(answer), "");
    EXPECT_EQ(audited(), 3);
    EXPECT_THAT(crates.get(list + "?search=crate").results("code"), SizeIs(3));
    EXPECT_EQ(crates.get(list + "/" + members(answer, "id").front()).get("code"), "C");
}

TEST_F(CreatingMany, IsAllOrNothingWithEveryFaultByIndex) {
    const Answer answer = crates.post(
        list, "[" + crate("A") + R"(,{"code":"B"},7,)" + crate("D", "D") + R"(,{"code":"E","label":"E2","x":1}])");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.get("code"), "bulk_failed");
    EXPECT_EQ(errors_by_index(answer),
              "1/label: required, 2/non_field_errors: invalid, 3/non_field_errors: invalid, 4/x: unknown_field");
    EXPECT_THAT(codes(), IsEmpty());
    EXPECT_EQ(audited(), 0);
}

TEST_F(CreatingMany, NamesOneFaultOfAnObjectWhereThereAreAThousandBefore) {
    std::string unknown = R"({"label":"L")";
    for (int i = 0; i < 300; ++i) unknown += fmt::format(R"(,"m{}":0)", i);
    std::string body = "[" + crate("A");
    for (int i = 1; i < 20; ++i) body += "," + unknown + "}";
    const Answer answer = crates.post(list, body + "]");
    EXPECT_EQ(answer.get("code"), "bulk_failed");
    const auto document = answer.json();
    const auto errors = *document.root().find("errors");
    EXPECT_EQ(errors.size(), 19U);
    EXPECT_EQ(errors.find("10")->size(), 100U);
    EXPECT_EQ(errors.find("11")->size(), 1U);
    EXPECT_EQ(errors.find("19")->size(), 1U);
    EXPECT_LT(answer.body.size(), 100'000U);
}

TEST_F(CreatingMany, NamesTheOneThatTheDatabaseRefuses) {
    make("B");
    const Answer answer = crates.post(list, "[" + crate("C") + "," + crate("A") + "," + crate("B") + "]");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(errors_by_index(answer), "2/code: unique");
    EXPECT_EQ(errors_by_index(crates.post(list, "[" + crate("X") + "," + crate("X") + "]")), "1/code: unique");
    EXPECT_THAT(codes(), ElementsAre("B"));
}

TEST_F(CreatingMany, PartiallyLeavesOutWhatIsWrong) {
    make("B");
    const Answer answer = crates.post(list + "?partial=true",
                                      "[" + crate("A") + "," + crate("B") + R"(,{"code":"C"},)" + crate("D") + "]");
    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_THAT(members(answer, "code"), ElementsAre("A", "-", "-", "D"));
    EXPECT_EQ(errors_by_index(answer), "1/code: unique, 2/label: required");
    EXPECT_THAT(codes(), ElementsAre("B", "A", "D"));
    const Answer nothing = crates.post(list + "?partial=true", "[" + crate("A") + R"(,{}])");
    EXPECT_EQ(nothing.status, 400);
    EXPECT_EQ(errors_by_index(nothing), "0/code: unique, 1/code: required, 1/label: required");
    EXPECT_EQ(crates.post(list + "?partial=yes", "[" + crate("E") + "]").errors(), "partial: invalid");
}

TEST_F(CreatingMany, TakesOneToTheMost) {
    EXPECT_EQ(crates.post(list, "[]").errors(), "non_field_errors: empty");
    std::string body;
    for (int i = 0; i < 20; ++i) body += crate(fmt::format("C{:02}", i)) + ",";
    EXPECT_EQ(crates.post(list, "[" + body + crate("D") + "]").errors(), "non_field_errors: max_length");
    body.pop_back();
    EXPECT_THAT(members(crates.post(list, "[" + body + "]"), "code"), SizeIs(20));
}

TEST_F(CreatingMany, OneObjectIsAnsweredAsEver) {
    const Answer one = crates.post(list, crate("A"));
    EXPECT_EQ(one.get("code"), "A");
    EXPECT_EQ(one.header("Location"), list + "/" + one.get("id"));
    EXPECT_EQ(crates.post(list, "7").errors(), "non_field_errors: invalid");
}

TEST_F(CreatingMany, IsDoneOnceForAKey) {
    const Headers key{{"idempotency-key", "many"}};
    make("B");
    const std::string body = "[" + crate("A") + "," + crate("B") + "]";
    const Answer first = crates.post(list + "?partial=true", body, key);
    EXPECT_EQ(first.status, 201);
    const Answer again = crates.post(list + "?partial=true", body, key);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(crates.post(list + "?partial=true", "[" + crate("C") + "]", key).status, 422);
    EXPECT_EQ(crates.post(list, body, key).status, 422);
    EXPECT_EQ(crates.post(list, crate("A"), key).status, 422);
    EXPECT_THAT(codes(), ElementsAre("B", "A"));
}

TEST_F(CreatingMany, ParallelRequestsWithOneKeyHaveOneEffect) {
    const std::string body = "[" + crate("A") + "," + crate("B") + "]";
    std::vector<::terrace::testing::Started<Answer>> started;
    started.reserve(6);
    for (int i = 0; i < 6; ++i)
        started.push_back(crates.start(http::Method::post, list, body, {{"idempotency-key", "many"}}));
    std::string first;
    for (auto& one : started) {
        const Answer answer = one.wait();
        EXPECT_EQ(answer.status, 201) << answer.body;
        if (first.empty()) first = answer.body;
        EXPECT_EQ(answer.body, first);
    }
    EXPECT_THAT(codes(), SizeIs(2));
    EXPECT_EQ(audited(), 2);
}

/// Were the rows written as they come, two requests would hold what the other waits for.
TEST_F(CreatingMany, TwoThatWantTheSameInOppositeOrderDoNotWaitForEachOther) {
    for (int round = 0; round < 5; ++round) {
        std::vector<std::string> up, down;
        for (int i = 0; i < 10; ++i) {
            up.push_back(crate(fmt::format("R{}-{}", round, i), fmt::format("L{}-{}", round, i)));
            down.insert(down.begin(), crate(fmt::format("R{}-{}", round, i), fmt::format("L{}-{}", round, i)));
        }
        auto a = crates.start(http::Method::post, list, fmt::format("[{}]", fmt::join(up, ",")));
        auto b = crates.start(http::Method::post, list, fmt::format("[{}]", fmt::join(down, ",")));
        std::vector<int> statuses{a.wait().status, b.wait().status};
        std::ranges::sort(statuses);
        EXPECT_THAT(statuses, ElementsAre(201, 400));
    }
    EXPECT_EQ(count("select count(*) from shared.crate where tenant_id = $1"), 50);
}

}  // namespace
}  // namespace terrace::resource::testing
