#include "platform/tenancy/data/import.hpp"

#include "platform/base/clock.hpp"
#include "platform/db/admin_transaction.hpp"
#include "platform/db/migrate.hpp"
#include "platform/tenancy/data/import_steps.hpp"
#include "platform/tenancy/places/baseline.hpp"
#include "platform/tenancy/places/fence.hpp"
#include "platform/tenancy/places/tenant_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace terrace::tenancy {
namespace {

/// What a new tenant has before anyone has worked in it.
constexpr std::array<std::string_view, 6> made_with{"audit_entry", "counter",         "file_usage",
                                                    "role",        "role_permission", "settings"};
constexpr std::chrono::seconds renew_after{5};

}  // namespace

Manifest read_manifest(const std::filesystem::path& archive) {
    if (std::filesystem::exists(archive / partial_manifest_name))
        throw std::runtime_error(fmt::format(
            "{} is not whole: the export into it was cut off; the same `tenant export` takes it up", archive.string()));
    if (!std::filesystem::exists(archive / manifest_name))
        throw std::runtime_error(
            fmt::format("{} is no archive: there is no {} in it", archive.string(), manifest_name));
    return parse_manifest(read_small_file(archive / manifest_name));
}

Import::Import(const ImportOptions& options)
    : options_(options), manifest_(read_manifest(options.archive)), installation_(options.admin_url) {}

ImportOutcome Import::run() {
    find_tenant();
    target_.emplace(tenant_.side.url);
    check_tables();
    check_may_be_filled();
    for (const ArchiveTable& table : manifest_.tables) all_ += 2 * table.rows;
    try {
        check_files();
        stage();
        if (options_.dry_run || outcome_.bad_rows > 0)
            rehearse();
        else
            write();
    } catch (const ImportCancelled&) {
        outcome_.end = ImportOutcome::End::cancelled;
    }
    return outcome_;
}

/// Whom the rows are for; nobody who works in it may be in the way.
void Import::find_tenant() {
    using Into = ImportOptions::Into;
    if (options_.into == Into::nobody) {
        if (!options_.dry_run) throw std::logic_error("an import needs a tenant");
        tenant_ = {.id = Uuid::v7(), .side = {.url = options_.admin_url}};
        db::hold_off_migrations(installation_);
        return;
    }
    const std::string slug = options_.into == Into::own ? slug_of(installation_, manifest_.tenant) : options_.slug;
    if (slug.empty())
        throw std::runtime_error(fmt::format(
            "the tenant that the archive is of, {}, is not here: name one with --into, or a new one with --new",
            manifest_.slug));
    tenant_ = take_turn(installation_, options_.admin_url, slug, TurnKind::writing);
    if (tenant_.state == TenantState::provisioning || tenant_.state == TenantState::deleting)
        throw std::runtime_error(fmt::format("{} takes no rows while it is {}", slug, to_string(tenant_.state)));
    is_own_ = tenant_.id == manifest_.tenant;
    outcome_.slug = slug;
    if (is_own_ && options_.remap)
        throw std::runtime_error("new ids are for another tenant: in its own every row would stand twice");
}

/// Rows of other tables than these could be read in many ways, most of them wrong.
void Import::check_tables() {
    const db::AdminTransaction reading(*target_);
    const Baseline here = read_baseline(*target_, tenant_.side.schema);
    if (here.fingerprint != manifest_.fingerprint)
        throw std::runtime_error(fmt::format(
            "the archive comes from other tables than these: it was made after the migration {}, here the last is {}."
            " Import it into an installation of that version, and export it there after `terrace migrate`",
            manifest_.migration, last_migration(installation_)));
    tables_ = carried_tables(*target_, tenant_.side.schema);
    for (const TenantTable& table : tables_)
        if (!manifest_.find(table.name))
            throw std::runtime_error(fmt::format("the archive lacks the table {}", table.name));
    for (const ArchiveTable& table : manifest_.tables)
        if (std::ranges::find(tables_, table.name, &TenantTable::name) == tables_.end())
            throw std::runtime_error(fmt::format("manifest.json names a table that there is not: {}", table.name));
}

void Import::check_files() {
    std::string faults;
    const auto check = [&](const std::string& path, const ArchiveFile& expected) {
        if (!std::filesystem::exists(options_.archive / path)) {
            faults += fmt::format("\n  {} is missing", path);
            return;
        }
        const bool same = hash_file(options_.archive / path, options_.cancelled) == expected;
        if (options_.cancelled && options_.cancelled()) throw ImportCancelled{};
        if (!same) faults += fmt::format("\n  {} is not the file that was exported", path);
    };
    for (const ArchiveTable& table : manifest_.tables) {
        check(json_path(table.name), table.json);
        check(csv_path(table.name), table.csv);
    }
    if (!faults.empty()) throw std::runtime_error("the archive is damaged:" + faults);
}

/// Two organisations' rows in one tenant can hardly be told apart again.
void Import::check_may_be_filled() {
    if (is_own_ || options_.into == ImportOptions::Into::nobody) return;
    const db::AdminTransaction reading(*target_);
    enter(*target_, tenant_.id);
    std::string held;
    for (const TenantTable& table : tables_) {
        if (std::ranges::find(made_with, table.name) != made_with.end()) continue;
        const bool some =
            !target_->run(fmt::format("select from {} where tenant_id = $1 limit 1", place(table)), tenant()).empty();
        if (some) held += (held.empty() ? "" : ", ") + table.name;
    }
    if (!held.empty())
        throw std::runtime_error(
            fmt::format("{} is not the tenant that the archive is of, {}, and holds rows already: {}", tenant_.slug,
                        manifest_.slug, held));
}

void Import::rehearse() {
    const db::AdminTransaction undone(*target_);
    enter(*target_, tenant_.id);
    merge(false);
    outcome_.end = outcome_.bad_rows > 0 ? ImportOutcome::End::bad_rows : ImportOutcome::End::rehearsed;
}

/// Nobody else writes from the fence to the commit, or nothing is kept.
void Import::write() {
    installation_.run("update catalog.tenant set moving = true where id = $1", tenant());
    fence_.emplace(tenant_.side.url);
    const auto began = Clock::now();
    try {
        raise_fence(*fence_, tenant_.id);
        renewed_ = Clock::now();
        db::AdminTransaction transaction(*target_);
        enter(*target_, tenant_.id);
        merge(true);
        if (outcome_.bad_rows == 0) {
            target_->run("reset role");
            if (!fence_stands(*target_, tenant_.id))
                throw std::runtime_error("writes could not be kept out long enough: nothing was imported");
            transaction.commit();
        }
    } catch (...) {
        lift_fence(*fence_, tenant_.id);
        tell_processes();
        throw;
    }
    outcome_.end = outcome_.bad_rows > 0 ? ImportOutcome::End::bad_rows : ImportOutcome::End::imported;
    lift_fence(*fence_, tenant_.id);
    outcome_.writes_waited = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
    tell_processes();
}

/// Every process forgets what it knows of the tenant and of what its people may do.
void Import::tell_processes() {
    db::AdminTransaction transaction(installation_);
    const bool made = options_.into == ImportOptions::Into::fresh && outcome_.end == ImportOutcome::End::imported;
    installation_.run(
        "update catalog.tenant set moving = false, updated_at = clock_timestamp(),"
        " time_zone = coalesce(nullif($2, ''), time_zone) where id = $1",
        tenant().add(made ? manifest_.time_zone : ""));
    installation_.run("update catalog.membership set role_slug = role_slug where tenant_id = $1", tenant());
    transaction.commit();
}

void Import::step(std::int64_t rows) {
    done_ += rows;
    if (options_.progress) options_.progress(std::min(done_, all_), all_);
    if (options_.cancelled && options_.cancelled()) throw ImportCancelled{};
    const auto now = Clock::now();
    if (!fence_ || now - renewed_ < renew_after) return;
    renew_fence(*fence_, tenant_.id);
    renewed_ = now;
}

ImportOutcome import_tenant(const ImportOptions& options) {
    return Import(options).run();
}

}  // namespace terrace::tenancy
