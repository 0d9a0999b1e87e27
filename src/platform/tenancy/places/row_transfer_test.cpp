#include "platform/tenancy/places/row_transfer.hpp"

#include "platform/base/clock.hpp"
#include "platform/tenancy/places/test_places.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace terrace::tenancy {
namespace {

using testing::TestDatabase;

/// From the shared tables into a schema; settings stand for all tables, roles and their permissions for those that
/// refer to others.
class RowTransferTest : public ::testing::Test {
  protected:
    RowTransferTest() {
        TestPlaces::maker().fill(Isolation::schema, 1);
        schema = places.text("select name from catalog.place");
    }

    void set(const std::string& name, const std::string& value) {
        admin.run(
            "insert into shared.settings (tenant_id, name, value) values ($1, $2, $3)"
            " on conflict (tenant_id, name) do update set value = excluded.value",
            db::Params().add(tenant).add(name).add(value));
    }
    std::string in_copy(const std::string& name) {
        const auto rows = admin.run("select value from " + schema + ".settings where tenant_id = $1 and name = $2",
                                    db::Params().add(tenant).add(name));
        return rows.empty() ? "" : std::string(rows.text(0, 0));
    }
    RowTransfer transfer() const {
        const std::string& url = TestDatabase::instance().admin_url();
        return {{.url = url}, {.url = url, .schema = schema}, tenant};
    }

    TestPlaces places;
    db::AdminConnection admin = TestDatabase::instance().admin();
    std::string schema;
    const Uuid tenant = Uuid::v7();
};

TEST_F(RowTransferTest, CopiesAllAndThenWhatHasChanged) {
    for (int number = 0; number < 100; ++number) set("s" + std::to_string(number), "old");
    RowTransfer rows = transfer();
    EXPECT_EQ(rows.copy_changes({}), 100);
    set("s7", "new");
    set("extra", "new");
    // A transaction of another test, open since before the first round, makes rows look new until it is over.
    const auto until = Clock::now() + std::chrono::seconds(30);
    std::int64_t copied = rows.copy_changes({});
    while (copied >= 100 && Clock::now() < until) copied = rows.copy_changes({});
    EXPECT_LT(copied, 100) << "what was there is not copied again";
    EXPECT_EQ(in_copy("s7"), "new");
    EXPECT_EQ(in_copy("extra"), "new");
    EXPECT_TRUE(rows.verify());
    EXPECT_EQ(rows.rows(), 101);
}

TEST_F(RowTransferTest, FindsWhatATransactionWroteThatWasOpenMeanwhile) {
    RowTransfer rows = transfer();
    admin.run("begin");
    set("late", "one");
    ASSERT_EQ(rows.copy_changes({}), 0);
    admin.run("commit");
    EXPECT_EQ(rows.copy_changes({}), 1);
    EXPECT_EQ(in_copy("late"), "one");
}

TEST_F(RowTransferTest, CarriesNoRowOfAnother) {
    admin.run("insert into shared.settings (tenant_id, name, value) values (gen_random_uuid(), 'theirs', 'x')");
    set("ours", "x");
    EXPECT_EQ(transfer().copy_changes({}), 1);
    EXPECT_EQ(places.count(schema + ".settings"), 1);
}

TEST_F(RowTransferTest, SeesThatTheCopyDiffers) {
    set("a", "1");
    RowTransfer rows = transfer();
    rows.copy_changes({});
    EXPECT_TRUE(rows.verify());
    admin.run("update " + schema + ".settings set value = '2'");
    EXPECT_FALSE(rows.verify());
}

TEST_F(RowTransferTest, TakesAwayWhatIsGoneThoseThatReferToOthersFirst) {
    const db::Params of_tenant = db::Params().add(tenant);
    admin.run("insert into shared.role (tenant_id, slug, name) values ($1, 'guard', 'Guard'), ($1, 'cook', 'Cook')",
              of_tenant);
    admin.run("insert into shared.role_permission (tenant_id, role_slug, permission) values ($1, 'guard', 'p.read')",
              of_tenant);
    RowTransfer rows = transfer();
    EXPECT_EQ(rows.copy_changes({}), 3);
    admin.run("delete from shared.role where tenant_id = $1 and slug = 'guard'", of_tenant);
    rows.copy_changes({});
    EXPECT_FALSE(rows.verify());
    rows.remove_gone();
    EXPECT_TRUE(rows.verify());
    EXPECT_EQ(places.count(schema + ".role"), 1);
    EXPECT_EQ(places.count(schema + ".role_permission"), 0);
}

TEST_F(RowTransferTest, LeavesNothingOfARoundThatWasCancelled) {
    set("a", "1");
    int asked = 0;
    RowTransfer rows = transfer();
    rows.copy_changes([&] { return ++asked > 8; });
    EXPECT_EQ(places.count(schema + ".settings"), 0);
    EXPECT_EQ(rows.copy_changes({}), 1);
}

TEST_F(RowTransferTest, ClearsTheTarget) {
    set("a", "1");
    RowTransfer rows = transfer();
    rows.copy_changes({});
    rows.clear_target();
    EXPECT_EQ(places.count(schema + ".settings"), 0);
    EXPECT_EQ(rows.copy_changes({}), 1) << "all is copied again";
}

}  // namespace
}  // namespace terrace::tenancy
