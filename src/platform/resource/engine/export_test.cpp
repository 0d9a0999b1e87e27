#include "platform/resource/testing/test_widgets.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

/// The whole list as CSV and NDJSON.
namespace terrace::resource::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::vector<std::string> lines_of(const std::string& text, std::string_view end) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto next = text.find(end, at);
        lines.push_back(text.substr(at, next - at));
        at = next == text.npos ? text.size() : next + end.size();
    }
    return lines;
}

class Exporting : public WidgetTest {
  protected:
    /// Rows straight into the table: a few hundred by the API would take long.
    void fill(int count) {
        db::Params params;
        params.add(widgets.tenant()->id).add(count);
        tests.run(R"sql(
            insert into shared.widget (tenant_id, id, label, label_sort, code, stock, fragile, keyword)
            select $1, gen_random_uuid(), 'Widget ' || i % 7, 'widget ' || i % 7, 'AA' || i, i % 5, i % 2 = 0, ''
            from generate_series(1, $2::int) as i)sql",
                  params);
    }
    std::vector<std::string> codes(const Answer& answer) {
        auto lines = lines_of(answer.body.substr(byte_order_mark.size()), "\r\n");
        lines.erase(lines.begin());
        return lines;
    }
};

TEST_F(Exporting, CsvHasALineOfNamesAndALineARow) {
    make("Lamp, tall", "AB1", R"("colour":"red","stock":7,"phone":"98123 45678","note":"=1+1")");
    const Answer answer = widgets.get("/api/v1/widgets?format=csv&fields=label,code,colour,stock,made_on,phone,note");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, std::string(byte_order_mark) +
                               "label,code,colour,stock,made_on,phone,note\r\n"
                               "\"Lamp, tall\",AB1,red,7,,+919812345678,'=1+1\r\n");
    EXPECT_EQ(answer.header("Content-Disposition"), "attachment; filename=\"widgets.csv\"");
    EXPECT_EQ(answer.header("X-Accel-Buffering"), "no");
}

TEST_F(Exporting, NdjsonHasTheObjectsOfTheList) {
    make("Lamp", "AB1");
    const std::string page = widgets.get("/api/v1/widgets").body;
    const Answer answer = widgets.get("/api/v1/widgets?format=ndjson");
    ASSERT_TRUE(answer.body.ends_with("}\n"));
    EXPECT_THAT(page, HasSubstr("[" + answer.body.substr(0, answer.body.size() - 1) + "]"));
    EXPECT_EQ(answer.header("Content-Disposition"), "attachment; filename=\"widgets.ndjson\"");
}

TEST_F(Exporting, OfNothingHasNoRows) {
    EXPECT_EQ(widgets.get("/api/v1/widgets?format=csv&fields=code").body, std::string(byte_order_mark) + "code\r\n");
    EXPECT_EQ(widgets.get("/api/v1/widgets?format=ndjson").body, "");
    EXPECT_EQ(widgets.get("/api/v1/widgets?format=ndjson&search=%20%2D").body, "");
}

TEST_F(Exporting, HasEveryRowInTheOrderOfTheList) {
    fill(3'210);
    const Answer answer = widgets.get("/api/v1/widgets?format=csv&fields=code,stock&ordering=-stock");
    const auto rows = codes(answer);
    EXPECT_EQ(rows.size(), 3'210u);
    EXPECT_EQ(std::set(rows.begin(), rows.end()).size(), 3'210u);
    EXPECT_TRUE(std::ranges::is_sorted(rows, std::greater(), [](const std::string& row) { return row.back(); }));
}

TEST_F(Exporting, OfAsManyRowsAsABatchHasNoEmptyPiece) {
    fill(100);
    EXPECT_EQ(codes(widgets.get("/api/v1/widgets?format=csv&fields=code")).size(), 100u);
    make("Lamp", "ZZ1");
    EXPECT_EQ(codes(widgets.get("/api/v1/widgets?format=csv&fields=code")).size(), 101u);
}

TEST_F(Exporting, KeepsToFiltersSearchAndArchive) {
    fill(300);
    const std::string gone = make("Lamp", "ZZ1", R"("stock":3)");
    make("Lampshade", "ZZ2", R"("stock":3)");
    EXPECT_EQ(widgets.remove("/api/v1/widgets/" + gone).status, 204);
    EXPECT_EQ(codes(widgets.get("/api/v1/widgets?format=csv&fields=code&stock=3")).size(), 61u);
    EXPECT_THAT(codes(widgets.get("/api/v1/widgets?format=csv&fields=code&archived=true")),
                ::testing::ElementsAre("ZZ1"));
    EXPECT_THAT(codes(widgets.get("/api/v1/widgets?format=csv&fields=code&search=lam")), ::testing::ElementsAre("ZZ2"));
}

TEST_F(Exporting, HasNothingOfAnotherTenant) {
    fill(250);
    EXPECT_EQ(stranger().get("/api/v1/widgets?format=ndjson").body, "");
}

TEST_F(Exporting, TakesNoParameterOfAPage) {
    EXPECT_EQ(widgets.get("/api/v1/widgets?format=csv&limit=5").errors(), "limit: invalid");
    EXPECT_EQ(widgets.get("/api/v1/widgets?format=ndjson&cursor=abc&limit=5").errors(),
              "cursor: invalid, limit: invalid");
    EXPECT_EQ(widgets.get("/api/v1/widgets?format=csv&fields=no").errors(), "fields: invalid_choice");
}

TEST_F(Exporting, RefusesASearchThatIsCutShort) {
    db::Params params;
    params.add(widgets.tenant()->id);
    tests.run(
        "insert into shared.widget_token select $1, 'lamp' || i, gen_random_uuid() "
        "from generate_series(1, 1000) i",
        params);
    const Answer answer = widgets.get("/api/v1/widgets?format=csv&search=lam");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.errors(), "search: truncated");
}

/// The property of pages, with writers really at the same time.
TEST_F(Exporting, HasEachRowThatWasThereThroughoutExactlyOnce) {
    fill(2'500);
    for (const std::string ordering : {"label", "-stock", "created_at", "-created_at"}) {
        auto reading = widgets.start(http::Method::get, "/api/v1/widgets?format=csv&fields=code&ordering=" + ordering);
        std::vector<::terrace::testing::Started<Answer>> writing;
        for (int i = 0; i < 40; ++i)
            writing.push_back(widgets.start(http::Method::post, "/api/v1/widgets",
                                            fmt::format(R"({{"label":"Widget {}","code":"B{}{}","stock":{}}})", i % 7,
                                                        "ABCDEFGH"[ordering.size() % 8], 1000 + i, i % 5)));
        std::map<std::string, int> seen;
        for (const std::string& code : codes(reading.wait())) ++seen[code];
        for (auto& write : writing) write.wait();
        for (int i = 1; i <= 2'500; ++i) ASSERT_EQ(seen[fmt::format("AA{}", i)], 1) << i << " by " << ordering;
        for (const auto& [code, times] : seen) EXPECT_EQ(times, 1) << code << " by " << ordering;
    }
}

TEST_F(Exporting, IsNotWholeWhenTheDatabaseGoesAwayHalfWay) {
    fill(2'500);
    db::Database own{loop.get_executor(), tests.options()};
    Client reader(loop, served(resource, {own, "a secret of at least thirty-two characters"}), widgets.scope());
    reader.before_rest = [&] { own.close(); };
    const Answer answer = reader.get("/api/v1/widgets?format=csv&fields=code");
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.whole);
    EXPECT_EQ(codes(answer).size(), 100u);
}

}  // namespace
}  // namespace terrace::resource::testing
