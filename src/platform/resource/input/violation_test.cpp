#include "platform/resource/testing/test_specimens.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::HasSubstr;
using Constraints = SpecimenTest;

TEST_F(Constraints, OverSeveralFieldsAreErrorsOfTheObject) {
    EXPECT_EQ(make(R"("shelf":"A","place":1)").status, 201);
    const Answer again = make(R"("shelf":"A","place":1)");
    EXPECT_EQ(again.status, 400);
    EXPECT_EQ(again.get("code"), "validation_failed");
    EXPECT_EQ(again.errors(), "non_field_errors: unique");
    EXPECT_THAT(again.body, HasSubstr("The fields shelf, place must make a unique set."));
    EXPECT_EQ(make(R"("shelf":"A","place":2)").status, 201);
    EXPECT_EQ(make(R"("shelf":"A")").status, 201);
    EXPECT_EQ(make(R"("shelf":"A")").status, 201);
}

TEST_F(Constraints, AreTheErrorsThatTheirDeclarationSays) {
    EXPECT_EQ(make(R"("tag":"red")").status, 201);
    const Answer tagged = make(R"("tag":"red")");
    EXPECT_EQ(tagged.errors(), "tag: conflict");
    EXPECT_THAT(tagged.body, HasSubstr("Another specimen wears this tag."));
    EXPECT_EQ(make(R"("price":1000000,"shelf":"A")").errors(), "non_field_errors: invalid");
    EXPECT_EQ(make(R"("price":1000000)").status, 201);
}

TEST_F(Constraints, HoldForChangesToo) {
    make(R"("shelf":"A","place":1,"tag":"red")");
    const Answer other = make(R"("shelf":"A","place":2)");
    const std::string path = other.header("Location");
    EXPECT_EQ(specimens.patch(path, R"({"place":1})").errors(), "non_field_errors: unique");
    EXPECT_EQ(specimens.patch(path, R"({"tag":"red"})").errors(), "tag: conflict");
    EXPECT_EQ(specimens.patch(path, R"({"price":1000000})").errors(), "non_field_errors: invalid");
    EXPECT_EQ(specimens.get(path).body, other.body);
}

TEST_F(Constraints, LetOneOfManyWinAndTellTheOthersTheSame) {
    const std::string body = R"({"name":"Quartz","shelf":"A","place":1,"tag":"red"})";
    std::vector<::terrace::testing::Started<Answer>> started;
    started.reserve(8);
    for (int i = 0; i < 8; ++i) started.push_back(specimens.start(http::Method::post, "/api/v1/specimens", body));
    int made = 0;
    for (auto& request : started) {
        const Answer answer = request.wait();
        if (answer.status == 201)
            ++made;
        else
            EXPECT_THAT(answer.errors(), ::testing::AnyOf("non_field_errors: unique", "tag: conflict"));
    }
    EXPECT_EQ(made, 1);
    EXPECT_EQ(specimens.get("/api/v1/specimens").results("tag").size(), 1u);
}

}  // namespace
}  // namespace terrace::resource::testing
