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
    /// Of the tenant, in the shared tables.
    void change(const std::string& sql) { admin.run(sql, db::Params().add(tenant)); }
    /// Households A and B with the phones 1 and 2, a patient in each, and a role with a permission.
    void add_households() {
        change(
            "insert into shared.household (tenant_id, id, phone_e164) select $1, md5(name)::uuid, phone"
            " from (values ('A', '+911111111'), ('B', '+912222222')) as household (name, phone)");
        change(
            "insert into shared.patient (tenant_id, id, number, name, name_sort, sex, born_on, dob_precision,"
            " household_id) select $1, gen_random_uuid(), ascii(name), name, name, 'female', '1980-01-01', 'day',"
            " md5(name)::uuid from (values ('A'), ('B')) as household (name)");
        change("insert into shared.role (tenant_id, slug, name) values ($1, 'guard', 'Guard')");
        change("insert into shared.role_permission (tenant_id, role_slug, permission) values ($1, 'guard', 'p.read')");
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

TEST_F(RowTransferTest, CarriesAUniqueValueThatTwoRowsHaveSwapped) {
    add_households();
    RowTransfer rows = transfer();
    rows.copy_changes({});
    change("update shared.household set phone_e164 = '+913' where tenant_id = $1 and phone_e164 = '+911111111'");
    change("update shared.household set phone_e164 = '+911111111' where tenant_id = $1 and phone_e164 = '+912222222'");
    change("update shared.household set phone_e164 = '+912222222' where tenant_id = $1 and phone_e164 = '+913'");
    change("update shared.role set name = 'Keeper' where tenant_id = $1");
    rows.copy_changes({});
    EXPECT_EQ(places.text("select phone_e164 from " + schema + ".household where id = md5('A')::uuid"), "+912222222");
    EXPECT_EQ(places.count(schema + ".role_permission"), 1) << "it goes with its role, whose name has changed";
    EXPECT_TRUE(rows.verify());
}

TEST_F(RowTransferTest, CarriesAUniqueValueWhoseRowWasDeletedAndMadeAnew) {
    add_households();
    RowTransfer rows = transfer();
    rows.copy_changes({});
    change("update shared.patient set household_id = null where tenant_id = $1 and name = 'B'");
    change("delete from shared.household where tenant_id = $1 and id = md5('B')::uuid");
    change("insert into shared.household (tenant_id, id, phone_e164) values ($1, md5('C')::uuid, '+912222222')");
    change("update shared.patient set household_id = md5('C')::uuid where tenant_id = $1 and name = 'B'");
    rows.copy_changes({});
    EXPECT_TRUE(rows.verify());
    EXPECT_EQ(places.count(schema + ".household"), 2);
    EXPECT_EQ(places.count(schema + ".patient"), 2);
}

/// Rows that refer to others of their own table.
class RowTransferOfChainsTest : public RowTransferTest {
  protected:
    RowTransferOfChainsTest() {
        for (const std::string& where : {std::string("shared"), schema}) {
            admin.run("create table " + where +
                      ".chain (tenant_id uuid, id text, code text, above text, primary key (tenant_id, id),"
                      " unique (tenant_id, code), foreign key (tenant_id, above) references " +
                      where + ".chain (tenant_id, id))");
            admin.run("alter table " + where + ".chain owner to terrace_owner");
        }
    }
    ~RowTransferOfChainsTest() override { admin.run("drop table shared.chain"); }
};

TEST_F(RowTransferOfChainsTest, TakesAlongWhatHangsOnARowWhoseValueHasChangedHands) {
    change(
        "insert into shared.chain (tenant_id, id, code, above) values ($1, 'other', '0', null), ($1, 'top', '1', null),"
        " ($1, 'middle', '2', 'top'), ($1, 'bottom', '3', 'middle')");
    RowTransfer rows = transfer();
    EXPECT_EQ(rows.copy_changes({}), 4);
    change("update shared.chain set code = 'none' where tenant_id = $1 and id = 'other'");
    change("update shared.chain set code = '0' where tenant_id = $1 and id = 'top'");
    change("update shared.chain set code = '1' where tenant_id = $1 and id = 'other'");
    rows.copy_changes({});
    EXPECT_TRUE(rows.verify());
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
