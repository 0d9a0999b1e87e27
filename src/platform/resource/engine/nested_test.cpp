#include "platform/resource/testing/test_invoices.hpp"

#include <algorithm>

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::string_view two_lines =
    R"("lines":[{"text":"a","place":1,"quantity":2},{"text":"b","place":2,"quantity":3}])";

class NestedWritesTest : public InvoiceTest {
  public:
    using InvoiceTest::InvoiceTest;

  protected:
    std::vector<std::string> ids(const std::string& path) { return within(desk.get(path), "lines", "id"); }
    std::vector<std::string> audit() {
        const auto rows = tests.run(fmt::format(
            "select action || ' ' || changes::text from shared.audit_entry where tenant_id = '{}' order by 1",
            desk.tenant()->id.to_string()));
        std::vector<std::string> found;
        for (std::size_t i = 0; i < rows.size(); ++i) found.emplace_back(rows.text(i, 0));
        return found;
    }
};

TEST_F(NestedWritesTest, CreateTheParentWithItsChildren) {
    const Answer made = desk.post(list, fmt::format(R"({{"code":"A",{}}})", two_lines));
    EXPECT_EQ(made.status, 201) << made.body;
    EXPECT_THAT(within(made, "lines", "text"), ElementsAre("a", "b"));
    EXPECT_EQ(made.get("version"), "1");
    EXPECT_EQ(desk.get(made.header("Location")).body, made.body);
    EXPECT_THAT(audit(), ElementsAre("invoices.create {}", "lines.create {}", "lines.create {}"));
    EXPECT_EQ(count("select count(*) from shared.line_token where tenant_id = $1"), 2);
}

TEST_F(NestedWritesTest, PatchChangesCreatesAndRemovesInOneUnit) {
    const std::string path = make("A", two_lines);
    const std::string first = ids(path)[0];
    const Answer changed =
        desk.patch(path, fmt::format(R"({{"lines":[{{"id":"{}","quantity":9}},{{"text":"new","place":7}}]}})", first));
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_THAT(within(changed, "lines", "text"), ElementsAre("a", "new"));
    EXPECT_THAT(within(changed, "lines", "quantity"), ElementsAre("9", "1"));
    EXPECT_EQ(ids(path)[0], first);
    EXPECT_EQ(changed.get("version"), "2");
    EXPECT_THAT(audit(), UnorderedElementsAre("invoices.create {}", "lines.create {}", "lines.create {}",
                                              "lines.create {}", R"(invoices.update {"fields": ["lines"]})",
                                              R"(lines.update {"fields": ["quantity"]})", "lines.remove {}"));
    EXPECT_EQ(count("select count(*) from shared.line_token where tenant_id = $1"), 2);
}

TEST_F(NestedWritesTest, PatchWithoutTheListLeavesItAndPutWithoutItEmptiesIt) {
    const std::string path = make("A", two_lines);
    EXPECT_EQ(desk.patch(path, R"({"code":"B"})").status, 200);
    EXPECT_THAT(texts(path), ElementsAre("a", "b"));
    EXPECT_EQ(desk.put(path, R"({"code":"C"})").status, 200);
    EXPECT_THAT(texts(path), IsEmpty());
}

TEST_F(NestedWritesTest, PutReplacesWhatAnElementLeavesOut) {
    const std::string path = make("A", two_lines);
    const auto stored = ids(path);
    const Answer put = desk.put(path, fmt::format(R"({{"code":"A","lines":[{{"id":"{}","text":"x","place":1}},)"
                                                  R"({{"id":"{}","text":"y","place":2}}]}})",
                                                  stored[0], stored[1]));
    EXPECT_THAT(within(put, "lines", "quantity"), ElementsAre("1", "1"));
    EXPECT_EQ(desk.put(path, fmt::format(R"({{"code":"A","lines":[{{"id":"{}"}}]}})", stored[0])).errors(),
              "lines.0.text: required");
}

TEST_F(NestedWritesTest, WhatWasReadCanBeSentBackAndChangesNothing) {
    const std::string path = make("A", two_lines);
    const Answer read = desk.get(path);
    EXPECT_EQ(desk.put(path, read.body).body, read.body);
    EXPECT_EQ(desk.patch(path, read.body).body, read.body);
}

TEST_F(NestedWritesTest, FaultsAreToldByTheirPaths) {
    EXPECT_EQ(desk.post(list, R"({"lines":[{"text":"a"},{"quantity":100,"x":1},7,null]})").errors(),
              "code: required, lines.1.text: required, lines.1.quantity: max_value, lines.1.x: unknown_field, "
              "lines.2.non_field_errors: invalid, lines.3.non_field_errors: null");
    EXPECT_EQ(desk.post(list, R"({"code":"A","lines":null})").errors(), "lines: null");
    EXPECT_EQ(desk.post(list, R"({"code":"A","lines":{}})").errors(), "lines: not_a_list");
    EXPECT_EQ(desk.post(list, R"({"code":"A","lines":[{},{},{},{},{},{}]})").errors(), "lines: max_length");
    EXPECT_EQ(desk.post(list, R"({"code":"A","lines":[{"text":"a"},{"text":"void","quantity":2}]})").errors(),
              "lines.1.non_field_errors: invalid");
    EXPECT_EQ(count("select count(*) from shared.invoice where tenant_id = $1"), 0);
}

TEST_F(NestedWritesTest, ViolatedConstraintsAreToldByTheirPaths) {
    make("A", R"("lines":[{"text":"a","serial":"S1"}])");
    const Answer taken = desk.post(list, R"({"code":"B","lines":[{"text":"a"},{"text":"b","serial":"S1"}]})");
    EXPECT_EQ(taken.status, 400);
    EXPECT_EQ(taken.errors(), "lines.1.serial: unique");
    EXPECT_EQ(desk.post(list, R"({"code":"A","lines":[{"text":"a"}]})").errors(), "code: unique");
    EXPECT_EQ(count("select count(*) from shared.invoice where tenant_id = $1"), 1);
}

TEST_F(NestedWritesTest, AValueThatARemovedChildHadIsFree) {
    const std::string path = make("A", R"("lines":[{"text":"a","serial":"S1"}])");
    EXPECT_EQ(desk.patch(path, R"({"lines":[{"text":"b","serial":"S1"}]})").status, 200);
    EXPECT_THAT(texts(path), ElementsAre("b"));
}

TEST_F(NestedWritesTest, ChildrenOfOthersDoNotExist) {
    const std::string mine = make("A", two_lines), other = make("B", two_lines);
    Client strangers = stranger();
    const Answer theirs = strangers.post(list, R"({"code":"A","lines":[{"text":"theirs"}]})");
    for (const std::string& id : {ids(other)[0], within(theirs, "lines", "id")[0], Uuid::v7().to_string()}) {
        const std::string body = fmt::format(R"({{"lines":[{{"id":"{}","text":"x"}}]}})", id);
        const Answer refused = desk.patch(mine, body);
        EXPECT_EQ(refused.status, 400);
        EXPECT_EQ(refused.errors(), "lines.0.id: does_not_exist");
        EXPECT_EQ(desk.post(list, fmt::format(R"({{"code":"N",{})", body.substr(1))).errors(),
                  "lines.0.id: does_not_exist");
    }
    EXPECT_THAT(texts(mine), ElementsAre("a", "b"));
    EXPECT_THAT(texts(other), ElementsAre("a", "b"));
    EXPECT_THAT(within(strangers.get(theirs.header("Location")), "lines", "text"), ElementsAre("theirs"));
}

TEST_F(NestedWritesTest, AnIdIsNamedOnceAndIsOne) {
    const std::string path = make("A", two_lines);
    const std::string id = ids(path)[0];
    EXPECT_EQ(desk.patch(path, fmt::format(R"({{"lines":[{{"id":"{0}"}},{{"id":"{0}"}}]}})", id)).errors(),
              "lines.1.id: unique");
    EXPECT_EQ(desk.patch(path, R"({"lines":[{"id":"7"}]})").errors(), "lines.0.id: invalid");
}

TEST_F(NestedWritesTest, AnElementCannotChangeParents) {
    const std::string mine = make("A", two_lines), other = make("B");
    const std::string body =
        fmt::format(R"({{"lines":[{{"id":"{}","invoice_id":"{}"}}]}})", ids(mine)[0], desk.get(other).get("id"));
    EXPECT_EQ(desk.patch(mine, body).status, 200);
    EXPECT_THAT(texts(mine), ElementsAre("a"));
    EXPECT_THAT(texts(other), IsEmpty());
}

TEST_F(NestedWritesTest, AsMuchAsIsDeclaredIsKept) {
    const std::string path = make("A", two_lines);
    const std::string keep = ids(path)[0];
    const std::string body =
        fmt::format(R"({{"lines":[{{"id":"{}"}},{{"text":"1"}},{{"text":"2"}},{{"text":"3"}},{{"text":"4"}}]}})", keep);
    EXPECT_EQ(desk.patch(path, body).status, 200);
    EXPECT_EQ(ids(path).size(), 5u);
}

TEST_F(NestedWritesTest, ArchiveWhereTheChildIsArchivable) {
    const std::string path = make("A", R"("remarks":[{"text":"a"},{"text":"b"}])");
    EXPECT_EQ(desk.patch(path, R"({"remarks":[]})").status, 200);
    EXPECT_EQ(count("select count(*) from shared.remark where tenant_id = $1 and archived_at is not null"), 2);
}

TEST_F(NestedWritesTest, NeedThePermissionsOfTheChild) {
    const std::string path = make("A", two_lines);
    const auto stored = ids(path);
    Client clerk = person({"invoices.read", "invoices.create", "invoices.update", "lines.read"});
    const auto both = [&](std::string_view of_first) {
        return fmt::format(R"({{"lines":[{{"id":"{}"{}}},{{"id":"{}"}}]}})", stored[0], of_first, stored[1]);
    };
    EXPECT_EQ(clerk.patch(path, both("")).status, 200);
    EXPECT_EQ(clerk.patch(path, both(R"(,"text":"x")")).status, 403);
    EXPECT_EQ(clerk.patch(path, fmt::format(R"({{"lines":[{{"id":"{}"}}]}})", stored[0])).status, 403);
    EXPECT_EQ(clerk.post(list, R"({"code":"B","lines":[{"text":"a"}]})").status, 403);
    EXPECT_EQ(clerk.put(path, R"({"code":"C"})").status, 200);
    EXPECT_THAT(texts(path), ElementsAre("a", "b"));

    Client blind = person({"invoices.read", "invoices.create", "invoices.update"});
    EXPECT_EQ(blind.patch(path, R"({"lines":[]})").errors(), "lines: unknown_field");
    EXPECT_EQ(blind.put(path, R"({"code":"D"})").status, 200);
    EXPECT_THAT(texts(path), ElementsAre("a", "b"));
}

TEST_F(NestedWritesTest, LeaveFieldsAloneThatTheWriterDoesNotSee) {
    const std::string path = make("A", R"("lines":[{"text":"a","cost":7}])");
    Client clerk = person({"invoices.read", "invoices.update", "lines.read", "lines.update"});
    const std::string element = fmt::format(R"("id":"{}","text":"b")", ids(path)[0]);
    EXPECT_EQ(clerk.put(path, fmt::format(R"({{"code":"A","lines":[{{{}}}]}})", element)).status, 200);
    EXPECT_THAT(within(desk.get(path), "lines", "cost"), ElementsAre("7"));
    EXPECT_EQ(clerk.patch(path, fmt::format(R"({{"lines":[{{{},"cost":1}}]}})", element)).errors(),
              "lines.0.cost: unknown_field");
}

TEST_F(NestedWritesTest, MoveTheVersionOfTheParent) {
    const std::string path = make("A", two_lines);
    const std::string tag = desk.get(path).header("ETag");
    const std::string rename = fmt::format(R"({{"lines":[{{"id":"{}","text":"x"}}]}})", ids(path)[0]);
    EXPECT_EQ(desk.patch(path, rename, {{"if-match", tag}}).get("version"), "2");
    EXPECT_EQ(desk.patch(path, R"({"lines":[]})", {{"if-match", tag}}).status, 412);
    EXPECT_EQ(desk.patch(path, R"({"code":"B"})", {{"if-match", tag}}).status, 412);
    EXPECT_THAT(texts(path), ElementsAre("x"));
}

TEST_F(NestedWritesTest, AChildAtItsOwnAddressMovesItToo) {
    const std::string path = make("A", R"("lines":[{"text":"a"}])");
    const std::string tag = desk.get(path).header("ETag"), line = "/api/v1/lines/" + ids(path)[0];
    EXPECT_EQ(desk.patch(line, R"({"text":"a"})").status, 200);
    EXPECT_EQ(desk.get(path).get("version"), "1");
    EXPECT_EQ(desk.patch(line, R"({"text":"b"})").status, 200);
    EXPECT_EQ(desk.get(path).get("version"), "2");
    EXPECT_EQ(desk.patch(path, R"({"lines":[]})", {{"if-match", tag}}).status, 412);
    const std::string parent = desk.get(path).get("id");
    EXPECT_EQ(desk.post("/api/v1/lines", fmt::format(R"({{"text":"c","invoice_id":"{}"}})", parent)).status, 201);
    EXPECT_EQ(desk.get(path).get("version"), "3");
    EXPECT_EQ(desk.post("/api/v1/lines", fmt::format(R"({{"invoice_id":"{}"}})", parent)).status, 400);
    EXPECT_EQ(desk.get(path).get("version"), "3");
}

TEST_F(NestedWritesTest, ChildrenAtTheirOwnAddressesAndThroughTheParentDoNotBlockEachOther) {
    const std::string path = make("A", two_lines);
    const auto stored = ids(path);
    for (int i = 0; i < 5; ++i) {
        auto whole = desk.start(http::Method::patch, path,
                                fmt::format(R"({{"lines":[{{"id":"{}","quantity":{}}},{{"id":"{}","quantity":{}}}]}})",
                                            stored[1], 10 + i, stored[0], 20 + i));
        auto one = desk.start(http::Method::patch, "/api/v1/lines/" + stored[0], fmt::format(R"({{"place":{}}})", i));
        auto two =
            desk.start(http::Method::patch, "/api/v1/lines/" + stored[1], fmt::format(R"({{"cost":{}}})", i + 1));
        for (auto* each : {&whole, &one, &two}) EXPECT_EQ(each->wait().status, 200);
    }
    EXPECT_EQ(desk.get(path).get("version"), "16");
}

TEST_F(NestedWritesTest, OfTwoWithOneVersionOneIsRefused) {
    const std::string path = make("A", two_lines);
    const std::string tag = desk.get(path).header("ETag");
    auto a = desk.start(http::Method::patch, path, R"({"lines":[{"text":"of a"}]})", {{"if-match", tag}});
    auto b = desk.start(http::Method::patch, path, R"({"lines":[{"text":"of b"}]})", {{"if-match", tag}});
    EXPECT_THAT((std::vector{a.wait().status, b.wait().status}), UnorderedElementsAre(200, 412));
    EXPECT_EQ(texts(path).size(), 1u);
}

TEST_F(NestedWritesTest, WithoutAVersionTheLaterListWinsAsAWhole) {
    const std::string path = make("A", two_lines);
    auto a = desk.start(http::Method::patch, path, R"({"lines":[{"text":"a1"},{"text":"a2"}]})");
    auto b = desk.start(http::Method::patch, path, R"({"lines":[{"text":"b1"},{"text":"b2"}]})");
    auto c = desk.start(http::Method::patch, path, R"({"code":"C"})");
    for (auto* each : {&a, &b, &c}) EXPECT_EQ(each->wait().status, 200);
    auto found = texts(path);
    std::ranges::sort(found);
    EXPECT_TRUE(found == std::vector<std::string>({"a1", "a2"}) || found == std::vector<std::string>({"b1", "b2"}));
    EXPECT_EQ(desk.get(path).get("version"), "4");
    EXPECT_EQ(desk.get(path).get("code"), "C");
}

TEST_F(NestedWritesTest, OneWhoWritesAChildByItselfIsNotOverwritten) {
    const std::string path = make("A", R"("lines":[{"text":"a","quantity":1}])");
    const std::string id = ids(path)[0];
    auto whole = desk.start(http::Method::patch, path, fmt::format(R"({{"lines":[{{"id":"{}","text":"b"}}]}})", id));
    auto one = desk.start(http::Method::patch, "/api/v1/lines/" + id, R"({"quantity":5})");
    EXPECT_EQ(whole.wait().status, 200);
    EXPECT_EQ(one.wait().status, 200);
    EXPECT_THAT(texts(path), ElementsAre("b"));
    EXPECT_THAT(within(desk.get(path), "lines", "quantity"), ElementsAre("5"));
}

TEST_F(NestedWritesTest, AKeyCoversTheChildren) {
    const Headers key{{"idempotency-key", "k1"}};
    const std::string body = fmt::format(R"({{"code":"A",{}}})", two_lines);
    const Answer first = desk.post(list, body, key), second = desk.post(list, body, key);
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
    const std::string path = first.header("Location");
    const Headers again{{"idempotency-key", "k2"}};
    const std::string more = R"({"lines":[{"text":"n"}]})";
    EXPECT_EQ(desk.patch(path, more, again).body, desk.patch(path, more, again).body);
    EXPECT_EQ(count("select count(*) from shared.line where tenant_id = $1"), 1);
    auto a = desk.start(http::Method::patch, path, R"({"lines":[{"text":"m"}]})", {{"idempotency-key", "k3"}});
    auto b = desk.start(http::Method::patch, path, R"({"lines":[{"text":"m"}]})", {{"idempotency-key", "k3"}});
    EXPECT_EQ(a.wait().body, b.wait().body);
    EXPECT_EQ(desk.get(path).get("version"), "3");
}

class CarefulWrites : public NestedWritesTest {
  protected:
    CarefulWrites()
        : NestedWritesTest(
              described_invoices({.create = OnChild::write, .update = OnChild::refuse, .remove = OnChild::refuse})
                  .build()) {}
};

TEST_F(CarefulWrites, RefuseWhatIsDeclaredSo) {
    const std::string path = make("A", two_lines);
    const auto stored = ids(path);
    EXPECT_EQ(
        desk.patch(path, fmt::format(R"({{"lines":[{{"id":"{}","text":"x"}},{{"id":"{}"}}]}})", stored[0], stored[1]))
            .errors(),
        "lines.0.non_field_errors: invalid");
    EXPECT_EQ(desk.patch(path, R"({"lines":[]})").errors(), "lines: invalid");
    EXPECT_EQ(desk.put(path, desk.get(path).body).status, 200);
}

class LooseWrites : public NestedWritesTest {
  protected:
    LooseWrites()
        : NestedWritesTest(
              described_invoices({.create = OnChild::refuse, .update = OnChild::write, .remove = OnChild::ignore})
                  .build()) {}
};

TEST_F(LooseWrites, LeaveWhatTheBodyLeavesOut) {
    EXPECT_EQ(desk.post(list, R"({"code":"A","lines":[{"text":"a"}]})").errors(), "lines.0.id: required");
    const std::string path = make("A");
    tests.run(fmt::format(
        "insert into shared.line (tenant_id, id, invoice_id, place, text, quantity, cost) select tenant_id, "
        "gen_random_uuid(), id, n, 'l' || n, 1, 0 from shared.invoice, generate_series(1, 2) n where tenant_id = '{}'",
        desk.tenant()->id.to_string()));
    const std::string first = ids(path)[0];
    EXPECT_EQ(desk.patch(path, fmt::format(R"({{"lines":[{{"id":"{}","text":"x"}}]}})", first)).status, 200);
    EXPECT_EQ(desk.put(path, R"({"code":"B"})").status, 200);
    EXPECT_THAT(texts(path), ElementsAre("x", "l2"));
}

}  // namespace
}  // namespace terrace::resource::testing
