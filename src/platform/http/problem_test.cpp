#include "platform/http/problem.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace terrace::http {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

TEST(Problem, IsRfc9457) {
    const Response response = problem(errors::not_found(), "id-1");
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_THAT(response.headers, IsEmpty());
    EXPECT_EQ(response.body, R"({"type":"about:blank","title":"Not Found","status":404,"code":"not_found",)"
                             R"("detail":"There is nothing here.","request_id":"id-1"})");
}

TEST(Problem, GathersTheErrorsOfEachField) {
    const Error error = errors::validation_failed({{"name", {"required", "Give a name."}},
                                                   {"age", {"invalid", "A"}},
                                                   {"name", {"blank", "B"}},
                                                   {"\"x", {"unknown_field", "?"}}});
    EXPECT_THAT(problem(error, "i").body,
                HasSubstr(R"("errors":{"name":[{"code":"required","message":"Give a name."},)"
                          R"({"code":"blank","message":"B"}],"age":[{"code":"invalid","message":"A"}],)"
                          R"("\"x":[{"code":"unknown_field","message":"?"}]}})"));
}

TEST(Problem, NamesTheFirstHundredErrorsOfAHundredThousand) {
    FieldErrors fields;
    for (int i = 0; i < 100'000; ++i) fields.emplace_back(fmt::format("m{}", i), {"unknown_field", "Not known."});
    const Response response = problem(errors::validation_failed(std::move(fields)), "i");
    const auto document = json::Document::parse(response.body).value();
    EXPECT_EQ(document.root().find("errors")->size(), 100U);
    EXPECT_THAT(response.body, AllOf(HasSubstr(R"("m0":)"), HasSubstr(R"("m99":)"), Not(HasSubstr(R"("m100":)"))));
    EXPECT_LT(response.body.size(), 8'000U);
}

TEST(Problem, CarriesFurtherMembers) {
    Error error = errors::conflict("tenant_required", "Say which.");
    error.extension = R"("tenants":[])";
    EXPECT_TRUE(problem(error, "i").body.ends_with(R"("request_id":"i","tenants":[]})"));
}

TEST(Problem, SaysHowToSignInAndWhenToComeBack) {
    EXPECT_THAT(problem(errors::not_authenticated(), "i").headers, Contains(Pair("WWW-Authenticate", "Bearer")));
    EXPECT_THAT(problem(errors::unavailable(std::chrono::seconds(7)), "i").headers, Contains(Pair("Retry-After", "7")));
}

}  // namespace
}  // namespace terrace::http
