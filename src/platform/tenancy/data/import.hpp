#pragma once

#include "platform/tenancy/data/manifest.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace terrace::tenancy {

/// What becomes of a row whose key the tenant has already, with other values.
enum class OnConflict : std::uint8_t {
    refuse,   ///< each is a bad row
    keep,     ///< the tenant's
    replace,  ///< by the archive's; never in a table that is only added to (audit)
};

/// A row of the archive that cannot be imported. Says nothing of what is in it.
struct BadRow {
    std::string table;
    std::int64_t line = 0;  ///< of the table's .jsonl, from 1
    std::string column;     ///< or several, by commas; empty: the row as a whole
    std::string message;
};

struct ImportOptions {
    enum class Into : std::uint8_t {
        own,     ///< the tenant that the archive is of
        tenant,  ///< `slug`; another than the archive's may hold no rows yet but those that it was made with
        fresh,   ///< `slug`, which was just made for it: the rows that it was made with go
        nobody,  ///< a tenant that is still to be made; for a dry run
    };

    std::string admin_url;          ///< of the installation's database
    std::filesystem::path archive;  ///< the folder of an export; a file is unpacked before (archive_pack.hpp)
    Into into = Into::own;
    std::string slug;
    OnConflict on_conflict = OnConflict::refuse;
    bool remap = false;    ///< gives every row a new id, and every reference to it
    bool dry_run = false;  ///< does it all and undoes it
    /// Lines read and rows written, of all that are to be; often.
    std::function<void(std::int64_t done, std::int64_t of)> progress;
    std::function<void(const BadRow& row)> bad_row;
    /// Asked often until all is written: true undoes it.
    std::function<bool()> cancelled;
};

struct ImportedTable {
    std::string name;
    std::int64_t added = 0;
    std::int64_t there = 0;      ///< with the same values
    std::int64_t conflicts = 0;  ///< with other values: refused, kept or replaced
};

struct ImportOutcome {
    enum class End : std::uint8_t { imported, rehearsed, bad_rows, cancelled };
    End end = End::imported;
    std::string slug;  ///< of the tenant; empty for `nobody`
    std::int64_t bad_rows = 0;
    std::chrono::milliseconds writes_waited{0};  ///< how long the tenant's writes were kept out
    std::vector<ImportedTable> tables;
};

/// The manifest of an archive. Throws std::runtime_error.
Manifest read_manifest(const std::filesystem::path& archive);

/// Writes an archive's rows into a tenant's place, all of them or none. First the files are compared with the manifest
/// and the tables with those that the archive was made from; then every row is read and tried, and each bad one
/// reported; then, with the tenant's writes kept out while its reads go on, they are written in one transaction, in the
/// context of that tenant alone: a row that names another is a bad row. Numbers go on from the greater of both sides.
/// Killed at any point it leaves the tenant as it was. Blocking; an administrator's work. Throws std::runtime_error
/// with a sentence for the operator.
ImportOutcome import_tenant(const ImportOptions& options);

}  // namespace terrace::tenancy
