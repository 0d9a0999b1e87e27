#include "clinic/demo.hpp"

#include "clinic/patients/patient.hpp"
#include "platform/resource/testing/test_client.hpp"
#include "platform/testing/data_layer.hpp"

#include <gmock/gmock.h>

#include <map>
#include <set>

namespace terrace::clinic {
namespace {

class DemoPatients : public terrace::testing::DataLayerTest {
  protected:
    ~DemoPatients() override { settle(); }
};

TEST_F(DemoPatients, AreTheSameOnEveryMachine) {
    const DemoClinic& clinic = demo_clinics().front();
    EXPECT_EQ(demo_patients(clinic, 50), demo_patients(clinic, 50));
    const auto more = demo_patients(clinic, 60);
    EXPECT_EQ(demo_patients(clinic, 50), std::vector(more.begin(), more.begin() + 50));
    EXPECT_NE(demo_patients(demo_clinics().back(), 50), demo_patients(clinic, 50));
}

TEST_F(DemoPatients, AreHouseholdsOfAllAges) {
    std::map<std::string, int> phones;
    int children = 0, by_age = 0;
    const auto documents = demo_patients(demo_clinics().front(), 400);
    for (const std::string& text : documents) {
        const auto document = *json::Document::parse(text);
        ++phones[std::string(*document.root().find("phone")->as_string())];
        children += document.root().find("guardian_name") ? 1 : 0;
        by_age += document.root().find("age") ? 1 : 0;
    }
    int shared = 0;
    for (const auto& [phone, people] : phones) shared += people > 1 ? people : 0;
    EXPECT_GT(shared, 120);
    EXPECT_GT(children, 60);
    EXPECT_GT(by_age, 80);
    EXPECT_LT(by_age, 160);
}

TEST_F(DemoPatients, AreSeededOnceThroughTheEngine) {
    const resource::EngineParts parts{database, "a secret of at least thirty-two characters"};
    for (const DemoClinic& demo : demo_clinics()) {
        resource::testing::Client clinic(loop, resource::testing::served(patients(), parts), tests.tenant());
        const resource::Caller caller{.tenant = clinic.tenant(), .scope = clinic.scope()};
        const auto made = terrace::testing::run(loop, seed_demo(parts, caller, demo));
        ASSERT_TRUE(made) << made.error().detail;
        EXPECT_EQ(*made, 120u);
        EXPECT_EQ(*terrace::testing::run(loop, seed_demo(parts, caller, demo)), 0u);
        const auto page = clinic.get("/api/v1/patients?ordering=-number&limit=1");
        EXPECT_THAT(page.results("number"), ::testing::ElementsAre("120"));
        std::set<std::string> households;
        for (const auto& id : clinic.get("/api/v1/patients?limit=100").results("household_id")) households.insert(id);
        EXPECT_LT(households.size(), 90u);
    }
}

TEST_F(DemoPatients, AreCompletedWhereTheSeedWasCutOffAndNowhereElse) {
    const resource::EngineParts parts{database, "a secret of at least thirty-two characters"};
    const DemoClinic& demo = demo_clinics().front();
    const auto seeded = [&](const resource::testing::Client& clinic, std::size_t count) {
        const resource::Caller caller{.tenant = clinic.tenant(), .scope = clinic.scope()};
        return terrace::testing::run(loop, seed_demo(parts, caller, demo, count)).value();
    };
    const auto names = [](resource::testing::Client& clinic) {
        return clinic.get("/api/v1/patients?ordering=number&limit=100").results("name");
    };
    resource::testing::Client whole(loop, resource::testing::served(patients(), parts), tests.tenant());
    resource::testing::Client cut_off(loop, resource::testing::served(patients(), parts), tests.tenant());
    resource::testing::Client used(loop, resource::testing::served(patients(), parts), tests.tenant());
    EXPECT_EQ(seeded(whole, 80), 80u);
    EXPECT_EQ(seeded(cut_off, 40), 40u);
    EXPECT_EQ(seeded(cut_off, 80), 40u);
    EXPECT_EQ(names(cut_off), names(whole));
    EXPECT_EQ(seeded(used, 1), 1u);
    EXPECT_EQ(seeded(used, 80), 0u);
}

}  // namespace
}  // namespace terrace::clinic
