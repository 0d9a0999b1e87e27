#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace terrace::tenancy {

struct ExportOptions {
    std::string admin_url;  ///< of the installation's database
    std::string slug;
    /// Made when it is not there; its parent must be. One that ends in .tar.gz or .tar.zst becomes a file, which may
    /// not be there yet; until it is whole there is a folder `<name>.partial` beside it.
    std::filesystem::path folder;
    /// Rows written or found written, of all; often.
    std::function<void(std::int64_t done, std::int64_t of)> progress;
    /// Asked often: true ends the export; the same call again takes it up.
    std::function<bool()> cancelled;
};

struct ExportOutcome {
    bool cancelled = false;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;  ///< of all files but the manifest
    std::size_t tables = 0;
    std::size_t tables_found = 0;  ///< of them, those that an export before had written and that have not changed since
};

/// Writes one tenant's rows into a folder: for each table `tables/<table>.jsonl` (a JSON object a row) and
/// `tables/<table>.csv`, and manifest.json with what each file must be. All rows are of one moment, read by one
/// transaction in the tenant's context, while the tenant works; no table is ever held in memory.
///
/// Cut off at any point it leaves manifest.partial.json, and the same call takes the export up: of a new moment, since
/// the old one is gone, and so it keeps the tables whose rows have not changed and writes the others again. A folder
/// that holds anything but an export of this tenant is refused. Blocking; an administrator's work. Throws
/// std::runtime_error with a sentence for the operator.
ExportOutcome export_tenant(const ExportOptions& options);

}  // namespace terrace::tenancy
