#pragma once

#include "platform/base/sha256.hpp"
#include "platform/tenancy/data/manifest.hpp"

#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace terrace::tenancy {

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

/// Writes a file of an archive anew, for its owner's eyes alone (0600), and counts what it writes. Throws
/// std::runtime_error that names the file.
class ArchiveWriter {
  public:
    explicit ArchiveWriter(std::filesystem::path path);

    void write(std::string_view data);
    /// Returns when it is on the disk.
    ArchiveFile finish();

  private:
    std::filesystem::path path_;
    FileHandle file_;
    crypto::Sha256 hash_;
    std::int64_t bytes_ = 0;
};

/// Reads a file of an archive piece by piece; follows no link. Throws std::runtime_error that names the file.
class ArchiveReader {
  public:
    explicit ArchiveReader(std::filesystem::path path);

    /// False at the end. A line without its end of line; the last one may lack it.
    bool next_line(std::string& line);
    /// Of the whole file, once it was read to its end.
    ArchiveFile finish();

  private:
    bool fill();

    std::filesystem::path path_;
    FileHandle file_;
    crypto::Sha256 hash_;
    std::int64_t bytes_ = 0;
    std::string buffer_;
    std::size_t at_ = 0;
};

/// What the file is now. `cancelled` is asked often; when it says yes the answer is of no use.
ArchiveFile hash_file(const std::filesystem::path& path, const std::function<bool()>& cancelled);

/// The whole of a small file.
std::string read_small_file(const std::filesystem::path& path);
/// Replaces a small file in one step.
void write_small_file(const std::filesystem::path& path, std::string_view text);

}  // namespace terrace::tenancy
