#include "platform/tenancy/data/archive_pack.hpp"
#include "platform/tenancy/data/export.hpp"
#include "platform/tenancy/data/import.hpp"
#include "platform/tenancy/places/place_maker.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"
#include "server/interruption.hpp"
#include "server/progress.hpp"
#include "server/work.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>

namespace terrace::server {

namespace asio = boost::asio;

namespace {

using tenancy::ImportOptions;
using tenancy::ImportOutcome;
using tenancy::OnConflict;

void export_data(const std::string& slug, const std::string& folder) {
    const auto config = load_config();
    listen_for_interruption();
    tenancy::ExportOutcome outcome;
    {
        Progress progress("rows");
        outcome = tenancy::export_tenant({
            .admin_url = admin_url(config),
            .slug = slug,
            .folder = folder,
            .progress = [&](auto done, auto of) { progress.show(std::size_t(done), std::size_t(of)); },
            .cancelled = interrupted,
        });
    }
    if (outcome.cancelled) {
        fmt::print("Cancelled: the same command takes it up.\n");
        throw CLI::RuntimeError(1);
    }
    fmt::print("Exported {} to {}: {} rows of {} tables, {} bytes.\n", slug, folder, outcome.rows, outcome.tables,
               outcome.bytes);
    if (outcome.tables_found > 0)
        fmt::print("{} of the tables were there already and have not changed since.\n", outcome.tables_found);
}

/// What the command line of `tenant import` says.
struct ImportForm {
    ImportOptions options;
    std::string archive, into, on_conflict = "refuse";
    identity::SignUp owner;  ///< of the new tenant; its slug is empty where there is to be none
    std::string isolation;
};

OnConflict conflict_rule(const std::string& word) {
    if (word == "keep") return OnConflict::keep;
    return word == "replace" ? OnConflict::replace : OnConflict::refuse;
}

asio::awaitable<void> sign_up(app::Services& services, identity::SignUp form) {
    const auto made = value_or_throw(co_await services.identity.registration().run(std::move(form), {}));
    fmt::print("Created {} ({}).\n", made.slug, made.tenant.to_string());
}

void make_tenant(Config config, const ImportForm& form) {
    identity::SignUp owner = form.owner;
    const char* password = std::getenv("TERRACE_PASSWORD");
    if (!password)
        throw std::runtime_error("TERRACE_PASSWORD is not set: it holds the password of the new tenant's owner");
    owner.password = password;
    owner.isolation = isolation_from(form.isolation);
    const Isolation wanted = owner.isolation.value_or(config.new_tenants);
    if (wanted != Isolation::shared) tenancy::PlaceMaker(admin_url(config), migrations_directory()).fill(wanted, 1);
    run_work(std::move(config), [&](app::Services& services) { return sign_up(services, owner); });
}

ImportOutcome run_import(ImportOptions options) {
    Progress progress(options.dry_run ? "rows read and tried" : "rows read and written");
    options.progress = [&](auto done, auto of) { progress.show(std::size_t(done), std::size_t(of)); };
    options.bad_row = [&](const tenancy::BadRow& row) {
        progress.say(fmt::format("{} line {}{}{}: {}", row.table, row.line, row.column.empty() ? "" : ", ", row.column,
                                 row.message));
    };
    options.cancelled = interrupted;
    return tenancy::import_tenant(options);
}

void tell(const ImportOutcome& outcome, OnConflict on_conflict) {
    const char* conflicts = on_conflict == OnConflict::replace ? "REPLACED"
                            : on_conflict == OnConflict::keep  ? "KEPT"
                                                               : "IN CONFLICT";
    fmt::print("{:<24} {:>10} {:>10} {:>12}\n", "TABLE", "ADDED", "THERE", conflicts);
    for (const auto& table : outcome.tables)
        fmt::print("{:<24} {:>10} {:>10} {:>12}\n", table.name, table.added, table.there, table.conflicts);
}

[[noreturn]] void say_cancelled() {
    fmt::print("Cancelled: nothing was imported.\n");
    throw CLI::RuntimeError(1);
}

/// Throws where the rows are not in, or in a dry run could not be.
void require_good(const ImportOutcome& outcome) {
    if (outcome.end == ImportOutcome::End::cancelled) say_cancelled();
    if (outcome.end == ImportOutcome::End::bad_rows)
        throw std::runtime_error(fmt::format("{} bad rows: nothing was imported", outcome.bad_rows));
}

void import_data(ImportForm form) {
    auto config = load_config();
    listen_for_interruption();
    ImportOptions options = form.options;
    options.admin_url = admin_url(config);
    options.archive = form.archive;
    std::optional<tenancy::UnpackedFolder> unpacked;
    if (std::filesystem::is_regular_file(options.archive)) {
        unpacked.emplace();
        if (!tenancy::unpack_archive(form.archive, unpacked->path(), interrupted)) say_cancelled();
        options.archive = unpacked->path();
    }
    options.on_conflict = conflict_rule(form.on_conflict);
    if (!form.into.empty()) {
        options.into = ImportOptions::Into::tenant;
        options.slug = form.into;
    }
    if (!form.owner.slug.empty()) {
        // Tried first, so that bad rows leave no empty tenant behind.
        ImportOptions trial = options;
        trial.into = ImportOptions::Into::nobody;
        trial.dry_run = true;
        const auto tried = run_import(trial);
        if (options.dry_run) tell(tried, options.on_conflict);
        require_good(tried);
        if (options.dry_run) return fmt::print("A dry run: {} was not made.\n", form.owner.slug);
        if (form.owner.organization_name.empty())
            form.owner.organization_name = tenancy::read_manifest(options.archive).name;
        make_tenant(std::move(config), form);
        fmt::print("Should this be cut off: --into {} --on-conflict replace goes on.\n", form.owner.slug);
        options.into = ImportOptions::Into::fresh;
        options.slug = form.owner.slug;
    }
    const auto outcome = run_import(options);
    tell(outcome, options.on_conflict);
    require_good(outcome);
    if (options.dry_run)
        fmt::print("A dry run: nothing was changed in {}.\n", outcome.slug);
    else
        fmt::print("Imported into {}: writes waited {} ms.\n", outcome.slug, outcome.writes_waited.count());
}

void add_export(CLI::App& tenant) {
    auto* command =
        tenant.add_subcommand("export",
                              "Write a tenant's rows into a folder or a file: JSON lines and CSV per table, and a "
                              "manifest with hashes. Cut off, the same "
                              "command takes it up (needs DATABASE_URL)");
    const auto slug = std::make_shared<std::string>();
    const auto folder = std::make_shared<std::string>();
    command->add_option("slug", *slug)->required();
    command
        ->add_option(
            "--to", *folder,
            "A folder: made, or empty, or one that holds an export of this tenant; or a file, .tar.gz or .tar.zst")
        ->required();
    command->callback([slug, folder] { export_data(*slug, *folder); });
}

void add_import(CLI::App& tenant) {
    auto* command = tenant.add_subcommand("import",
                                          "Write an archive's rows into a tenant, all or none; by default into "
                                          "the one that it is of. Reports every "
                                          "bad row (needs DATABASE_URL)");
    const auto form = std::make_shared<ImportForm>();
    command->add_option("archive", form->archive, "The folder or file of an export")
        ->required()
        ->check(CLI::ExistingPath);
    auto* into = command->add_option("--into", form->into, "Another tenant, that holds no rows of its own yet");
    auto* made = command->add_option("--new", form->owner.slug, "Make a tenant with this slug for it");
    made->excludes(into);
    command->add_option("--name", form->owner.organization_name, "The new tenant's name (the archive's)")->needs(made);
    auto* owner = command->add_option("--owner-name", form->owner.full_name, "The new tenant's owner")->needs(made);
    auto* email = command->add_option("--owner-email", form->owner.email, "Password: TERRACE_PASSWORD")->needs(made);
    made->needs(owner, email);
    command->add_option("--isolation", form->isolation, "The new tenant's: shared, schema or database")
        ->check(CLI::IsMember({"shared", "schema", "database"}))
        ->needs(made);
    command
        ->add_option("--on-conflict", form->on_conflict,
                     "A row that is there with other values: refuse (each is a bad row), keep it, or replace it")
        ->check(CLI::IsMember({"refuse", "keep", "replace"}))
        ->capture_default_str();
    command->add_flag("--remap", form->options.remap, "New ids, the same in every reference; for another tenant only");
    command->add_flag("--dry-run", form->options.dry_run, "Read and try every row, report, and change nothing");
    command->callback([form] { import_data(*form); });
}

}  // namespace

void add_tenant_data(CLI::App& tenant) {
    add_export(tenant);
    add_import(tenant);
}

}  // namespace terrace::server
