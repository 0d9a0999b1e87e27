#include "platform/resource/engine/related.hpp"

#include "platform/resource/query/index_check.hpp"
#include "platform/resource/testing/test_invoices.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string line(std::string_view text, int place) {
    return fmt::format(R"({{"text":"{}","place":{}}})", text, place);
}

class NestedReads : public InvoiceTest {
  protected:
    std::string make_customer(std::string_view name) {
        const Answer city = desk.post("/api/v1/cities", fmt::format(R"({{"name":"{} town"}})", name));
        const Answer made = desk.post(
            "/api/v1/customers", fmt::format(R"({{"name":"{}","phone":"1","city_id":"{}"}})", name, city.get("id")));
        EXPECT_EQ(made.status, 201) << made.body;
        return made.get("id");
    }
};

TEST_F(NestedReads, AnswerTheChildrenInTheirOrder) {
    const std::string path = make("A", fmt::format(R"("lines":[{},{},{}])", line("c", 3), line("a", 1), line("b", 2)));
    EXPECT_THAT(texts(path), ElementsAre("a", "b", "c"));
    make("B");
    make("C", fmt::format(R"("lines":[{}])", line("z", 1)));
    const Answer page = desk.get(list);
    std::vector<std::vector<std::string>> found;
    const auto document = page.json();
    document.root().find("results")->each_element(
        [&](json::Value each) { found.push_back(of(each, "lines", "text")); });
    EXPECT_THAT(found, ElementsAre(ElementsAre("a", "b", "c"), IsEmpty(), ElementsAre("z")));
}

TEST_F(NestedReads, AnswerNoMoreThanTheMostAndSayThatTheyAreCut) {
    const std::string path = make("A", R"("lines":[{"text":"a","place":1}])");
    const std::string id = desk.get(path).get("id");
    EXPECT_THAT(desk.get(path).body, Not(HasSubstr("lines_truncated")));
    for (int i = 2; i < 7; ++i)
        tests.run(
            fmt::format("insert into shared.line (tenant_id, id, invoice_id, place, text, quantity, cost)"
                        " values ('{}', '{}', '{}', {}, 'more', 1, 0)",
                        desk.tenant()->id.to_string(), Uuid::v7().to_string(), id, i));
    EXPECT_THAT(within(desk.get(path), "lines", "place"), ElementsAre("1", "2", "3", "4", "5"));
    EXPECT_THAT(desk.get(path).body, HasSubstr(R"("lines_truncated":true)"));
    EXPECT_EQ(desk.patch(path, R"({"lines":[]})").errors(), "lines: max_length");
}

TEST_F(NestedReads, AnswerOnDemandWhatIsDeclaredSo) {
    const std::string path = make("A", R"("remarks":[{"text":"hear"}])");
    EXPECT_THAT(within(desk.get(path), "remarks", "text"), ElementsAre("absent"));
    EXPECT_THAT(within(desk.get(path + "?expand=remarks"), "remarks", "text"), ElementsAre("hear"));
}

TEST_F(NestedReads, LeaveOutWhatIsArchived) {
    const std::string path = make("A", R"("remarks":[{"text":"old"},{"text":"new"}])");
    tests.run("update shared.remark set archived_at = now() where text = 'old'");
    EXPECT_THAT(within(desk.get(path + "?expand=remarks"), "remarks", "text"), ElementsAre("new"));
}

TEST_F(NestedReads, ExpandReferencesToTheDeclaredDepth) {
    make("A", fmt::format(R"("customer_id":"{}")", make_customer("Asha")));
    const Answer plain = desk.get(list);
    EXPECT_THAT(plain.body, Not(HasSubstr("\"customer\":")));
    const Answer one = desk.get(list + "?expand=customer");
    EXPECT_THAT(one.body, HasSubstr(R"("name":"Asha")"));
    EXPECT_THAT(one.body, Not(HasSubstr("Asha town")));
    const Answer two = desk.get(list + "?expand=customer.city,customer");
    EXPECT_THAT(two.body, HasSubstr(R"("name":"Asha town")"));
}

TEST_F(NestedReads, NameTheParameterThatAsksForWhatIsNotThere) {
    for (const std::string_view unknown : {"nothing", "customer.nothing", "customer_id", "customer.city.mayor", ""})
        EXPECT_EQ(desk.get(fmt::format("{}?expand={}", list, unknown)).errors(), "expand: invalid_choice") << unknown;
    EXPECT_EQ(desk.get(list + "?fields=customer.name").errors(), "fields: invalid_choice");
    EXPECT_EQ(desk.get(list + "?fields=lines.nothing").errors(), "fields: invalid_choice");
    EXPECT_EQ(desk.get(list + "?expand=customer&fields=customer.city").errors(), "fields: invalid_choice");
}

TEST_F(NestedReads, AnswerNullForAReferenceToNothing) {
    make("A");
    EXPECT_THAT(desk.get(list + "?expand=customer").body, HasSubstr(R"("customer":null)"));
}

TEST_F(NestedReads, TakeFieldsOfWhatLiesWithin) {
    const std::string customer = make_customer("Asha");
    const std::string path = make("A", fmt::format(R"("customer_id":"{}","lines":[{}])", customer, line("a", 1)));
    EXPECT_EQ(desk.get(path + "?fields=code").body, R"({"code":"A"})");
    EXPECT_EQ(desk.get(path + "?fields=lines.text,code").body, R"({"code":"A","lines":[{"text":"a"}]})");
    EXPECT_EQ(desk.get(path + "?expand=customer.city&fields=customer.name,customer.city.name,code").body,
              R"({"code":"A","customer":{"name":"Asha","city":{"name":"Asha town"}}})");
}

TEST_F(NestedReads, KeepWhatWasAskedInTheLinksOfAList) {
    for (int i = 0; i < 3; ++i) make(fmt::format("A{}", i), R"("lines":[{"text":"a","place":1}])");
    const Answer first = desk.get(list + "?limit=1&expand=customer&fields=code,customer,lines.text");
    EXPECT_EQ(desk.get(first.get("next")).results("code"), std::vector<std::string>{"A1"});
    EXPECT_THAT(desk.get(first.get("next")).body, HasSubstr(R"({"code":"A1","lines":[{"text":"a"}],"customer":null})"));
}

TEST_F(NestedReads, ShowNobodyMoreThanTheOtherResourceDoes) {
    const std::string path =
        make("A", fmt::format(R"("customer_id":"{}","lines":[{{"text":"a","cost":7}}])", make_customer("Asha")));
    Client clerk = person({"invoices.read", "lines.read", "customers.read"});
    const Answer seen = clerk.get(path + "?expand=customer");
    EXPECT_THAT(within(seen, "lines", "cost"), ElementsAre("absent"));
    EXPECT_THAT(seen.body, Not(HasSubstr("phone")));
    EXPECT_THAT(within(desk.get(path), "lines", "cost"), ElementsAre("7"));
    EXPECT_EQ(clerk.get(path + "?fields=lines.cost").errors(), "fields: invalid_choice");
    EXPECT_EQ(clerk.get(path + "?expand=customer.city").errors(), "expand: invalid_choice");

    Client visitor = person({"invoices.read"});
    EXPECT_THAT(visitor.get(path).body, Not(HasSubstr("lines")));
    EXPECT_EQ(visitor.get(path + "?expand=customer").errors(), "expand: invalid_choice");
    EXPECT_EQ(visitor.get(path + "?fields=lines").errors(), "fields: invalid_choice");
}

TEST_F(NestedReads, FollowTheRulesOfTheOtherResource) {
    const std::string path = make("A", R"("remarks":[{"text":"theirs"}])");
    Client author = person({"invoices.read"});
    tests.run(fmt::format(
        "insert into shared.remark (tenant_id, id, invoice_id, text, author_id) select tenant_id, '{}', id, 'mine', "
        "'{}' from shared.invoice where code = 'A' and tenant_id = '{}'",
        Uuid::v7().to_string(), author.user().to_string(), desk.tenant()->id.to_string()));
    EXPECT_THAT(within(author.get(path + "?expand=remarks"), "remarks", "text"), ElementsAre("mine"));
}

TEST_F(NestedReads, AnswerNothingOfAnotherTenant) {
    Client other = stranger();
    const Answer theirs = other.post(list, R"({"code":"T","lines":[{"text":"secret"}]})");
    EXPECT_EQ(desk.get(theirs.header("Location") + "?expand=remarks").status, 404);
    EXPECT_THAT(desk.get(list).body, Not(HasSubstr("secret")));
}

TEST_F(NestedReads, ChangeTheETagWithWhatIsNested) {
    const std::string path = make("A", R"("lines":[{"text":"a"}])");
    const Answer before = desk.get(path);
    EXPECT_EQ(desk.get(path, {{"if-none-match", before.header("ETag")}}).status, 304);
    const std::string line = "/api/v1/lines/" + within(before, "lines", "id").front();
    EXPECT_EQ(desk.patch(line, R"({"text":"b"})").status, 200);
    EXPECT_EQ(desk.get(path, {{"if-none-match", before.header("ETag")}}).status, 200);
}

TEST_F(NestedReads, AreServedByIndexes) {
    db::AdminConnection app(tests.app_url());
    EXPECT_THAT(check_indexes(resource, app), IsEmpty());
    EXPECT_THAT(check_indexes(customers(), app), IsEmpty());
    tests.run("alter index shared.line_invoice_idx rename to line_hidden; drop index shared.line_hidden");
    const auto findings = check_indexes(resource, app);
    make_invoice_tables();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].problem,
              "no index serves the nested list lines of the resource invoices under row-level security");
    EXPECT_THAT(findings[0].mend, HasSubstr("create index on shared.line (tenant_id, invoice_id, place, id)"));
}

}  // namespace
}  // namespace terrace::resource::testing
