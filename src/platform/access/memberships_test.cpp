#include "platform/access/memberships.hpp"

#include "platform/access/test_catalogue.hpp"
#include "platform/tenancy/directory.hpp"
#include "platform/tenancy/provisioning.hpp"
#include "platform/testing/data_layer.hpp"
#include "platform/testing/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace terrace::access {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::run_until;
using MembershipPtr = std::shared_ptr<const Membership>;

class MembershipsTest : public testing::DataLayerTest {
  public:
    ~MembershipsTest() override {
        running_feed_.reset();
        settle();
    }

  protected:
    MembershipsTest() {
        const std::string slug = "t" + tenant.to_string().substr(24);
        admin.run("insert into catalog.tenant (id, slug, name) values ($1, $2, 'Acme')",
                  db::Params().add(tenant).add(slug));
        admin.run("insert into shared.tenant_place (tenant_id, epoch) values ($1, 1)", db::Params().add(tenant));
        admin.run("insert into catalog.user_account (id, email, full_name) values ($1, $2, 'Asha')",
                  db::Params().add(user).add(user.to_string() + "@example.in"));
        tenancy::Provisioner provisioner(database, directory,
                                         {[this](const Uuid& id, auto& rows) { catalogue.seed(id, rows); }});
        testing::run(loop, provisioner.complete(tenant)).value();
    }

    void start_feed() {
        running_feed_.emplace(loop, feed.run(database));
        ASSERT_TRUE(run_until(loop, [this] { return feed.age() < 1s; }));
    }

    void join(const std::string& role) {
        admin.run(
            "insert into catalog.membership (tenant_id, user_id, role_slug) values ($1, $2, $3) "
            "on conflict (tenant_id, user_id) do update set role_slug = excluded.role_slug",
            db::Params().add(tenant).add(user).add(role));
    }

    void leave() {
        admin.run("delete from catalog.membership where tenant_id = $1 and user_id = $2",
                  db::Params().add(tenant).add(user));
    }

    MembershipPtr find() {
        const auto where = testing::run(loop, directory.by_id(tenant)).value();
        return testing::run(loop, memberships.find(tenancy::Directory::scope(*where), user)).value();
    }

    std::string role() {
        const auto membership = find();
        return membership ? membership->role_slug : "";
    }

    const Catalogue catalogue = clinic();
    db::AdminConnection admin = tests.admin();
    tenancy::ChangeFeed feed;
    tenancy::Directory directory{loop.get_executor(), database, feed};
    Memberships memberships{loop.get_executor(), database, feed, catalogue};
    const Uuid tenant = Uuid::v7();
    const Uuid user = Uuid::v7();

  private:
    std::optional<testing::Background> running_feed_;
};

TEST_F(MembershipsTest, KnowsNoOneWhoDidNotJoin) {
    EXPECT_EQ(find(), nullptr);
}

TEST_F(MembershipsTest, GivesARoleWithWhatItAllows) {
    join("nurse");
    const auto nurse = find();
    ASSERT_TRUE(nurse);
    EXPECT_EQ(nurse->role_slug, "nurse");
    EXPECT_EQ(nurse->role_name, "Nurse");
    EXPECT_THAT(nurse->permissions->names(), ElementsAre("patients.read"));
}

TEST_F(MembershipsTest, GivesOwnersAndAdminsEverythingAndMembersNothing) {
    for (const auto* all : {"owner", "admin"}) {
        join(all);
        EXPECT_THAT(find()->permissions->names(), ElementsAre("patients.create", "patients.read")) << all;
    }
    join("member");
    EXPECT_THAT(find()->permissions->names(), IsEmpty());
}

TEST_F(MembershipsTest, LetsARoleThatIsGoneDoNothing) {
    join("surgeon");
    ASSERT_TRUE(find());
    EXPECT_THAT(find()->permissions->names(), IsEmpty());
}

TEST_F(MembershipsTest, IgnoresAPermissionThatThisVersionDoesNotKnow) {
    join("nurse");
    admin.run("insert into shared.role_permission (tenant_id, role_slug, permission) values ($1, 'nurse', 'x.old')",
              db::Params().add(tenant));
    EXPECT_THAT(find()->permissions->names(), ElementsAre("patients.read"));
}

TEST_F(MembershipsTest, AnswersFromItsCacheWhileTheFeedIsFresh) {
    join("nurse");
    start_feed();
    EXPECT_EQ(role(), "nurse");
    admin.run("set session_replication_role = replica");  // no trigger: only the cache can answer "nurse"
    join("owner");
    EXPECT_EQ(role(), "nurse");
}

TEST_F(MembershipsTest, AsksPostgresqlWhileTheFeedIsStale) {
    join("nurse");
    EXPECT_EQ(role(), "nurse");
    leave();
    EXPECT_EQ(role(), "");
}

TEST_F(MembershipsTest, ForgetsARemovedMemberWithinASecond) {
    join("nurse");
    start_feed();
    EXPECT_EQ(role(), "nurse");
    leave();
    EXPECT_TRUE(run_until(loop, [this] { return role().empty(); }, 1s));
}

TEST_F(MembershipsTest, HearsOfAnotherRoleWithinASecond) {
    join("nurse");
    start_feed();
    EXPECT_EQ(role(), "nurse");
    join("owner");
    EXPECT_TRUE(run_until(loop, [this] { return role() == "owner"; }, 1s));
}

TEST_F(MembershipsTest, HearsOfWhatARoleAllowsWhenTheTenantIsTouched) {
    join("nurse");
    start_feed();
    EXPECT_TRUE(find()->permissions->allows("patients.read"));
    admin.run("delete from shared.role_permission where tenant_id = $1", db::Params().add(tenant));
    admin.run("update catalog.tenant set updated_at = clock_timestamp() where id = $1", db::Params().add(tenant));
    EXPECT_TRUE(run_until(loop, [this] { return !find()->permissions->allows("patients.read"); }, 1s));
}

TEST_F(MembershipsTest, CountsANewMemberAtOnce) {
    start_feed();
    EXPECT_EQ(role(), "");
    join("nurse");
    EXPECT_EQ(role(), "nurse");
}

TEST_F(MembershipsTest, SeedsRolesOnceHoweverOftenItIsAsked) {
    const auto scope = tenancy::Directory::scope(*testing::run(loop, directory.by_id(tenant)).value());
    admin.run("update shared.role set name = 'Head nurse' where tenant_id = $1 and slug = 'nurse'",
              db::Params().add(tenant));
    db::Unit again{.kind = db::UnitKind::write};
    catalogue.seed(tenant, again.statements);
    ASSERT_TRUE(testing::run(loop, database.run(scope, std::move(again))));
    join("nurse");
    EXPECT_EQ(find()->role_name, "Head nurse");
    const auto roles = admin.run("select count(*) from shared.role where tenant_id = $1", db::Params().add(tenant));
    EXPECT_EQ(roles.integer(0, 0), 4);
}

}  // namespace
}  // namespace terrace::access
