#include "platform/api/problems.hpp"

#include "platform/base/json.hpp"

#include <gmock/gmock.h>

#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string schema_named(std::string_view name) {
    for (const auto& [known, schema] : problem_schemas(platform_problems()))
        if (known == name) return schema;
    return {};
}

TEST(Problems, AreToldApartByTheirCodes) {
    std::set<std::string_view> codes, schemas;
    for (const Problem& problem : platform_problems()) {
        EXPECT_TRUE(schemas.insert(problem.schema).second) << problem.schema;
        EXPECT_FALSE(problem.meaning.empty()) << problem.schema;
        for (const auto code : problem.codes) EXPECT_TRUE(codes.insert(code).second) << code;
    }
}

TEST(Problems, AreSchemasThatAreJson) {
    for (const auto& [name, schema] : problem_schemas(platform_problems()))
        EXPECT_TRUE(json::Document::parse(schema)) << name << ": " << schema;
}

TEST(Problems, HaveFieldErrorsWhereAFieldIsAtFault) {
    EXPECT_THAT(schema_named("ValidationProblem"), HasSubstr(R"("request_id","errors"])"));
    EXPECT_THAT(schema_named("ParseProblem"), HasSubstr(R"("errors":{)"));
    EXPECT_THAT(schema_named("ParseProblem"), Not(HasSubstr(R"("request_id","errors"])")));
    EXPECT_THAT(schema_named("NotFoundProblem"), Not(HasSubstr("errors")));
}

TEST(Problems, OfAStatusAreOneSchemaOrAChoiceByCode) {
    EXPECT_EQ(problem_schema(platform_problems(), 403), R"({"$ref":"#/components/schemas/ForbiddenProblem"})");
    EXPECT_THAT(problem_schema(platform_problems(), 400),
                HasSubstr(R"("mapping":{"validation_failed":"#/components/schemas/ValidationProblem",)"
                          R"("parse_error":"#/components/schemas/ParseProblem"})"));
}

TEST(Problems, OfSomeOperationsAloneAreNamedByThem) {
    EXPECT_EQ(problem_schema(platform_problems(), 401), R"({"$ref":"#/components/schemas/UnauthorizedProblem"})");
    const std::vector<std::string_view> own{"GrantProblem"};
    EXPECT_THAT(problem_schema(platform_problems(), 401, own),
                HasSubstr(R"("mapping":{"not_authenticated":"#/components/schemas/UnauthorizedProblem",)"
                          R"("invalid_grant":"#/components/schemas/GrantProblem"})"));
    EXPECT_THROW(problem_schema(platform_problems(), 409), std::logic_error);
}

TEST(Problems, OfAStatusThatNobodyDescribedAreAMistake) {
    EXPECT_THROW(problem_schema(platform_problems(), 418), std::logic_error);
}

}  // namespace
}  // namespace terrace::api
