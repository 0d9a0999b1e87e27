#include "platform/tenancy/data/archive_pack.hpp"

#include "platform/tenancy/data/test_archives.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <utility>

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ArchivePackTest : public ArchiveTest {
  protected:
    ArchivePackTest() {
        source.fill();
        export_rows(source);
        file = folder.string() + ".tar.gz";
    }
    ~ArchivePackTest() override { fs::remove(file); }

    /// A tar of these entries, as anyone can make one.
    void write_tar(const std::vector<std::pair<std::string, std::string>>& entries, unsigned type = AE_IFREG) const {
        archive* out = archive_write_new();
        archive_write_set_format_pax_restricted(out);
        archive_write_add_filter_gzip(out);
        archive_write_open_filename(out, file.c_str());
        for (const auto& [name, text] : entries) {
            archive_entry* entry = archive_entry_new();
            archive_entry_set_pathname(entry, name.c_str());
            archive_entry_set_filetype(entry, name == manifest_name ? AE_IFREG : type);
            if (type == AE_IFLNK && name != manifest_name) archive_entry_set_symlink(entry, text.c_str());
            archive_entry_set_size(entry, type == AE_IFREG || name == manifest_name ? std::int64_t(text.size()) : 0);
            archive_entry_set_perm(entry, 0600);
            archive_write_header(out, entry);
            archive_write_data(out, text.data(), text.size());
            archive_entry_free(entry);
        }
        archive_write_close(out);
        archive_write_free(out);
    }
    std::string fault() const {
        try {
            unpack_archive(file, unpacked.path(), {});
        } catch (const std::runtime_error& fault) {
            return fault.what();
        }
        return "";
    }

    TestTenant source{Isolation::shared};
    fs::path file;
    UnpackedFolder unpacked;
};

TEST_F(ArchivePackTest, UnpacksWhatItPacked) {
    for (const char* ending : {".tar.gz", ".tar.zst"}) {
        fs::remove(file);
        file = folder.string() + ending;
        ASSERT_TRUE(is_one_file(file));
        ASSERT_TRUE(pack_archive(folder, file, {}));
        const UnpackedFolder there;
        ASSERT_TRUE(unpack_archive(file, there.path(), {}));
        for (const ArchiveTable& table : read_manifest(there.path()).tables) {
            EXPECT_EQ(hash_file(there.path() / json_path(table.name), {}), table.json);
            EXPECT_EQ(hash_file(there.path() / csv_path(table.name), {}), table.csv);
        }
        struct stat about{};
        ASSERT_EQ(::stat(file.c_str(), &about), 0);
        EXPECT_EQ(about.st_mode & 0777U, 0600U);
    }
}

TEST_F(ArchivePackTest, LeavesNoFileWhenItWasCancelled) {
    EXPECT_FALSE(pack_archive(folder, file, [] { return true; }));
    EXPECT_FALSE(fs::exists(file));
    EXPECT_FALSE(fs::exists(file.string() + ".new"));
}

TEST_F(ArchivePackTest, RefusesNamesThatLeadElsewhere) {
    const std::string manifest = read(manifest_name);
    for (const char* name : {"../evil", "/tmp/evil", "tables/../../evil", "evil", "tables/evil.jsonl"}) {
        write_tar({{manifest_name, manifest}, {name, "evil"}});
        EXPECT_THAT(fault(), HasSubstr("holds a file that its manifest does not name")) << name;
        fs::remove_all(unpacked.path() / "tables");
    }
    EXPECT_FALSE(fs::exists(unpacked.path().parent_path() / "evil"));
}

TEST_F(ArchivePackTest, RefusesLinks) {
    write_tar({{manifest_name, read(manifest_name)}, {"tables/role.jsonl", "/etc/passwd"}}, AE_IFLNK);
    EXPECT_THAT(fault(), HasSubstr("holds something that is no file"));
}

TEST_F(ArchivePackTest, RefusesAFileThatIsLargerThanItSays) {
    write_tar({{manifest_name, read(manifest_name)}, {"tables/role.jsonl", std::string(100'000, ' ')}});
    EXPECT_THAT(fault(), HasSubstr("larger than it says"));
}

TEST_F(ArchivePackTest, RefusesWhatIsNoArchive) {
    write_small_file(file, "Dear all");
    EXPECT_NE(fault(), "");
    write_tar({{"tables/role.jsonl", "x"}});
    EXPECT_THAT(fault(), HasSubstr("does not begin with manifest.json"));
    ASSERT_TRUE(pack_archive(folder, file, {}));
    fs::resize_file(file, fs::file_size(file) / 2);
    EXPECT_NE(fault(), "");
}

}  // namespace
}  // namespace terrace::tenancy
