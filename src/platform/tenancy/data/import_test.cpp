#include "platform/tenancy/data/import.hpp"

#include "platform/db/advisory_lock.hpp"
#include "platform/tenancy/data/test_archives.hpp"

namespace terrace::tenancy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using End = ImportOutcome::End;
using Into = ImportOptions::Into;

class ImportModesTest : public ArchiveModesTest {
  protected:
    ImportModesTest() {
        source.fill();
        export_rows(source);
    }

    TestTenant source{GetParam()};
};

TEST_P(ImportModesTest, GivesANewTenantTheSameRows) {
    const TestTenant target(GetParam());
    const ImportOutcome outcome = import_tenant(into(target));
    EXPECT_EQ(outcome.end, End::imported);
    EXPECT_THAT(bad_rows, IsEmpty());
    EXPECT_EQ(target.sums(), source.sums());
    EXPECT_EQ(target.value("select state from shared.tenant_place where tenant_id = $1"), "active");
    EXPECT_EQ(places.text("select moving::text from catalog.tenant where slug = '" + target.slug + "'"), "false");
    EXPECT_EQ(target.value("select count(*) from {t}.idempotency_key where tenant_id = $1"), "0");
}

TEST_P(ImportModesTest, ATenantMadeForItHasNoOtherRows) {
    const TestTenant target(GetParam());
    target.run("insert into {t}.role (tenant_id, slug, name, holds_all) values ($1, 'nurse', 'All', true)");
    target.run("insert into {t}.role_permission values ($1, 'nurse', 'patients.delete')");
    ImportOptions options = into(target);
    options.into = Into::fresh;
    EXPECT_EQ(import_tenant(options).end, End::imported);
    EXPECT_EQ(target.sums(), source.sums());
}

TEST_P(ImportModesTest, BringsBackWhatItsOwnTenantHasLost) {
    const auto before = source.sums();
    source.run("delete from {t}.patient where tenant_id = $1 and number > 100");
    source.run("delete from {t}.file_chunk where tenant_id = $1");
    ImportOptions options = into(source);
    options.into = Into::own;
    const ImportOutcome outcome = import_tenant(options);
    EXPECT_EQ(outcome.end, End::imported);
    EXPECT_EQ(source.sums(), before);
}

TEST_P(ImportModesTest, ADryRunReportsAndChangesNothing) {
    const TestTenant target(GetParam());
    const auto before = target.sums();
    ImportOptions options = into(target);
    options.dry_run = true;
    const ImportOutcome outcome = import_tenant(options);
    EXPECT_EQ(outcome.end, End::rehearsed);
    std::int64_t added = 0, exported = 0;
    for (const ImportedTable& table : outcome.tables) added += table.added;
    for (const ArchiveTable& table : read_manifest(folder).tables) exported += table.rows;
    EXPECT_EQ(added, exported);
    EXPECT_EQ(target.sums(), before);
}

TEST_P(ImportModesTest, NewIdsAreTheSameInEveryReference) {
    const TestTenant target(GetParam());
    ImportOptions options = into(target);
    options.remap = true;
    EXPECT_EQ(import_tenant(options).end, End::imported);
    const auto before = source.sums(), after = target.sums();
    for (const char* table : {"role", "role_permission", "settings", "counter", "file_usage"})
        EXPECT_EQ(after.at(table), before.at(table));
    // The first 19 characters are kept, so one new id in 4,096 goes on with three zeros as the old ones do.
    EXPECT_EQ(target.value("select count(*) from {t}.patient where tenant_id = $1 and"
                           " id::text like '01900000-0000-7000-8000-000000000%'"),
              "0");
    // Each row refers to the row that the old one referred to, by foreign key or not, in the old order.
    EXPECT_EQ(target.value("select count(*) from {t}.patient p join {t}.household h on h.tenant_id = $1 and"
                           " h.id = p.household_id where p.tenant_id = $1"),
              "125");
    EXPECT_EQ(target.value("select count(*) from {t}.patient_token k join {t}.patient p on p.tenant_id = $1 and"
                           " p.id = k.object_id where k.tenant_id = $1"),
              "250");
    EXPECT_EQ(target.value("select count(*) from {t}.audit_entry a join {t}.patient p on p.tenant_id = $1 and"
                           " p.id = a.object_id and p.name = a.changes -> 'name' ->> 1 where a.tenant_id = $1"),
              "250");
    EXPECT_EQ(target.value("select count(*) from {t}.file f join {t}.file_chunk c on c.tenant_id = $1 and c.file_id ="
                           " f.id join {t}.patient p on p.tenant_id = $1 and p.id = f.object_id and p.number = 1"
                           " where f.tenant_id = $1"),
              "1");
}

TEST_P(ImportModesTest, ReportsEveryBadRowAndChangesNothing) {
    const TestTenant target(GetParam());
    edit("tables/patient.jsonl", R"("number":3,)", R"("number":"three",)");
    edit("tables/patient.jsonl", R"("name":"Row 7",)", R"("name":null,)");
    edit("tables/patient.jsonl", R"("row 9","sex":"female","born_on":"1980-01-01")",
         R"("row 9","sex":7,"born_on":"1980-13-01")");
    edit("tables/patient.jsonl", R"("row 11","sex":"female")", R"("row 11","sex":"both")");
    edit("tables/patient.jsonl", R"("email":null,"address":null)", R"("e-mail":null,"address":null)");
    edit("tables/patient.jsonl", R"("number":200,)", R"("number":199,)");
    edit("tables/household.jsonl", R"({"tenant_id")", R"(["tenant_id")");
    const auto before = target.sums();
    const ImportOutcome outcome = import_tenant(into(target));
    EXPECT_EQ(outcome.end, End::bad_rows);
    EXPECT_EQ(outcome.bad_rows, static_cast<std::int64_t>(bad_rows.size()));
    EXPECT_THAT(bad_rows, ::testing::IsSupersetOf({
                              "household 1 : is no JSON",
                              "patient 1 email: is missing",
                              "patient 1 e-mail: is no column of the table",
                              "patient 3 number: is no valid bigint",
                              "patient 7 name: must have a value",
                              "patient 9 born_on: is no valid date",
                              "patient 11 sex: breaks the rule patient_sex_check",
                              "patient 200 number: is what another row of the archive has",
                              "patient 2 household_id: refers to a row that is not there, or is bad"
                              " (patient_household_fkey)",
                          }));
    EXPECT_EQ(bad_rows.size(), 8U + 124U) << "all that refer to the household, but for number 200";
    EXPECT_EQ(target.sums(), before);
    EXPECT_EQ(target.value("select state from shared.tenant_place where tenant_id = $1"), "active");
}

TEST_P(ImportModesTest, ARowThatNamesAnotherTenantGoesNowhere) {
    const TestTenant target(GetParam()), victim(GetParam());
    const auto before = victim.sums();
    edit("tables/settings.jsonl", source.id.to_string(), victim.id.to_string());
    EXPECT_EQ(import_tenant(into(target)).end, End::bad_rows);
    EXPECT_THAT(bad_rows, ElementsAre("settings 1 tenant_id: names another tenant than the archive is of"));
    EXPECT_EQ(victim.sums(), before);
    EXPECT_EQ(target.value("select count(*) from {t}.settings where tenant_id = $1"), "0");
}

TEST_P(ImportModesTest, CancelledAtAnyPointItLeavesNothing) {
    const TestTenant target(GetParam());
    const auto before = target.sums();
    std::int64_t all = 0;
    for (const std::int64_t percent : {0, 30, 60, 95}) {
        ImportOptions options = into(target);
        bool stop = false;
        options.progress = [&](std::int64_t done, std::int64_t of) {
            all = of;
            stop = done * 100 >= of * percent;
        };
        options.cancelled = [&] { return stop; };
        EXPECT_EQ(import_tenant(options).end, End::cancelled) << percent;
        EXPECT_EQ(target.sums(), before) << percent;
        EXPECT_EQ(target.value("select state from shared.tenant_place where tenant_id = $1"), "active");
    }
    EXPECT_GT(all, 0);
    EXPECT_EQ(import_tenant(into(target)).end, End::imported);
}

INSTANTIATE_TEST_SUITE_P(Import, ImportModesTest,
                         ::testing::Values(Isolation::shared, Isolation::schema, Isolation::database), name_of_mode);

/// What a tenant that has worked on since gets from its own archive.
class ConflictTest : public ArchiveTest {
  protected:
    ConflictTest() {
        tenant.fill();
        export_rows(tenant);
        tenant.run("update {t}.patient set name = 'Later' where tenant_id = $1 and number = 5");
        tenant.run("update {t}.audit_entry set action = 'later' where tenant_id = $1 and id::text like '%009'");
        tenant.run("update {t}.counter set value = 300 where tenant_id = $1");
    }
    ImportOutcome run(OnConflict rule) {
        ImportOptions options = into(tenant);
        options.into = Into::own;
        options.on_conflict = rule;
        return import_tenant(options);
    }
    std::string name() const {
        return tenant.value("select name from {t}.patient where tenant_id = $1 and number = 5");
    }

    TestTenant tenant{Isolation::shared};
};

TEST_F(ConflictTest, RefusesThemAndListsEach) {
    EXPECT_EQ(run(OnConflict::refuse).end, End::bad_rows);
    EXPECT_THAT(bad_rows, ElementsAre(HasSubstr("audit_entry 9 : is there already with other values"),
                                      HasSubstr("patient 5 : is there already with other values")));
    EXPECT_EQ(name(), "Later");
}

TEST_F(ConflictTest, KeepsTheTenantsRows) {
    const auto before = tenant.sums();
    EXPECT_EQ(run(OnConflict::keep).end, End::imported);
    EXPECT_EQ(tenant.sums(), before);
}

TEST_F(ConflictTest, ReplacesThemButNoAuditAndNoNumberThatWasGiven) {
    EXPECT_EQ(run(OnConflict::replace).end, End::imported);
    EXPECT_EQ(name(), "Row 5");
    EXPECT_EQ(tenant.value("select value from {t}.counter where tenant_id = $1"), "300");
    EXPECT_EQ(tenant.value("select count(*) from {t}.audit_entry where tenant_id = $1 and action = 'later'"), "1");
}

TEST_F(ConflictTest, ANumberThatAnotherRowHasIsABadRow) {
    tenant.run("update {t}.patient set id = gen_random_uuid() where tenant_id = $1 and number = 7");
    EXPECT_EQ(run(OnConflict::keep).end, End::bad_rows);
    EXPECT_THAT(bad_rows, ElementsAre("patient 7 number: is what another row of the tenant has (patient_number_key)"));
}

}  // namespace
}  // namespace terrace::tenancy
