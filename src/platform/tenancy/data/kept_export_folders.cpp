#include "platform/tenancy/data/kept_export_folders.hpp"

#include "platform/db/database.hpp"
#include "platform/tenancy/data/archive_files.hpp"
#include "platform/tenancy/data/kept_export.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::days kept_for{7};

/// One of them, as the catalog has it.
struct ListedExport {
    Uuid id;
    Uuid tenant;
    std::string host, folder, taken_at;
    std::int64_t rows = 0;
    std::string manifest_sha256;  ///< empty: it was never whole
};

void remove_one(const fs::path& folder, const Uuid& tenant) {
    if (!fs::exists(folder)) return;
    if (!is_export_name(folder.filename().string()))
        throw std::runtime_error(fmt::format("{} is no export that a move keeps: it is left alone", folder.string()));
    for (const char* name : {manifest_name, partial_manifest_name})
        if (fs::exists(folder / name) && parse_manifest(read_small_file(folder / name)).tenant != tenant)
            throw std::runtime_error(
                fmt::format("{} holds an export of another tenant: it is left alone", folder.string()));
    fs::remove_all(folder);
}

std::vector<ListedExport> list_exports(db::AdminConnection& installation, const std::string& where,
                                       const db::Params& params) {
    const db::Rows rows = installation.run(
        "select id, tenant_id, host, folder, to_char(taken_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),"
        " coalesce(row_count, 0), coalesce(manifest_sha256, '') from catalog.tenant_export where " +
            where + " order by taken_at",
        params);
    std::vector<ListedExport> found;
    found.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        found.push_back({.id = rows.uuid(row, 0),
                         .tenant = rows.uuid(row, 1),
                         .host = std::string(rows.text(row, 2)),
                         .folder = std::string(rows.text(row, 3)),
                         .taken_at = std::string(rows.text(row, 4)),
                         .rows = rows.integer(row, 5),
                         .manifest_sha256 = std::string(rows.text(row, 6))});
    return found;
}

/// Whether it is gone now: true also where somebody else has removed it on this machine.
bool remove_here(const ListedExport& kept) {
    const bool is_here = kept.host == host_name() || fs::exists(kept.folder);
    if (is_here) remove_export_folder(kept.folder, kept.tenant);
    return is_here;
}

void forget(db::AdminConnection& installation, const ListedExport& kept) {
    installation.run("delete from catalog.tenant_export where id = $1", db::Params().add(kept.id));
}

/// Old enough, and of a tenant that was erased elsewhere or of a move that was killed.
std::size_t prune_unknown(db::AdminConnection& installation, const fs::path& parent) {
    std::size_t removed = 0;
    if (!fs::is_directory(parent)) return removed;
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(parent))
        if (entry.is_directory() && !entry.is_symlink() && is_export_name(entry.path().filename().string()) &&
            fs::file_time_type::clock::now() - entry.last_write_time() > kept_for)
            found.push_back(entry.path());
    for (const fs::path& folder : found) {
        const std::string name = folder.string(), renewed = renewed_folder("").string();
        const std::string of = name.ends_with(renewed) ? name.substr(0, name.size() - renewed.size()) : name;
        if (!installation.run("select from catalog.tenant_export where folder = $1", db::Params().add(of)).empty())
            continue;
        fs::remove_all(folder);
        ++removed;
    }
    return removed;
}

}  // namespace

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

fs::path renewed_folder(const fs::path& folder) {
    return folder.string() + ".renewed";
}

bool is_export_name(const std::string& name) {
    static const std::regex form(R"([a-z][a-z0-9-]*-\d{8}T\d{6}Z(\.renewed)?)");
    return std::regex_match(name, form);
}

void remove_export_folder(const fs::path& folder, const Uuid& tenant) {
    remove_one(renewed_folder(folder), tenant);
    remove_one(folder, tenant);
}

std::vector<ErasedExport> erase_kept_exports(db::AdminConnection& installation, const Uuid& tenant) {
    std::vector<ErasedExport> erased;
    for (const ListedExport& kept : list_exports(installation, "tenant_id = $1", db::Params().add(tenant)))
        erased.push_back({.taken_at = kept.taken_at,
                          .manifest_sha256 = kept.manifest_sha256,
                          .rows = kept.rows,
                          .removed = remove_here(kept)});
    return erased;
}

void discard_exports_of_move(const TenantTurn& turn) {
    for (const ListedExport& kept :
         list_exports(turn.installation(),
                      "tenant_id = $1 and taken_at >= (select began_at from catalog.tenant_move where tenant_id = $1)",
                      turn.params()))
        if (remove_here(kept)) forget(turn.installation(), kept);
}

std::size_t prune_kept_exports(db::AdminConnection& installation, const fs::path& parent) {
    std::size_t removed = 0;
    for (const ListedExport& kept : list_exports(installation, "kept_until < clock_timestamp()", {}))
        if (remove_here(kept)) {
            forget(installation, kept);
            ++removed;
        }
    return removed + prune_unknown(installation, fs::absolute(parent));
}

}  // namespace terrace::tenancy
