#include "platform/tenancy/data/kept_export.hpp"

#include "platform/base/crypto.hpp"
#include "platform/db/admin_transaction.hpp"
#include "platform/tenancy/data/archive_files.hpp"
#include "platform/tenancy/data/export_steps.hpp"
#include "platform/tenancy/data/import.hpp"
#include "platform/tenancy/data/kept_export_folders.hpp"
#include "platform/tenancy/places/tenant_context.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;

std::string where_it_was(const Spot& spot) {
    if (spot.isolation == Isolation::shared) return "shared tables";
    return fmt::format("{} {} on {}", to_string(spot.isolation), spot.name, spot.cluster);
}

std::int64_t count_lines(const fs::path& path, ArchiveFile& found) {
    ArchiveReader in(path);
    std::int64_t lines = 0;
    for (std::string line; in.next_line(line);) ++lines;
    found = in.finish();
    return lines;
}

/// What is on the disk is what the manifest says, row for row.
void verify(const fs::path& folder, const Manifest& manifest) {
    for (const ArchiveTable& table : manifest.tables) {
        ArchiveFile json;
        const std::int64_t rows = count_lines(folder / json_path(table.name), json);
        if (rows != table.rows || json != table.json || hash_file(folder / csv_path(table.name), {}) != table.csv)
            throw std::runtime_error(
                fmt::format("the table {} of the export that is to be kept, {}, is not what was written", table.name,
                            folder.string()));
    }
}

std::int64_t rows_of(const Manifest& manifest) {
    std::int64_t rows = 0;
    for (const ArchiveTable& table : manifest.tables) rows += table.rows;
    return rows;
}

/// The same files under a second name, as those of an export that was cut off: what is written anew there leaves the
/// first alone.
void link_files(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::create_directory(to);
    fs::permissions(to, fs::perms::owner_all);
    fs::create_directory(to / "tables");
    for (const auto& file : fs::directory_iterator(from / "tables"))
        fs::create_hard_link(file.path(), to / "tables" / file.path().filename());
    fs::copy_file(from / manifest_name, to / partial_manifest_name);
}

void exchange(const fs::path& one, const fs::path& other) {
    if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) != 0)
        throw std::runtime_error(fmt::format("{}: {}", one.string(), std::generic_category().message(errno)));
}

}  // namespace

KeptExport::KeptExport(const TenantTurn& turn, const fs::path& parent, std::function<bool()> cancelled)
    : turn_(turn),
      spot_(turn.spot()),
      side_(turn.clusters().side(spot_)),
      cancelled_(std::move(cancelled)),
      id_(Uuid::v7()),
      source_(turn.connect()) {
    make_folder(parent);
}

/// The catalog knows of it before it is there: what a kill leaves is found by it.
void KeptExport::make_folder(const fs::path& parent) {
    const fs::path below = fs::absolute(parent);
    if (fs::create_directories(below)) fs::permissions(below, fs::perms::owner_all);
    const db::Rows now =
        turn_.installation().run("select to_char(clock_timestamp() at time zone 'UTC', 'YYYYMMDD\"T\"HH24MISS\"Z\"')");
    folder_ = below / fmt::format("{}-{}", turn_.slug(), now.text(0, 0));
    if (fs::exists(folder_)) throw std::runtime_error(fmt::format("{} is there already", folder_.string()));
    turn_.installation().run(
        "insert into catalog.tenant_export (tenant_id, id, host, folder, source) values ($1, $2, $3, $4, $5)",
        turn_.params().add(id_).add(host_name()).add(folder_.string()).add(where_it_was(spot_)));
    fs::create_directory(folder_);
}

void KeptExport::begin_reading() {
    source_.run("begin transaction isolation level repeatable read read only");
    enter(source_, turn_.id());  // by its first query, from which on the transaction sees one moment
}

/// Of the moment that the source's transaction sees. False when it was cancelled.
bool KeptExport::write(const fs::path& folder) {
    DataTenant tenant = data_of(turn_);
    tenant.isolation = spot_.isolation;
    tenant.side = side_;
    const ExportOptions options{
        .admin_url = {}, .slug = turn_.slug(), .folder = folder, .progress = {}, .cancelled = cancelled_};
    if (write_export(options, turn_.installation(), tenant, source_).cancelled) return false;
    verify(folder, read_manifest(folder));
    return true;
}

void KeptExport::record(const std::string& manifest_sha256, std::int64_t rows, bool is_of_switch) const {
    turn_.installation().run(
        "update catalog.tenant_export set manifest_sha256 = $2, row_count = $3, is_of_switch = $4 where id = $1",
        db::Params().add(id_).add(manifest_sha256).add(rows).add(is_of_switch));
}

bool KeptExport::take() {
    begin_reading();
    const bool is_whole = write(folder_);
    source_.run("rollback");
    if (!is_whole) return false;
    record(crypto::hex(crypto::sha256(read_small_file(folder_ / manifest_name))), rows_of(read_manifest(folder_)),
           false);
    return true;
}

void KeptExport::hold() {
    begin_reading();
}

void KeptExport::complete(const std::vector<RowSum>& moved) {
    cancelled_ = {};
    if (sum_rows(source_, side_.schema, read_tenant_tables(source_, side_.schema), turn_.id()) != moved)
        throw std::runtime_error("the rows of the held moment are not those that moved");
    const fs::path renewed = renewed_folder(folder_);
    link_files(folder_, renewed);
    write(renewed);
    source_.run("rollback");
    exchange(renewed, folder_);
    record(crypto::hex(crypto::sha256(read_small_file(folder_ / manifest_name))), rows_of(read_manifest(folder_)),
           true);
    fs::remove_all(renewed);
}

}  // namespace terrace::tenancy
