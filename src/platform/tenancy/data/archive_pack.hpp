#pragma once

#include "platform/tenancy/data/manifest.hpp"

#include <filesystem>
#include <functional>

namespace terrace::tenancy {

/// Whether an archive of that name is one file (.tar.gz, .tar.zst) and not a folder.
bool is_one_file(const std::filesystem::path& archive);

/// Packs the folder of a whole export into one file for its owner's eyes alone (0600), the manifest first. False when
/// it was cancelled; then there is no file. Blocking. Throws std::runtime_error that names the file.
bool pack_archive(const std::filesystem::path& folder, const std::filesystem::path& file,
                  const std::function<bool()>& cancelled);

/// Unpacks such a file into a folder, which must be empty. Whoever made the file decides nothing: what is in it must be
/// the manifest first, and then the files that it names, each once and of its size; anything else (a path, a link, a
/// file too large) is refused. False when it was cancelled. Blocking. Throws std::runtime_error.
bool unpack_archive(const std::filesystem::path& file, const std::filesystem::path& folder,
                    const std::function<bool()>& cancelled);

/// A folder for what one command unpacks, for its owner's eyes alone; gone with it.
class UnpackedFolder {
  public:
    UnpackedFolder();
    UnpackedFolder(const UnpackedFolder&) = delete;
    UnpackedFolder& operator=(const UnpackedFolder&) = delete;
    ~UnpackedFolder();

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace terrace::tenancy
