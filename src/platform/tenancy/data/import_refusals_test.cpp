#include "platform/db/advisory_lock.hpp"
#include "platform/tenancy/data/import.hpp"
#include "platform/tenancy/data/test_archives.hpp"

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// Archives that are not what they seem, and tenants that must not get them: refused before a row is read.
class ImportRefusalsTest : public ArchiveTest {
  protected:
    ImportRefusalsTest() {
        source.fill();
        export_rows(source);
    }
    std::string fault() { return fault_of(into(target)); }

    TestTenant source{Isolation::shared}, target{Isolation::shared};
};

TEST_F(ImportRefusalsTest, AFileThatWasChanged) {
    damage("tables/patient.jsonl", "Row 1", "Raw 1");
    damage("tables/role.csv", "Nurse", "Curse");
    EXPECT_THAT(fault(), AllOf(HasSubstr("tables/patient.jsonl is not the file that was exported"),
                               HasSubstr("tables/role.csv is not the file that was exported")));
}

TEST_F(ImportRefusalsTest, AFileThatWasCutShort) {
    fs::resize_file(folder / "tables/patient.jsonl", 100);
    EXPECT_THAT(fault(), HasSubstr("tables/patient.jsonl is not the file"));
}

TEST_F(ImportRefusalsTest, AFileThatIsGone) {
    fs::remove(folder / "tables/patient.jsonl");
    EXPECT_THAT(fault(), HasSubstr("tables/patient.jsonl is missing"));
}

TEST_F(ImportRefusalsTest, ALinkToAnotherFile) {
    fs::rename(folder / "tables/role.jsonl", folder / "elsewhere");
    fs::create_symlink(folder / "elsewhere", folder / "tables/role.jsonl");
    EXPECT_THAT(fault(), HasSubstr("role.jsonl"));
}

TEST_F(ImportRefusalsTest, AHashThatWasChanged) {
    const std::string hash = read_manifest(folder).find("role")->json.sha256;
    damage("manifest.json", hash, std::string(64, '0'));
    EXPECT_THAT(fault(), HasSubstr("tables/role.jsonl is not the file that was exported"));
}

TEST_F(ImportRefusalsTest, TablesOfAnotherVersion) {
    damage("manifest.json", read_manifest(folder).fingerprint, std::string(64, '0'));
    EXPECT_THAT(fault(), HasSubstr("the archive comes from other tables than these"));
}

TEST_F(ImportRefusalsTest, ATableThatIsMissing) {
    Manifest manifest = read_manifest(folder);
    std::erase_if(manifest.tables, [](const ArchiveTable& table) { return table.name == "household"; });
    write_small_file(folder / manifest_name, to_text(manifest));
    EXPECT_THAT(fault(), HasSubstr("the archive lacks the table household"));
}

TEST_F(ImportRefusalsTest, ATableThatIsNone) {
    Manifest manifest = read_manifest(folder);
    manifest.tables.push_back({.name = "tenant_place", .checksum = "0", .json = {}, .csv = {}});
    write_small_file(folder / manifest_name, to_text(manifest));
    EXPECT_THAT(fault(), HasSubstr("manifest.json names a table that there is not: tenant_place"));
}

TEST_F(ImportRefusalsTest, NamesThatLeadOutOfTheFolder) {
    for (const char* name : {"../../../etc/passwd", "/etc/passwd", "..", "role/../role", "", "Role", "role;drop"}) {
        Manifest manifest = read_manifest(folder);
        manifest.tables.front().name = name;
        EXPECT_THROW(parse_manifest(to_text(manifest)), std::runtime_error) << name;
    }
    damage("manifest.json", "\"tables/role.jsonl\"", "\"tables/../manifest.json\"");
    EXPECT_THAT(fault(), HasSubstr("files must name tables/role.jsonl once"));
}

TEST_F(ImportRefusalsTest, AManifestThatIsNone) {
    for (const char* text : {"", "{}", "[]", "null", "{\"format\": \"terrace-tenant\", \"version\": 2}"}) {
        write_small_file(folder / manifest_name, text);
        EXPECT_THAT(fault(), HasSubstr("manifest.json: ")) << text;
    }
}

TEST_F(ImportRefusalsTest, AnotherTenantThatHoldsRows) {
    target.fill();
    const auto before = target.sums();
    EXPECT_THAT(fault(), HasSubstr("holds rows already: file, file_chunk, household, patient, patient_token"));
    EXPECT_EQ(target.sums(), before);
}

TEST_F(ImportRefusalsTest, NewIdsInItsOwnTenant) {
    ImportOptions options = into(source);
    options.remap = true;
    EXPECT_THAT(fault_of(options), HasSubstr("new ids are for another tenant"));
}

TEST_F(ImportRefusalsTest, ATenantThatIsNotHere) {
    ImportOptions options = into(target);
    options.slug = "nobody-has-this";
    EXPECT_THAT(fault_of(options), HasSubstr("no tenant has the slug nobody-has-this"));
}

TEST_F(ImportRefusalsTest, ATenantThatMovesOrIsExported) {
    db::AdminConnection reader = testing::TestDatabase::instance().admin();
    reader.run("select pg_advisory_lock_shared($1::bigint)",
               db::Params().add(db::advisory_lock_key("move", target.id)));
    EXPECT_THAT(fault(), HasSubstr("is under way"));
}

TEST_F(ImportRefusalsTest, ATenantThatIsBeingMadeOrDeleted) {
    places.admin.run("update catalog.tenant set state = 'deleting', delete_after = now() where id = $1",
                     db::Params().add(target.id));
    EXPECT_THAT(fault(), HasSubstr("takes no rows while it is deleting"));
}

}  // namespace
}  // namespace terrace::tenancy
