#include "platform/tenancy/data/kept_export.hpp"

#include "platform/base/crypto.hpp"
#include "platform/db/admin_transaction.hpp"
#include "platform/tenancy/data/kept_export_folders.hpp"
#include "platform/tenancy/data/test_archives.hpp"

#include <sys/stat.h>

#include <chrono>
#include <stdexcept>

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// `folder` is the one below which they are kept.
class KeptExportTest : public ArchiveModesTest {
  protected:
    KeptExportTest() { tenant.fill(); }

    std::vector<RowSum> sums_now() const {
        db::AdminConnection place(tenant.side.url);
        const db::AdminTransaction transaction(place);
        const auto tables = read_tenant_tables(place, tenant.side.schema);
        enter(place, tenant.id);
        return sum_rows(place, tenant.side.schema, tables, tenant.id);
    }
    void delete_all() const {
        db::AdminConnection place(tenant.side.url);
        db::AdminTransaction transaction(place);
        const auto tables = read_tenant_tables(place, tenant.side.schema);
        enter(place, tenant.id);
        delete_rows(place, tenant.side.schema, tables, tenant.id);
        transaction.commit();
    }
    db::Rows recorded() {
        return places.admin.run(
            "select folder, row_count, manifest_sha256, is_of_switch, source, kept_until - taken_at > interval '6 days'"
            " from catalog.tenant_export where tenant_id = $1",
            db::Params().add(tenant.id));
    }
    void let_its_time_pass() {
        places.admin.run(
            "update catalog.tenant_export set kept_until = now() - interval '1 minute' where tenant_id = $1",
            db::Params().add(tenant.id));
    }
    static std::string sha256_of(const fs::path& path) { return crypto::hex(crypto::sha256(read_small_file(path))); }

    TestTenant tenant{GetParam()};
    db::AdminConnection installation = testing::TestDatabase::instance().admin();
    TenantTurn turn{installation, testing::TestDatabase::instance().admin_url(), tenant.slug, TurnKind::writing};
};

TEST_P(KeptExportTest, IsWholeAndOnRecordBeforeTheSwitch) {
    KeptExport kept(turn, folder, {});
    ASSERT_TRUE(kept.take());
    EXPECT_THAT(kept.folder().filename().string(), StartsWith(tenant.slug + "-2"));
    const Manifest manifest = read_manifest(kept.folder());
    EXPECT_EQ(manifest.tenant, tenant.id);
    EXPECT_EQ(manifest.find("patient")->rows, 250);
    struct stat about{};
    ASSERT_EQ(::stat(kept.folder().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 07777U, 0700U);
    const db::Rows row = recorded();
    EXPECT_EQ(row.text(0, 0), kept.folder().string());
    EXPECT_EQ(row.text(0, 2), sha256_of(kept.folder() / manifest_name));
    EXPECT_FALSE(row.boolean(0, 3));
    EXPECT_TRUE(row.boolean(0, 5));
}

TEST_P(KeptExportTest, HasTheVeryRowsThatMovedAlsoWhenTheyAreGone) {
    KeptExport kept(turn, folder, {});
    ASSERT_TRUE(kept.take());
    tenant.run("update {t}.patient set name = 'Changed after the first' where tenant_id = $1 and number = 7");
    const auto expected = tenant.sums();
    const auto moved = sums_now();
    kept.hold();
    delete_all();
    kept.complete(moved);
    const Manifest manifest = read_manifest(kept.folder());
    for (const ArchiveTable& table : manifest.tables) {
        EXPECT_EQ(expected.at(table.name), fmt::format("{}:{}", table.rows, table.checksum));
        EXPECT_EQ(hash_file(kept.folder() / json_path(table.name), {}), table.json);
    }
    EXPECT_THAT(read_small_file(kept.folder() / json_path("patient")), HasSubstr("Changed after the first"));
    EXPECT_FALSE(fs::exists(renewed_folder(kept.folder())));
    const db::Rows row = recorded();
    EXPECT_EQ(row.text(0, 2), sha256_of(kept.folder() / manifest_name));
    EXPECT_TRUE(row.boolean(0, 3));
}

TEST_P(KeptExportTest, KeepsTheFirstWhereTheSecondIsNotWhatMoved) {
    KeptExport kept(turn, folder, {});
    ASSERT_TRUE(kept.take());
    const std::string before = sha256_of(kept.folder() / manifest_name);
    auto moved = sums_now();
    moved.back().count += 1;
    kept.hold();
    EXPECT_THROW(kept.complete(moved), std::runtime_error);
    EXPECT_EQ(sha256_of(kept.folder() / manifest_name), before);
    EXPECT_FALSE(recorded().boolean(0, 3));
}

TEST_P(KeptExportTest, GoesAfterSevenDays) {
    KeptExport kept(turn, folder, {});
    ASSERT_TRUE(kept.take());
    EXPECT_EQ(prune_kept_exports(installation, folder), 0U);
    EXPECT_TRUE(fs::exists(kept.folder()));
    let_its_time_pass();
    EXPECT_EQ(prune_kept_exports(installation, folder), 1U);
    EXPECT_FALSE(fs::exists(kept.folder()));
    EXPECT_TRUE(recorded().empty());
}

TEST_P(KeptExportTest, GoesWithItsMoveThatIsUndone) {
    installation.run("insert into catalog.tenant_move (tenant_id, isolation) values ($1, 'shared')",
                     db::Params().add(tenant.id));
    KeptExport kept(turn, folder, {});
    discard_exports_of_move(turn);
    EXPECT_FALSE(fs::exists(kept.folder()));
    EXPECT_TRUE(recorded().empty());
}

TEST_P(KeptExportTest, IsCancelled) {
    KeptExport kept(turn, folder, [] { return true; });
    EXPECT_FALSE(kept.take());
    EXPECT_TRUE(recorded().is_null(0, 2));
}

INSTANTIATE_TEST_SUITE_P(Modes, KeptExportTest,
                         ::testing::Values(Isolation::shared, Isolation::schema, Isolation::database), name_of_mode);

class KeptExportFoldersTest : public ArchiveTest {
  protected:
    fs::path make(const std::string& name) const {
        fs::create_directories(folder / name);
        return folder / name;
    }
    static void age(const fs::path& path) {
        fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::days(8));
    }

    db::AdminConnection installation = testing::TestDatabase::instance().admin();
};

TEST_F(KeptExportFoldersTest, OldOnesThatNobodyKnowsGoAndNothingElse) {
    const auto unknown = make("acme-20260101T000000Z"), renewed = make("acme-20260101T000000Z.renewed"),
               recent = make("acme-20260102T000000Z"), other = make("notes");
    for (const auto& each : {unknown, renewed, other}) age(each);
    EXPECT_EQ(prune_kept_exports(installation, folder), 2U);
    EXPECT_FALSE(fs::exists(unknown));
    EXPECT_FALSE(fs::exists(renewed));
    EXPECT_TRUE(fs::exists(recent));
    EXPECT_TRUE(fs::exists(other));
}

TEST_F(KeptExportFoldersTest, NothingButAnExportOfTheTenantIsRemoved) {
    const TestTenant tenant(Isolation::shared);
    export_rows(tenant);
    EXPECT_THAT([&] { remove_export_folder(folder, tenant.id); },
                ::testing::ThrowsMessage<std::runtime_error>(HasSubstr("is no export that a move keeps")));
    const fs::path named = folder / "acme-20260101T000000Z";
    fs::create_directory(named);
    fs::copy_file(folder / manifest_name, named / manifest_name);
    EXPECT_THAT([&] { remove_export_folder(named, Uuid::v7()); },
                ::testing::ThrowsMessage<std::runtime_error>(HasSubstr("of another tenant")));
    EXPECT_TRUE(fs::exists(named));
    remove_export_folder(named, tenant.id);
    EXPECT_FALSE(fs::exists(named));
}

}  // namespace
}  // namespace terrace::tenancy
