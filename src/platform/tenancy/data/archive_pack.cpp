#include "platform/tenancy/data/archive_pack.hpp"

#include "platform/tenancy/data/archive_files.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t block = std::size_t{1} << 16;
constexpr std::int64_t largest_manifest = std::int64_t{4} << 20;

struct FreeWriter {
    void operator()(archive* of) const noexcept { archive_write_free(of); }
};
struct FreeReader {
    void operator()(archive* of) const noexcept { archive_read_free(of); }
};
struct FreeEntry {
    void operator()(archive_entry* entry) const noexcept { archive_entry_free(entry); }
};

void require(bool good, const fs::path& file, archive* of) {
    if (good) return;
    const char* fault = archive_error_string(of);
    throw std::runtime_error(fmt::format("{}: {}", file.string(), fault ? fault : "is no archive"));
}

std::vector<std::string> paths_of(const Manifest& manifest) {
    std::vector<std::string> paths;
    for (const ArchiveTable& table : manifest.tables) {
        paths.push_back(json_path(table.name));
        paths.push_back(csv_path(table.name));
    }
    return paths;
}

/// False when it was cancelled.
bool pack_file(archive* out, const fs::path& folder, const std::string& path, const fs::path& file,
               const std::function<bool()>& cancelled) {
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), path.c_str());
    archive_entry_set_size(entry.get(), static_cast<std::int64_t>(fs::file_size(folder / path)));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), S_IRUSR | S_IWUSR);
    require(archive_write_header(out, entry.get()) == ARCHIVE_OK, file, out);
    const FileHandle in(std::fopen((folder / path).c_str(), "re"));
    if (!in) throw std::runtime_error(fmt::format("{}: cannot be read", (folder / path).string()));
    std::array<char, block> data;
    while (const std::size_t count = std::fread(data.data(), 1, data.size(), in.get())) {
        require(archive_write_data(out, data.data(), count) == static_cast<la_ssize_t>(count), file, out);
        if (cancelled && cancelled()) return false;
    }
    return true;
}

/// The file as it comes into being, gone again unless it was finished.
class HalfMade {
  public:
    explicit HalfMade(const fs::path& file) : path_(file.string() + ".new") {
        fs::remove(path_);
        descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (descriptor_ < 0) fail();
    }
    HalfMade(const HalfMade&) = delete;
    HalfMade& operator=(const HalfMade&) = delete;
    ~HalfMade() {
        if (descriptor_ >= 0) ::close(descriptor_);
        std::error_code ignored;
        fs::remove(path_, ignored);
    }

    int descriptor() const { return descriptor_; }
    void finish(const fs::path& file) {
        if (::fsync(descriptor_) != 0) fail();
        fs::rename(path_, file);
    }

  private:
    [[noreturn]] void fail() const {
        throw std::runtime_error(fmt::format("{}: {}", path_.string(), std::generic_category().message(errno)));
    }

    fs::path path_;
    int descriptor_ = -1;
};

/// False when it was cancelled. `most`: what it may have of bytes.
bool unpack_file(archive* in, const fs::path& file, const fs::path& to, std::int64_t most,
                 const std::function<bool()>& cancelled) {
    ArchiveWriter out(to);
    std::array<char, block> data;
    std::int64_t bytes = 0;
    for (;;) {
        const la_ssize_t count = archive_read_data(in, data.data(), data.size());
        require(count >= 0, file, in);
        if (count == 0) break;
        bytes += count;
        if (bytes > most)
            throw std::runtime_error(fmt::format("{}: a file in it is larger than it says", file.string()));
        out.write({data.data(), static_cast<std::size_t>(count)});
        if (cancelled && cancelled()) return false;
    }
    out.finish();
    return true;
}

/// The name of the next entry; nothing at the end.
std::optional<std::string> next_name(archive* in, const fs::path& file) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(in, &entry);
    if (status == ARCHIVE_EOF) return std::nullopt;
    require(status == ARCHIVE_OK, file, in);
    const char* name = archive_entry_pathname(entry);
    if (!name || archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry))
        throw std::runtime_error(fmt::format("{}: holds something that is no file", file.string()));
    return name;
}

}  // namespace

bool is_one_file(const fs::path& archive) {
    const std::string name = archive.filename().string();
    return name.ends_with(".tar.gz") || name.ends_with(".tar.zst");
}

bool pack_archive(const fs::path& folder, const fs::path& file, const std::function<bool()>& cancelled) {
    const Manifest manifest = parse_manifest(read_small_file(folder / manifest_name));
    HalfMade half_made(file);
    const std::unique_ptr<archive, FreeWriter> out(archive_write_new());
    archive_write_set_format_pax_restricted(out.get());
    const bool zstd = file.string().ends_with(".zst");
    require((zstd ? archive_write_add_filter_zstd(out.get()) : archive_write_add_filter_gzip(out.get())) == ARCHIVE_OK,
            file, out.get());
    require(archive_write_open_fd(out.get(), half_made.descriptor()) == ARCHIVE_OK, file, out.get());
    if (!pack_file(out.get(), folder, manifest_name, file, cancelled)) return false;
    for (const std::string& path : paths_of(manifest))
        if (!pack_file(out.get(), folder, path, file, cancelled)) return false;
    require(archive_write_close(out.get()) == ARCHIVE_OK, file, out.get());
    half_made.finish(file);
    return true;
}

bool unpack_archive(const fs::path& file, const fs::path& folder, const std::function<bool()>& cancelled) {
    const std::unique_ptr<archive, FreeReader> in(archive_read_new());
    archive_read_support_format_tar(in.get());
    archive_read_support_filter_gzip(in.get());
    archive_read_support_filter_zstd(in.get());
    require(archive_read_open_filename(in.get(), file.c_str(), block) == ARCHIVE_OK, file, in.get());
    if (next_name(in.get(), file) != manifest_name)
        throw std::runtime_error(
            fmt::format("{} is no tenant's archive: it does not begin with {}", file.string(), manifest_name));
    if (!unpack_file(in.get(), file, folder / manifest_name, largest_manifest, cancelled)) return false;
    const Manifest manifest = parse_manifest(read_small_file(folder / manifest_name));
    std::map<std::string, std::int64_t> expected;
    for (const ArchiveTable& table : manifest.tables) {
        expected[json_path(table.name)] = table.json.bytes;
        expected[csv_path(table.name)] = table.csv.bytes;
    }
    fs::create_directory(folder / "tables");
    while (const auto name = next_name(in.get(), file)) {
        const auto found = expected.find(*name);
        if (found == expected.end())
            throw std::runtime_error(
                fmt::format("{} holds a file that its manifest does not name, or twice: {}", file.string(), *name));
        if (!unpack_file(in.get(), file, folder / found->first, found->second, cancelled)) return false;
        expected.erase(found);
    }
    return true;  // what is missing the import names
}

UnpackedFolder::UnpackedFolder() {
    std::string name = (fs::temp_directory_path() / "terrace-archive-XXXXXX").string();
    if (!::mkdtemp(name.data()))
        throw std::runtime_error(fmt::format("{}: {}", name, std::generic_category().message(errno)));
    path_ = name;
}

UnpackedFolder::~UnpackedFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace terrace::tenancy
