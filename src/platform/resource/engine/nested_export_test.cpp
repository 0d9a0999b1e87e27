#include "platform/resource/testing/test_invoices.hpp"

/// Objects within objects in the whole list as CSV and NDJSON.
namespace terrace::resource::testing {
namespace {

using ::testing::HasSubstr;

class NestedExports : public InvoiceTest {
  protected:
    NestedExports() {
        const Answer made = desk.post("/api/v1/customers", R"({"name":"Asha"})");
        make("A", fmt::format(R"("customer_id":"{}","lines":[{}])", made.get("id"),
                              R"({"text":"=1+1, \"two\"","place":1},{"text":"नाम","place":2})"));
        make("B");
    }
    /// Without the byte order mark.
    std::string csv(Client& client, const std::string& query = "") {
        return client.get(list + "?format=csv&" + query).body.substr(3);
    }
};

TEST_F(NestedExports, CsvHasAListAsItsJsonInOneCell) {
    EXPECT_EQ(csv(desk, "fields=code,lines.text"),
              "code,lines,lines_truncated\r\n"
              R"(A,"[{""text"":""=1+1, \""two\""""},{""text"":""नाम""}]",)"
              "\r\nB,[],\r\n");
}

TEST_F(NestedExports, CsvSaysWhereAListIsCut) {
    make("C", R"("lines":[{"text":"a"},{"text":"a"},{"text":"a"},{"text":"a"},{"text":"a"}])");
    tests.run(
        "update shared.line set invoice_id = (select id from shared.invoice where code = 'A' and "
        "tenant_id = line.tenant_id) where text = 'a' and tenant_id = $1",
        db::Params().add(desk.tenant()->id));
    EXPECT_THAT(csv(desk, "fields=code,lines.quantity"), HasSubstr("}]\",true\r\nB,[],\r\nC,[],\r\n"));
}

TEST_F(NestedExports, CsvHasAnExpandedReferenceAsItsJsonAndNothingWhereThereIsNone) {
    EXPECT_EQ(csv(desk, "fields=code,customer.name&expand=customer"),
              "code,customer\r\nA,\"{\"\"name\"\":\"\"Asha\"\"}\"\r\nB,\r\n");
}

TEST_F(NestedExports, CsvHasNoColumnOfWhatTheCallerDoesNotSee) {
    Client visitor = person({"invoices.read"});
    EXPECT_EQ(csv(visitor, "fields=code"), "code\r\nA\r\nB\r\n");
    EXPECT_THAT(csv(visitor), ::testing::Not(HasSubstr("lines")));
    EXPECT_EQ(visitor.get(list + "?format=csv&fields=lines").errors(), "fields: invalid_choice");
}

TEST_F(NestedExports, NdjsonHasTheObjectsOfTheList) {
    const std::string query = "expand=customer,remarks";
    const std::string page = desk.get(list + "?" + query).body;
    std::string lines = desk.get(list + "?format=ndjson&" + query).body;
    ASSERT_TRUE(lines.ends_with("}\n"));
    lines.pop_back();
    lines.replace(lines.find('\n'), 1, ",");
    EXPECT_THAT(page, HasSubstr("[" + lines + "]"));
    EXPECT_THAT(lines, HasSubstr(R"("customer":{"id":)"));
}

}  // namespace
}  // namespace terrace::resource::testing
