#include "platform/access/permissions.hpp"

#include "platform/access/test_catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace terrace::access {
namespace {

using ::testing::ElementsAre;

TEST(PermissionSet, AllowsWhatItNamesAndNothingElse) {
    const PermissionSet set({"patients.read", "patients.create", "patients.read"});
    EXPECT_TRUE(set.allows("patients.read"));
    EXPECT_FALSE(set.allows("patients"));
    EXPECT_FALSE(set.allows("patients.archive"));
    EXPECT_FALSE(set.allows(""));
    EXPECT_THAT(set.names(), ElementsAre("patients.create", "patients.read"));
}

TEST(Principal, MayDoNothingWithoutPermissions) {
    EXPECT_FALSE(Principal{}.may("patients.read"));
}

TEST(Catalogue, ShipsOwnerAdminAndMemberBeforeTheProductsRoles) {
    const auto catalogue = clinic();
    std::vector<std::string> slugs;
    for (const auto& role : catalogue.roles()) slugs.push_back(role.slug);
    EXPECT_THAT(slugs, ElementsAre("owner", "admin", "member", "nurse"));
    EXPECT_TRUE(catalogue.roles()[0].holds_all);
    EXPECT_TRUE(catalogue.roles()[1].holds_all);
    EXPECT_FALSE(catalogue.roles()[2].holds_all);
    EXPECT_TRUE(catalogue.roles()[2].permissions.empty());
}

TEST(Catalogue, KnowsAllThatIsRegistered) {
    const auto catalogue = clinic();
    EXPECT_TRUE(catalogue.knows("patients.read"));
    EXPECT_FALSE(catalogue.knows("patients.raed"));
    EXPECT_THAT(catalogue.all().names(), ElementsAre("patients.create", "patients.read"));
}

TEST(Catalogue, RefusesWhatAProgrammerGetsWrong) {
    auto catalogue = clinic();
    for (const auto* name : {"patients", "", ".", "patients.", ".read", "Patients.read", "patients read", "a..b"}) {
        EXPECT_THROW(catalogue.add_permission({name, ""}), std::logic_error) << name;
    }
    EXPECT_THROW(catalogue.add_permission({"patients.read", ""}), std::logic_error);
    EXPECT_THROW(catalogue.add_role({.slug = "doctor", .permissions = {"patients.raed"}}), std::logic_error);
    EXPECT_THROW(catalogue.add_role({.slug = "owner"}), std::logic_error);
    EXPECT_THROW(catalogue.add_role({.slug = "Head Nurse"}), std::logic_error);
}

}  // namespace
}  // namespace terrace::access
