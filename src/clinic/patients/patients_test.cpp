#include "clinic/patients/calendar.hpp"
#include "clinic/patients/duplicates.hpp"
#include "clinic/patients/patient.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/query/index_check.hpp"
#include "platform/resource/testing/test_client.hpp"
#include "platform/testing/database.hpp"

#include <gmock/gmock.h>

namespace terrace::clinic {
namespace {

using resource::testing::Answer;
using resource::testing::Client;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::string list = "/api/v1/patients";

class PatientsTest : public terrace::testing::DataLayerTest {
  protected:
    ~PatientsTest() override { settle(); }

    Client client() {
        resource::EngineParts parts{database, "a secret of at least thirty-two characters"};
        api::Api api = resource::testing::served(patients(), parts);
        api.endpoints.push_back(duplicates_endpoint(database));
        api.schemas.push_back(duplicates_schema());
        return Client(loop, std::move(api), tests.tenant());
    }
    Answer add(const std::string& name, const std::string& more = R"("age":30)") {
        Answer answer = clinic.post(list, R"({"name":")" + name + R"(","sex":"female",)" + more + "}");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer;
    }
    std::string errors(const std::string& more) {
        return clinic.post(list, R"({"name":"Asha","sex":"female",)" + more + "}").errors();
    }
    static std::string today() { return resource::format_date(today_in("Asia/Kolkata")); }

    Client clinic = client();
};

TEST_F(PatientsTest, AreFilteredSearchedAndOrderedByIndexes) {
    db::AdminConnection app(tests.app_url());
    for (const db::Finding& finding : resource::check_indexes(patients(), app))
        ADD_FAILURE() << finding.problem << "\n" << finding.mend;
}

TEST_F(PatientsTest, AreNumberedFromOneInEachClinic) {
    EXPECT_EQ(add("Asha Rao").get("number"), "1");
    EXPECT_EQ(add("Meena Rao").get("number"), "2");
    EXPECT_EQ(client().post(list, R"({"name":"A","sex":"other","age":1})").get("number"), "1");
}

TEST_F(PatientsTest, RegisteredAtOnceHaveDifferentNumbers) {
    std::vector<terrace::testing::Started<Answer>> started;
    for (int i = 0; i < 10; ++i)
        started.push_back(clinic.start(http::Method::post, list, R"({"name":"A","sex":"male","age":1})"));
    std::vector<std::string> numbers;
    for (auto& one : started) numbers.push_back(one.wait().get("number"));
    EXPECT_THAT(numbers, UnorderedElementsAre("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
}

/// Each process sees the first of its own creates as the only one, which takes the number in the patient's unit.
TEST_F(PatientsTest, RegisteredAtOnceByTwoProcessesHaveDifferentNumbers) {
    db::Database other_database{loop.get_executor(), tests.options()};
    Client other(loop,
                 resource::testing::served(patients(), {other_database, "a secret of at least thirty-two characters"}),
                 clinic.scope());
    std::vector<std::string> numbers;
    for (int round = 0; round < 10; ++round) {
        std::vector<terrace::testing::Started<Answer>> started;
        for (int i = 0; i < 3; ++i)
            for (Client* each : {&clinic, &other})
                started.push_back(each->start(http::Method::post, list,
                                              R"({"name":"A","sex":"male","age":1,"phone":"98765432)" +
                                                  std::to_string(10 + (round * 3 + i) % 4) + "\"}"));
        for (auto& one : started) {
            const Answer answer = one.wait();
            EXPECT_EQ(answer.status, 201) << answer.body;
            numbers.push_back(answer.get("number"));
        }
    }
    other_database.close();
    std::ranges::sort(numbers);
    EXPECT_EQ(std::ranges::adjacent_find(numbers), numbers.end());
    EXPECT_EQ(numbers.size(), 60u);
}

TEST_F(PatientsTest, ARefusedOneLeavesItsNumberToTheNext) {
    const resource::testing::Headers key{{"idempotency-key", "one"}};
    const std::string asha = R"({"name":"Asha","sex":"female","age":30})";
    const Answer first = clinic.post(list, asha, key);
    EXPECT_EQ(clinic.post(list, asha, key).get("number"), first.get("number"));
    EXPECT_EQ(clinic.post(list, R"({"name":"Meena","sex":"female","age":30})", key).status, 422);
    EXPECT_EQ(add("Ravi").get("number"), "2");
}

TEST_F(PatientsTest, HaveEveryFieldOfTheContract) {
    const Answer answer = add("Asha Rao");
    std::vector<std::string> names;
    answer.json().root().each_member([&](std::string_view name, json::Value) { names.emplace_back(name); });
    EXPECT_THAT(names,
                UnorderedElementsAre("id", "number", "version", "name", "sex", "age", "date_of_birth", "dob_precision",
                                     "phone", "phone_relation", "guardian_name", "email", "address", "city", "pincode",
                                     "household_id", "created_at", "updated_at", "archived_at"));
}

TEST_F(PatientsTest, NeedANameASexAndAnAgeOrADateOfBirth) {
    EXPECT_EQ(clinic.post(list, "{}").errors(), "name: required, sex: required, age: required");
    EXPECT_EQ(errors(R"("age":null,"date_of_birth":null)"), "age: required");
    EXPECT_EQ(errors(R"("age":3,"date_of_birth":"2020-01-01")"), "date_of_birth: invalid");
    EXPECT_EQ(errors(R"("age":131)"), "age: max_value");
    EXPECT_EQ(errors(R"("age":-1)"), "age: min_value");
    EXPECT_EQ(errors(R"("age":"30")"), "age: invalid");
    EXPECT_EQ(errors(R"("date_of_birth":"2023-02-29")"), "date_of_birth: invalid");
    EXPECT_EQ(errors(R"("date_of_birth":"9999-01-01")"), "date_of_birth: invalid");
    EXPECT_EQ(errors(R"("date_of_birth":"1850-01-01")"), "date_of_birth: invalid");
    EXPECT_EQ(errors(R"("age":3,"born_on":"2020-01-01","name_sort":"a","tenant_id":"x")"),
              "born_on: unknown_field, name_sort: unknown_field, tenant_id: unknown_field");
}

TEST_F(PatientsTest, KnowTheirAgeToday) {
    const Answer young = add("Asha", R"("date_of_birth":")" + today() + "\"");
    EXPECT_EQ(young.get("age"), "0");
    EXPECT_EQ(young.get("date_of_birth"), today());
    EXPECT_EQ(young.get("dob_precision"), "day");
    const Answer guessed = add("Meena", R"("age":40)");
    EXPECT_EQ(guessed.get("age"), "40");
    EXPECT_EQ(guessed.get("date_of_birth"), "null");
    EXPECT_EQ(guessed.get("dob_precision"), "estimated");
    EXPECT_EQ(add("Old", R"("age":130,"date_of_birth":null)").get("age"), "130");
}

TEST_F(PatientsTest, ChangeBetweenAgeAndDateOfBirth) {
    const std::string path = add("Asha", R"("age":40)").header("Location");
    EXPECT_EQ(clinic.patch(path, R"({"age":40})").get("version"), "1");
    const Answer dated = clinic.patch(path, R"({"date_of_birth":"1990-05-17"})");
    EXPECT_EQ(dated.get("date_of_birth"), "1990-05-17");
    EXPECT_EQ(dated.get("dob_precision"), "day");
    const Answer aged = clinic.patch(path, R"({"age":7,"date_of_birth":null})");
    EXPECT_EQ(aged.get("age"), "7");
    EXPECT_EQ(aged.get("date_of_birth"), "null");
    EXPECT_EQ(aged.get("dob_precision"), "estimated");
    EXPECT_EQ(clinic.patch(path, R"({"date_of_birth":null})").errors(), "age: required");
    EXPECT_EQ(clinic.patch(path, R"({"date_of_birth":"9999-01-01"})").errors(), "date_of_birth: invalid");
}

TEST_F(PatientsTest, ShareAPhoneAsAHousehold) {
    const Answer mother = add("Asha Rao", R"("age":30,"phone":"98765 43210","phone_relation":"self")");
    const Answer child = add("Ravi Rao", R"("age":3,"phone":"+91-9876543210","phone_relation":"parent")");
    const Answer other = add("Meena", R"("age":50,"phone":"9876543211")");
    EXPECT_EQ(mother.get("phone"), "+919876543210");
    EXPECT_NE(mother.get("household_id"), "null");
    EXPECT_EQ(child.get("household_id"), mother.get("household_id"));
    EXPECT_NE(other.get("household_id"), mother.get("household_id"));
    EXPECT_EQ(add("Nobody").get("household_id"), "null");
}

TEST_F(PatientsTest, MoveBetweenHouseholdsWithTheirPhone) {
    const std::string household = add("Asha", R"("age":30,"phone":"9876543210")").get("household_id");
    const std::string path = add("Meena", R"("age":31,"phone":"9876543219")").header("Location");
    EXPECT_EQ(clinic.patch(path, R"({"phone":"9876543210"})").get("household_id"), household);
    EXPECT_EQ(clinic.patch(path, R"({"city":"Pune"})").get("household_id"), household);
    EXPECT_EQ(clinic.patch(path, R"({"phone":null})").get("household_id"), "null");
}

TEST_F(PatientsTest, AreFoundByTheirNewWordsAndPhoneOnly) {
    const std::string path = add("Asha Rao", R"("age":30,"phone":"9876543210")").header("Location");
    const auto found = [&](const std::string& word) {
        return clinic.get(list + "?search=" + word).results("id").size();
    };
    clinic.patch(path, R"({"city":"Pune"})");
    EXPECT_EQ(found("asha") + found("9876543210"), 2u);
    clinic.patch(path, R"({"name":"Usha Rao","phone":"9876543211"})");
    EXPECT_EQ(found("asha") + found("9876543210"), 0u);
    EXPECT_EQ(found("usha") + found("rao") + found("9876543211"), 3u);
}

TEST_F(PatientsTest, AreFoundByTheirWholeNumber) {
    for (int i = 0; i < 12; ++i) add("Asha");
    add("Usha", R"("age":30,"phone":"9876543212")");
    const auto found = [&](const std::string& words) {
        return clinic.get(list + "?search=" + words).results("number");
    };
    EXPECT_THAT(found("12"), ElementsAre("12"));
    EXPECT_THAT(found("0012"), ElementsAre("12"));
    EXPECT_THAT(found("1"), ElementsAre("1"));
    EXPECT_THAT(found("asha+2"), ElementsAre("2"));
    EXPECT_THAT(found("usha+2"), IsEmpty());
    EXPECT_THAT(found("14"), IsEmpty());
    EXPECT_THAT(found("99999999999999999999"), IsEmpty());
    EXPECT_THAT(found("212"), ElementsAre("13"));  // the end of a phone, as ever
    clinic.remove(list + "/" + clinic.get(list + "?search=12").results("id").front());
    EXPECT_THAT(found("12"), IsEmpty());
    EXPECT_THAT(found("12&archived=true"), ElementsAre("12"));
}

TEST_F(PatientsTest, OfOneNewPhoneRegisteredAtOnceAreOneHousehold) {
    std::vector<terrace::testing::Started<Answer>> started;
    for (int i = 0; i < 6; ++i)
        started.push_back(
            clinic.start(http::Method::post, list, R"({"name":"A","sex":"male","age":1,"phone":"9876543210"})"));
    std::vector<std::string> households;
    for (auto& one : started) households.push_back(one.wait().get("household_id"));
    EXPECT_THAT(households, ::testing::Each(::testing::Eq(households.front())));
    EXPECT_NE(households.front(), "null");
}

TEST_F(PatientsTest, AreCheckedFieldByField) {
    EXPECT_EQ(clinic
                  .post(list, R"({"name":" ","sex":"f","age":1,"phone":"123","phone_relation":"aunt",
        "guardian_name":"","email":"x","address":"","city":5,"pincode":"011001"})")
                  .errors(),
              "name: blank, sex: invalid_choice, phone: invalid, phone_relation: invalid_choice, guardian_name: blank, "
              "email: invalid, address: blank, city: invalid, pincode: invalid");
    const Answer full = add("Asha Rao", R"("age":1,"phone":null,"email":"asha@example.in","address":"12, MG Road\nPune",
        "city":"Pune","pincode":"411001","guardian_name":"Meena Rao")");
    EXPECT_EQ(full.get("address"), "12, MG Road\nPune");
    EXPECT_EQ(full.get("pincode"), "411001");
}

TEST_F(PatientsTest, AreListedNewestFirstAndOrderedByFoldedName) {
    add("asha");
    add("Ádam");
    add("Bela");
    EXPECT_THAT(clinic.get(list).results("name"), ElementsAre("Bela", "Ádam", "asha"));
    EXPECT_THAT(clinic.get(list + "?ordering=name").results("name"), ElementsAre("Ádam", "asha", "Bela"));
    EXPECT_THAT(clinic.get(list + "?ordering=-number&limit=2").results("number"), ElementsAre("3", "2"));
    EXPECT_THAT(clinic.get(list + "?sex=male").results("name"), IsEmpty());
    EXPECT_THAT(clinic.get(list + "?sex=female&search=ash").results("name"), ElementsAre("asha"));
    EXPECT_EQ(clinic.get(list + "?sex=none").errors(), "sex: invalid_choice");
}

using DuplicatesTest = PatientsTest;

TEST_F(DuplicatesTest, AreThoseWithThePhoneThenThoseWithTheName) {
    add("Meena Sharma", R"("age":30,"phone":"9876543210")");
    add("Ravi Sharma", R"("age":5,"phone":"9876543210")");
    add("Meenakshi Sharma");
    add("Meena Gupta");
    const auto names = [&](const std::string& query) {
        return clinic.get(list + "/duplicates?" + query).results("name");
    };
    EXPECT_THAT(names("phone=98765+43210"), ElementsAre("Meena Sharma", "Ravi Sharma"));
    EXPECT_THAT(names("name=sharma+mee"), ElementsAre("Meena Sharma", "Meenakshi Sharma"));
    EXPECT_THAT(names("phone=9876543210&name=meena"),
                ElementsAre("Meena Sharma", "Ravi Sharma", "Meena Gupta", "Meenakshi Sharma"));
}

TEST_F(DuplicatesTest, NeedThreeLettersOrAWholePhone) {
    add("Meena Sharma", R"("age":30,"phone":"9876543210")");
    for (const char* query : {"", "?name=", "?name=me", "?phone=98", "?phone=987654", "?name=+m+&phone=x", "?name=..."})
        EXPECT_EQ(clinic.get(list + "/duplicates" + query).body, R"({"results":[]})") << query;
    EXPECT_EQ(clinic.get(list + "/duplicates?name=" + std::string(201, 'a')).errors(), "name: max_length");
}

TEST_F(DuplicatesTest, AreFiveAtMostAndNoneThatIsArchived) {
    for (int i = 0; i < 6; ++i) add("Meena " + std::string(1, static_cast<char>('A' + i)));
    clinic.remove(add("Meena 0").header("Location"));
    EXPECT_THAT(clinic.get(list + "/duplicates?name=meena").results("name"),
                ElementsAre("Meena A", "Meena B", "Meena C", "Meena D", "Meena E"));
}

TEST_F(DuplicatesTest, AreTheClinicsOwn) {
    add("Meena Sharma", R"("age":30,"phone":"9876543210")");
    EXPECT_THAT(client().get(list + "/duplicates?name=meena&phone=9876543210").results("name"), IsEmpty());
}

}  // namespace
}  // namespace terrace::clinic
