#include "platform/tenancy/data/export.hpp"

#include "platform/db/advisory_lock.hpp"
#include "platform/tenancy/data/test_archives.hpp"

#include <sys/stat.h>

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_P(ArchiveModesTest, ExportsEveryTableWithItsHashesAndNoRowOfAnother) {
    const TestTenant tenant(GetParam()), other(Isolation::shared);
    tenant.fill();
    other.run("insert into {t}.settings values ($1, 'note', 'CANARY')");
    const ExportOutcome outcome = export_rows(tenant);
    const Manifest manifest = read_manifest(folder);
    EXPECT_EQ(manifest.tenant, tenant.id);
    EXPECT_EQ(manifest.slug, tenant.slug);
    EXPECT_EQ(manifest.isolation, to_string(GetParam()));
    EXPECT_EQ(outcome.tables, manifest.tables.size());
    std::int64_t rows = 0;
    for (const ArchiveTable& table : manifest.tables) {
        rows += table.rows;
        EXPECT_EQ(hash_file(folder / json_path(table.name), {}), table.json);
        EXPECT_EQ(hash_file(folder / csv_path(table.name), {}), table.csv);
        EXPECT_THAT(read(json_path(table.name)) + read(csv_path(table.name)), Not(HasSubstr("CANARY")));
        EXPECT_EQ(tenant.sums().at(table.name), fmt::format("{}:{}", table.rows, table.checksum));
    }
    EXPECT_EQ(rows, outcome.rows);
    EXPECT_EQ(manifest.find("patient")->rows, 250);
    EXPECT_EQ(manifest.find("idempotency_key"), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Export, ArchiveModesTest,
                         ::testing::Values(Isolation::shared, Isolation::schema, Isolation::database), name_of_mode);

class ExportTest : public ArchiveTest {
  protected:
    ExportTest() { tenant.fill(); }

    TestTenant tenant{Isolation::shared};
};

TEST_F(ExportTest, WritesARowALineAsPostgreSQLDoes) {
    export_rows(tenant);
    EXPECT_THAT(read("tables/settings.jsonl"),
                HasSubstr(R"("name":"note","value":"tab\tline\nback\\slash \"quoted\", comma )"));
    EXPECT_THAT(read("tables/file_chunk.jsonl"), HasSubstr(R"("bytes":"\\x00ff5c0a")"));
    EXPECT_THAT(read("tables/counter.csv"), HasSubstr("tenant_id,name,value\n"));
}

TEST_F(ExportTest, RunsNothingInASpreadsheet) {
    const auto keep = [&](const char* name, const char* value) {
        tenant.run(fmt::format("insert into {{t}}.settings values ($1, '{}', E'{}')", name, value));
    };
    keep("formula", "=HYPERLINK(1)");
    keep("at", "@SUM(A1)");
    keep("plus", "+1+2");
    keep("minus", "-2+3");
    keep("tab", "\\t=1");
    keep("wide", "＝1");
    keep("point", "-.5");
    keep("phone", "+919812345678");
    keep("amount", "-12.50");
    export_rows(tenant);
    const std::string csv = read("tables/settings.csv");
    for (const char* cells : {",formula,'=HYPERLINK(1)", ",at,'@SUM(A1)", ",plus,'+1+2", ",minus,'-2+3", ",tab,'\t=1",
                              ",wide,'＝1", ",point,'-.5", ",phone,+919812345678", ",amount,-12.50"})
        EXPECT_THAT(csv, HasSubstr(cells));
    EXPECT_THAT(read("tables/settings.jsonl"), HasSubstr(R"x("value":"=HYPERLINK(1)")x"));
}

TEST_F(ExportTest, KeepsItsFilesForTheirOwnerAlone) {
    export_rows(tenant);
    struct stat about{};
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        ASSERT_EQ(::stat(entry.path().c_str(), &about), 0);
        EXPECT_EQ(about.st_mode & 0777U, entry.is_directory() ? 0700U : 0600U) << entry.path();
    }
    ASSERT_EQ(::stat(folder.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0700U);
}

TEST_F(ExportTest, IsTakenUpWhereItWasCutOff) {
    ExportOptions options = export_options(tenant);
    bool stop = false;
    options.progress = [&](std::int64_t done, std::int64_t of) { stop = done > of / 2; };
    options.cancelled = [&] { return stop; };
    EXPECT_TRUE(export_tenant(options).cancelled);
    EXPECT_FALSE(fs::exists(folder / manifest_name));
    EXPECT_THAT(fault_of(into(tenant)), HasSubstr("is not whole"));
    const std::size_t before = parse_manifest(read(partial_manifest_name)).tables.size();
    ASSERT_GT(before, 1U);

    tenant.run("update {t}.counter set value = 251 where tenant_id = $1");
    const ExportOutcome again = export_rows(tenant);
    EXPECT_GE(again.tables_found, before - 1) << "counter may be among them, and has changed";
    EXPECT_LT(again.tables_found, again.tables);
    EXPECT_THAT(read("tables/counter.jsonl"), HasSubstr("251"));
    EXPECT_FALSE(fs::exists(folder / partial_manifest_name));
}

TEST_F(ExportTest, IsTakenUpWhereverItWasCutOff) {
    ExportOptions options = export_options(tenant);
    options.cancelled = [] { return true; };
    EXPECT_TRUE(export_tenant(options).cancelled) << "before the first row";
    fs::rename(folder / partial_manifest_name, folder / (std::string(partial_manifest_name) + ".new"));
    fs::remove(folder / "tables");
    EXPECT_FALSE(export_rows(tenant).cancelled) << "before the first manifest";
    EXPECT_EQ(read_manifest(folder).find("patient")->rows, 250);
}

TEST_F(ExportTest, WritesAFileAgainThatWasDamaged) {
    export_rows(tenant);
    damage("tables/role.jsonl", "Nurse", "Curse");
    const ExportOutcome again = export_rows(tenant);
    EXPECT_EQ(again.tables_found, again.tables - 1);
    EXPECT_THAT(read("tables/role.jsonl"), HasSubstr("Nurse"));
}

TEST_F(ExportTest, RefusesAFolderThatHoldsSomethingElse) {
    fs::create_directory(folder);
    write_small_file(folder / "letter.txt", "Dear all");
    EXPECT_THROW(export_rows(tenant), std::runtime_error);
    EXPECT_EQ(read("letter.txt"), "Dear all");
}

TEST_F(ExportTest, RefusesAFolderWithAnExportOfAnother) {
    export_rows(tenant);
    const std::string before = read(manifest_name);
    EXPECT_THROW(export_rows(TestTenant(Isolation::shared)), std::runtime_error);
    EXPECT_EQ(read(manifest_name), before);
}

TEST_F(ExportTest, IsRefusedWhileTheTenantMoves) {
    db::AdminConnection mover = testing::TestDatabase::instance().admin();
    mover.run("select pg_advisory_lock($1::bigint)", db::Params().add(db::advisory_lock_key("move", tenant.id)));
    EXPECT_THROW(export_rows(tenant), std::runtime_error);
}

}  // namespace
}  // namespace terrace::tenancy
