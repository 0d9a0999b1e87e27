#include "platform/api/negotiate.hpp"

#include <gtest/gtest.h>

namespace terrace::api {
namespace {

bool admits_json(std::string_view accept) {
    return admits(accept, "application/json");
}

TEST(Negotiate, AdmitsTheTypeItsGroupAndAnything) {
    EXPECT_TRUE(admits_json("application/json"));
    EXPECT_TRUE(admits_json("application/*"));
    EXPECT_TRUE(admits_json("*/*"));
    EXPECT_TRUE(admits_json("text/html, application/json;q=0.1"));
    EXPECT_TRUE(admits_json("application/json;version=2"));
}

TEST(Negotiate, AdmitsAnythingWhereNothingIsSaid) {
    EXPECT_TRUE(admits_json(""));
    EXPECT_TRUE(admits_json(" "));
}

TEST(Negotiate, RefusesWhatIsNotNamed) {
    EXPECT_FALSE(admits_json("application/xml"));
    EXPECT_FALSE(admits_json("text/*"));
    EXPECT_FALSE(admits_json("json"));
    EXPECT_FALSE(admits_json("application/jsonx"));
    EXPECT_FALSE(admits_json("applicationx/*"));
    EXPECT_FALSE(admits_json(","));
}

TEST(Negotiate, TakesTheMostSpecificRange) {
    EXPECT_FALSE(admits_json("*/*, application/json;q=0"));
    EXPECT_FALSE(admits_json("application/json;q=0.000, application/*"));
    EXPECT_TRUE(admits_json("*/*;q=0, application/json"));
    EXPECT_FALSE(admits_json("application/*;q=0, */*"));
    EXPECT_TRUE(admits_json("application/json;q=0.001"));
}

TEST(Negotiate, WeighsByTheMostSpecificRange) {
    constexpr std::string_view accept = "text/*;q=0.3, text/csv;q=0.75, */*;q=0.125";
    EXPECT_EQ(weight(accept, "text/csv"), 750);
    EXPECT_EQ(weight(accept, "text/html"), 300);
    EXPECT_EQ(weight(accept, "application/json"), 125);
    EXPECT_EQ(weight("text/csv", "application/json"), 0);
    EXPECT_EQ(weight("", "application/json"), 1000);
}

TEST(Negotiate, AWeightThatIsNoneCountsAsOne) {
    for (const auto* accept :
         {"text/csv;q=", "text/csv;q=2", "text/csv;q=0.1234", "text/csv;q=.5", "text/csv;q=-1", "text/csv;q=1.5"})
        EXPECT_EQ(weight(accept, "text/csv"), 1000) << accept;
}

TEST(Negotiate, DoesNotMindCaseOrBlanks) {
    EXPECT_TRUE(admits_json("Application/JSON"));
    EXPECT_TRUE(admits_json(" text/html ,\tAPPLICATION/* ; q=0.5"));
    EXPECT_FALSE(admits_json("application/json ; Q=0"));
}

}  // namespace
}  // namespace terrace::api
