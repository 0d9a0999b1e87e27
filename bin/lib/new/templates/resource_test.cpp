#include "clinic/$plural/$singular.hpp"

$reference_include#include "platform/resource/engine/engine.hpp"
#include "platform/resource/query/index_check.hpp"
#include "platform/resource/testing/test_client.hpp"
#include "platform/testing/data_layer.hpp"

#include <gmock/gmock.h>

namespace terrace::clinic {
namespace {

using resource::testing::Answer;
using resource::testing::Client;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string list = "/api/v1/$plural";

class ${structs}Test : public terrace::testing::DataLayerTest {
  protected:
    ~${structs}Test() override { settle(); }

    Client client() {
        resource::EngineParts parts{database, "a secret of at least thirty-two characters"};
        api::Api api = resource::testing::served($plural(), parts);
$serve_reference        return Client(loop, std::move(api), tests.tenant());
    }
    Answer add() {
        Answer answer = clinic.post(list, whole());
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer;
    }
$whole

    Client clinic = client();
};

TEST_F(${structs}Test, AreFilteredAndOrderedByIndexes) {
    db::AdminConnection app(tests.app_url());
    for (const db::Finding& finding : resource::check_indexes($plural(), app))
        ADD_FAILURE() << finding.problem << "\n" << finding.mend;
}

TEST_F(${structs}Test, AreAnsweredAsTheyWereWritten) {
    const Answer made = add();
$expected
    EXPECT_EQ(clinic.get(made.header("Location")).body, made.body);
}

$tests
TEST_F(${structs}Test, AreChangedByOneWhoSawTheLastVersion) {
    const Answer made = add();
    const std::string path = made.header("Location");
    EXPECT_EQ(clinic.patch(path, $change, {{"if-match", made.header("ETag")}}).get("version"), "2");
    EXPECT_EQ(clinic.patch(path, $change_back, {{"if-match", made.header("ETag")}}).status, 412);
}

TEST_F(${structs}Test, AreArchivedAndBroughtBack) {
    const Answer made = add();
    const std::string path = made.header("Location");
    EXPECT_EQ(clinic.remove(path).status, 204);
    EXPECT_THAT(clinic.get(list).results("id"), IsEmpty());
    EXPECT_THAT(clinic.get(list + "?archived=true").results("id"), ElementsAre(made.get("id")));
    EXPECT_EQ(clinic.post(path + "/restore", "{}").status, 200);
    EXPECT_THAT(clinic.get(list).results("id"), ElementsAre(made.get("id")));
}

TEST_F(${structs}Test, AreTheClinicsOwn) {
    const std::string path = add().header("Location");
    Client other = client();
    EXPECT_EQ(other.get(path).status, 404);
    EXPECT_THAT(other.get(list).results("id"), IsEmpty());
}

}  // namespace
}  // namespace terrace::clinic
