#include "platform/resource/testing/test_parcels.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;

class Ordered : public ParcelTest {
  protected:
    void make_some() {
        make("a", R"("weight":1)");
        make("c", R"("weight":2,"fragile":true)");
        make("b", R"("weight":2)");
        make("d", R"("weight":1,"fragile":true)");
    }
};

TEST_F(Ordered, BySeveralColumnsInBothDirections) {
    make_some();
    EXPECT_THAT(codes("ordering=weight,-code"), ElementsAre("d", "a", "c", "b"));
    EXPECT_THAT(codes("ordering=-weight,code"), ElementsAre("b", "c", "a", "d"));
}

TEST_F(Ordered, ByOneNameForSeveralColumns) {
    make_some();
    EXPECT_THAT(codes("ordering=shelf"), ElementsAre("d", "c", "a", "b"));
    EXPECT_THAT(codes("ordering=-shelf"), ElementsAre("b", "a", "c", "d"));
}

TEST_F(Ordered, ByNothingThatIsNotDeclared) {
    for (const char* ordering :
         {"weight", "weight,code", "-weight,-code", "code,weight", "weight,-code,id", "--code", ""})
        EXPECT_EQ(errors(fmt::format("ordering={}", ordering)), "ordering: invalid_choice") << ordering;
}

TEST_F(Ordered, WalksBothWaysWithTiesInEveryColumn) {
    for (int i = 0; i < 12; ++i)
        make(fmt::format("{}", i % 3), fmt::format(R"("weight":{},"fragile":{})", i % 2, i % 4 == 0));
    for (const char* ordering : {"weight,-code", "-weight,code", "shelf", "-shelf", "code", "-created_at"}) {
        const auto whole = tenant.get(fmt::format("/api/v1/parcels?limit=100&ordering={}", ordering)).results("id");
        ASSERT_EQ(whole.size(), 12u);
        std::vector<std::string> forward, backward;
        std::string page = fmt::format("/api/v1/parcels?limit=5&ordering={}", ordering), last;
        for (; page != "null"; page = tenant.get(page).get("next")) {
            std::ranges::copy(tenant.get(page).results("id"), std::back_inserter(forward));
            last = page;
        }
        EXPECT_EQ(forward, whole) << ordering;
        for (page = last; page != "null"; page = tenant.get(page).get("previous")) {
            auto ids = tenant.get(page).results("id");
            backward.insert(backward.begin(), ids.begin(), ids.end());
        }
        EXPECT_EQ(backward, whole) << ordering;
    }
}

}  // namespace
}  // namespace terrace::resource::testing
