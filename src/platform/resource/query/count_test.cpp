#include "platform/resource/testing/test_parcels.hpp"

/// How many a list has in all.
namespace terrace::resource::testing {
namespace {

using ::testing::HasSubstr;

class Counting : public ParcelTest {
  protected:
    /// Rows straight into the table, half of them red.
    void fill(int count) {
        db::Params params;
        params.add(tenant.tenant()->id).add(count);
        tests.run(R"sql(
            insert into shared.parcel (tenant_id, id, code, colour, weight, fragile, sender)
            select $1, gen_random_uuid(), 'C' || i, case when i % 2 = 0 then 'red' end, i % 10, false, 'Asha'
            from generate_series(1, $2::int) as i)sql",
                  params);
    }
    std::string count(std::string_view more = "") {
        const Answer answer = tenant.get(fmt::format("/api/v1/parcels?count=exact&limit=1{}", more));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.get("count") + (answer.get("count_truncated") == "true" ? "+" : "");
    }
};

TEST_F(Counting, IsAnsweredWhereItIsAskedForOnly) {
    fill(3);
    EXPECT_EQ(tenant.get("/api/v1/parcels").get("count"), "");
    EXPECT_EQ(count(), "3");
}

TEST_F(Counting, CountsWhatTheListHas) {
    EXPECT_EQ(count(), "0");
    fill(250);
    EXPECT_EQ(count(), "250");
    EXPECT_EQ(count("&colour=red"), "125");
    EXPECT_EQ(count("&colour=red&weight=4"), "25");
    EXPECT_EQ(count("&colour=red&weight=4&fragile=true"), "0") << "the third is checked row by row";
    EXPECT_EQ(count("&colour=red&ordering=weight,-code"), "125");
}

TEST_F(Counting, CountsWhatASearchFinds) {
    fill(20);
    for (const char* sender : {"Meera Nair", "Meera Rao", "Meena Rao"})
        EXPECT_EQ(tenant.post("/api/v1/parcels", fmt::format(R"({{"code":"S","sender":"{}"}})", sender)).status, 201);
    EXPECT_EQ(count("&search=meera"), "2");
    EXPECT_EQ(count("&search=mee%20rao"), "2");
    EXPECT_EQ(count("&search=nobody"), "0");
    EXPECT_EQ(count("&search=..."), "0");
}

TEST_F(Counting, IsTheSameOnEveryPage) {
    fill(3);
    const Answer first = tenant.get("/api/v1/parcels?count=exact&limit=1&fields=id");
    const std::string next = first.get("next");
    EXPECT_THAT(next, HasSubstr("&count=exact"));
    EXPECT_EQ(tenant.get(next).get("count"), "3");
}

TEST_F(Counting, StopsAtTenThousand) {
    fill(10'000);
    EXPECT_EQ(count(), "10000");
    fill(1);
    EXPECT_EQ(count(), "10000+");
}

TEST_F(Counting, CountsNothingOfAnotherTenant) {
    fill(5);
    EXPECT_EQ(client(tests.tenant()).get("/api/v1/parcels?count=exact").get("count"), "0");
}

TEST_F(Counting, TakesOneWordOnly) {
    EXPECT_EQ(tenant.get("/api/v1/parcels?count=estimated").errors(), "count: invalid_choice");
    EXPECT_EQ(tenant.get("/api/v1/parcels?count=exact&format=csv").errors(), "count: invalid");
}

}  // namespace
}  // namespace terrace::resource::testing
