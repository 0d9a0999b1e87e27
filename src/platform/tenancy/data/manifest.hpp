#pragma once

#include "platform/base/uuid.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::tenancy {

/// What a file of an archive is, so that a damaged one is seen.
struct ArchiveFile {
    std::int64_t bytes = 0;
    std::string sha256;  ///< in hex

    bool operator==(const ArchiveFile&) const = default;
};

struct ArchiveTable {
    std::string name;
    std::int64_t rows = 0;
    /// Of the rows without tenant_id, as PostgreSQL hashes them: an export that is taken up again sees by it whether
    /// they have changed since.
    std::string checksum;
    ArchiveFile json, csv;

    bool operator==(const ArchiveTable&) const = default;
};

/// The first file of an archive: whose rows it holds, of which tables, and what each file must be.
struct Manifest {
    Uuid tenant;
    std::string slug, name, time_zone;
    std::string isolation;
    std::string exported_at;  ///< of the snapshot; RFC 3339
    std::string fingerprint;  ///< of the tables (places/baseline.hpp): an import wants the same
    std::string migration;    ///< the last file of migrations/tenant that they had
    std::vector<ArchiveTable> tables;

    const ArchiveTable* find(std::string_view table) const;
};

inline constexpr const char* manifest_name = "manifest.json";
/// While an export is not whole.
inline constexpr const char* partial_manifest_name = "manifest.partial.json";

/// Where a table's rows lie in the archive's folder.
std::string json_path(std::string_view table);
std::string csv_path(std::string_view table);

/// JSON, for people too.
std::string to_text(const Manifest& manifest);
/// Throws std::runtime_error that names the member that is wrong. No name in it can lead out of the folder: a table's
/// files lie where its name says, and a name is a word.
Manifest parse_manifest(std::string_view text);

}  // namespace terrace::tenancy
