#include "platform/tenancy/data/export.hpp"

#include "platform/db/admin_transaction.hpp"
#include "platform/db/copy_rows.hpp"
#include "platform/tenancy/data/archive_files.hpp"
#include "platform/tenancy/data/archive_pack.hpp"
#include "platform/tenancy/data/export_steps.hpp"
#include "platform/tenancy/places/baseline.hpp"
#include "platform/tenancy/places/tenant_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t shown_each = 100;

/// A text that a spreadsheet would run, as in the CSV of lists (resource/query/csv.hpp): numbers with a sign are none.
constexpr const char* formula = "^[=@\t\r\n＝＋－＠]|^[+-](?![0-9]+(\\.[0-9]*)?$)";

/// A table's columns, each text among them with an apostrophe before it where it is a formula.
constexpr const char* csv_columns = R"(
select string_agg(case when t.typcategory = 'S'
           then format('case when %1$I collate "C" ~ %2$L then %3$L || %1$I else %1$I end as %1$I', a.attname, $2::text, '''')
           else quote_ident(a.attname) end, ', ' order by a.attnum)
  from pg_attribute a join pg_type t on t.oid = a.atttypid
 where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')";

/// A row of COPY's text form is its value with `\` doubled. Any other escape is of a control character, which JSON has
/// between its words only, and there a blank serves as well.
void append_unescaped(std::string& out, std::string_view row) {
    for (std::size_t at = 0; at < row.size(); ++at) {
        if (row[at] == '\\' && at + 1 < row.size())
            out.push_back(row[++at] == '\\' ? '\\' : ' ');
        else
            out.push_back(row[at]);
    }
}

/// In a folder without a manifest: what a kill leaves that came before it is no stranger.
bool is_foreign(const fs::directory_entry& entry) {
    return entry.path().filename() != std::string(partial_manifest_name) + ".new";
}

class Export {
  public:
    Export(const ExportOptions& options, db::AdminConnection& installation, const DataTenant& tenant,
           db::AdminConnection& source)
        : options_(options), installation_(installation), tenant_(tenant), source_(source) {}

    ExportOutcome run();

  private:
    void open_folder();
    void describe(const std::vector<TenantTable>& tables);
    const ArchiveTable* written_before(const ArchiveTable& table);
    void save_progress(std::size_t written);
    bool write(const TenantTable& table, ArchiveTable& record);
    std::optional<ArchiveFile> write_file(const std::string& statement, const fs::path& path, bool json);
    bool cancelled() const { return options_.cancelled && options_.cancelled(); }
    void show() const {
        if (options_.progress) options_.progress(done_, all_);
    }

    const ExportOptions& options_;
    db::AdminConnection& installation_;
    const DataTenant& tenant_;
    db::AdminConnection& source_;
    std::optional<Manifest> earlier_;  ///< of an export that was cut off, or that is renewed
    Manifest manifest_;
    std::int64_t done_ = 0, all_ = 0;
};

ExportOutcome Export::run() {
    open_folder();
    const auto tables = carried_tables(source_, tenant_.side.schema);
    describe(tables);
    save_progress(0);
    fs::create_directory(options_.folder / "tables");
    fs::permissions(options_.folder / "tables", fs::perms::owner_all);
    ExportOutcome outcome{.tables = tables.size()};
    for (std::size_t at = 0; at < tables.size(); ++at) {
        ArchiveTable& record = manifest_.tables[at];
        if (cancelled()) return {.cancelled = true};
        if (const ArchiveTable* before = written_before(record)) {
            record = *before;
            ++outcome.tables_found;
            done_ += record.rows;
        } else if (!write(tables[at], record)) {
            return {.cancelled = true};
        }
        outcome.rows += record.rows;
        outcome.bytes += record.json.bytes + record.csv.bytes;
        save_progress(at + 1);
    }
    show();
    write_small_file(options_.folder / manifest_name, to_text(manifest_));
    fs::remove(options_.folder / partial_manifest_name);
    return outcome;
}

/// The first `written` tables are there; what an earlier export wrote further on counts until its turn comes.
void Export::save_progress(std::size_t written) {
    Manifest partial = manifest_;
    const std::vector<ArchiveTable> tables = std::move(partial.tables);
    partial.tables.assign(tables.begin(), tables.begin() + static_cast<std::ptrdiff_t>(written));
    if (earlier_ && earlier_->fingerprint == manifest_.fingerprint)
        for (std::size_t at = written; at < tables.size(); ++at)
            if (const ArchiveTable* table = earlier_->find(tables[at].name)) partial.tables.push_back(*table);
    write_small_file(options_.folder / partial_manifest_name, to_text(partial));
}

/// From here on the folder says that it is not whole.
void Export::open_folder() {
    const fs::path whole = options_.folder / manifest_name, partial = options_.folder / partial_manifest_name;
    if (!fs::exists(options_.folder)) fs::create_directory(options_.folder);
    if (fs::exists(whole) || fs::exists(partial)) {
        earlier_ = parse_manifest(read_small_file(fs::exists(partial) ? partial : whole));
        if (earlier_->tenant != tenant_.id)
            throw std::runtime_error(fmt::format("{} holds an export of another tenant, {}: name another folder",
                                                 options_.folder.string(), earlier_->slug));
        if (!fs::exists(partial)) fs::rename(whole, partial);
        fs::remove(whole);
    } else if (std::ranges::any_of(fs::directory_iterator(options_.folder), is_foreign)) {
        throw std::runtime_error(
            fmt::format("{} holds something that is no export: name another folder", options_.folder.string()));
    }
    fs::permissions(options_.folder, fs::perms::owner_all);
}

/// The manifest as it will be, but for the files.
void Export::describe(const std::vector<TenantTable>& tables) {
    manifest_ = {
        .tenant = tenant_.id,
        .slug = tenant_.slug,
        .name = tenant_.name,
        .time_zone = tenant_.time_zone,
        .isolation = std::string(to_string(tenant_.isolation)),
        .exported_at = std::string(
            source_.run("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')").text(0, 0)),
        .fingerprint = read_baseline(source_, tenant_.side.schema).fingerprint,
        .migration = last_migration(installation_),
        .tables = {}};
    for (const TenantTable& table : tables) {
        const db::Rows sum =
            source_.run(fmt::format("select count(*), coalesce(sum(hash_record_extended(row({}), 0)::numeric), 0)::text"
                                    " from {}.{} where tenant_id = $1",
                                    list(columns_of_row(table)), tenant_.side.schema, table.name),
                        db::Params().add(tenant_.id));
        all_ += sum.integer(0, 0);
        manifest_.tables.push_back({.name = table.name,
                                    .rows = sum.integer(0, 0),
                                    .checksum = std::string(sum.text(0, 1)),
                                    .json = {},
                                    .csv = {}});
    }
}

/// By an earlier export, from the same rows, and undamaged since; else null.
const ArchiveTable* Export::written_before(const ArchiveTable& table) {
    if (!earlier_ || earlier_->fingerprint != manifest_.fingerprint) return nullptr;
    const ArchiveTable* before = earlier_->find(table.name);
    if (!before || before->rows != table.rows || before->checksum != table.checksum) return nullptr;
    const fs::path json = options_.folder / json_path(table.name), csv = options_.folder / csv_path(table.name);
    if (!fs::exists(json) || !fs::exists(csv)) return nullptr;
    const bool same =
        hash_file(json, options_.cancelled) == before->json && hash_file(csv, options_.cancelled) == before->csv;
    return same ? before : nullptr;
}

/// False when it was cancelled.
bool Export::write(const TenantTable& table, ArchiveTable& record) {
    const std::string columns = list(table.columns);
    const std::string rows = fmt::format("select {} from {}.{} where tenant_id = '{}' order by {}", columns,
                                         tenant_.side.schema, table.name, tenant_.id.to_string(), list(table.key));
    const auto json = write_file(fmt::format("copy (select row_to_json(r) from ({}) r) to stdout", rows),
                                 options_.folder / json_path(table.name), true);
    if (!json) return false;
    const db::Rows cells =
        source_.run(csv_columns, db::Params().add(fmt::format("{}.{}", tenant_.side.schema, table.name)).add(formula));
    const auto csv =
        write_file(fmt::format("copy (select {} from ({}) r) to stdout (format csv, header)", cells.text(0, 0), rows),
                   options_.folder / csv_path(table.name), false);
    if (!csv) return false;
    record.json = *json;
    record.csv = *csv;
    return true;
}

/// Nothing when it was cancelled.
std::optional<ArchiveFile> Export::write_file(const std::string& statement, const fs::path& path, bool json) {
    ArchiveWriter out(path);
    std::string line;
    const auto rows = db::copy_out(source_, statement, [&](std::string_view row) {
        if (json) {
            line.clear();
            append_unescaped(line, row);
            if (++done_ % shown_each == 0) show();
        }
        out.write(json ? line : row);
        return !cancelled();
    });
    if (!rows) return std::nullopt;
    return out.finish();
}

ExportOutcome export_folder(const ExportOptions& options) {
    db::AdminConnection installation(options.admin_url);
    const DataTenant tenant = take_turn(installation, options.admin_url, options.slug, TurnKind::reading);
    db::AdminConnection source(tenant.side.url);
    const db::AdminTransaction reading(source);
    source.run("set transaction isolation level repeatable read read only");
    enter(source, tenant.id);
    return write_export(options, installation, tenant, source);
}

}  // namespace

ExportOutcome write_export(const ExportOptions& options, db::AdminConnection& installation, const DataTenant& tenant,
                           db::AdminConnection& source) {
    return Export(options, installation, tenant, source).run();
}

/// A tar says the size of each file before its bytes, and cannot be taken up in the middle: a folder comes first.
ExportOutcome export_tenant(const ExportOptions& options) {
    if (!is_one_file(options.folder)) return export_folder(options);
    if (fs::exists(options.folder))
        throw std::runtime_error(fmt::format("{} is there already", options.folder.string()));
    ExportOptions inner = options;
    inner.folder += ".partial";
    ExportOutcome outcome = export_folder(inner);
    if (!outcome.cancelled) outcome.cancelled = !pack_archive(inner.folder, options.folder, options.cancelled);
    if (!outcome.cancelled) fs::remove_all(inner.folder);
    return outcome;
}

}  // namespace terrace::tenancy
