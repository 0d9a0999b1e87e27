#pragma once

#include "platform/db/conninfo.hpp"
#include "platform/tenancy/data/archive_files.hpp"
#include "platform/tenancy/data/data_turn.hpp"
#include "platform/tenancy/data/export.hpp"
#include "platform/tenancy/data/import.hpp"
#include "platform/tenancy/places/tenant_context.hpp"
#include "platform/tenancy/places/test_places.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace terrace::tenancy {

/// A tenant of the catalog with a place of its mode.
struct TestTenant {
    explicit TestTenant(Isolation mode) : isolation(mode), id(Uuid::v7()) {
        auto& installation = testing::TestDatabase::instance().kept();
        std::string schema = "shared", database;
        if (isolation != Isolation::shared) {
            TestPlaces::maker().fill(isolation, 1);
            const auto place = installation.run(
                "update catalog.place set taken_at = now() where name = (select name from catalog.place"
                " where taken_at is null and isolation = $1 limit 1) returning name, tenant_id",
                db::Params().add(to_string(isolation)));
            (isolation == Isolation::schema ? schema : database) = place.text(0, 0);
            id = place.uuid(0, 1);
        }
        slug = "t-" + id.to_string().substr(19);
        installation.run(
            "insert into catalog.tenant (id, slug, name, state, isolation, schema_name, database_name)"
            " values ($1, $2, 'Asha Clinic', 'active', $3, $4, nullif($5, ''))",
            db::Params().add(id).add(slug).add(to_string(isolation)).add(schema).add(database));
        side = {.url = testing::TestDatabase::instance().admin_url(), .schema = schema};
        if (!database.empty()) side.url = db::with_conninfo(side.url, {{"dbname", database}});
        place_ = std::make_unique<db::AdminConnection>(side.url);
        if (database.empty())
            installation.run("insert into shared.tenant_place (tenant_id, epoch) values ($1, 1)", db::Params().add(id));
    }

    /// As an administrator, `$1` the tenant and `{}` its schema.
    db::Rows run(const std::string& statement) const {
        return place_->run(fmt::format(fmt::runtime(statement), fmt::arg("t", side.schema)), db::Params().add(id));
    }
    std::string value(const std::string& statement) const { return std::string(run(statement).text(0, 0)); }

    /// Rows of every kind: references, bytes, JSON, characters that files and COPY escape.
    void fill() const {
        run("insert into {t}.role (tenant_id, slug, name, holds_all) values ($1, 'owner', 'Owner', true),"
            " ($1, 'nurse', 'Nurse', false)");
        run("insert into {t}.role_permission values ($1, 'nurse', 'patients.read')");
        run("insert into {t}.settings values ($1, 'note', E'tab\\tline\\nback\\\\slash \"quoted\", comma "
            "\\u0905\\u0936\\u093e')");
        run("insert into {t}.counter values ($1, 'patient', 250)");
        run("insert into {t}.household (tenant_id, id, phone_e164) values"
            " ($1, '01900000-0000-7000-8000-00000000000a', '+919800000001')");
        run("insert into {t}.patient (tenant_id, id, number, name, name_sort, sex, born_on, dob_precision, "
            "household_id)"
            " select $1, ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, n, 'Row ' || n, 'row ' || n,"
            " 'female', '1980-01-01', 'day', case when n % 2 = 0 then '01900000-0000-7000-8000-00000000000a'::uuid end"
            " from generate_series(1, 250) n");
        run("insert into {t}.patient_token select $1, 'row', id from {t}.patient where tenant_id = $1");
        run("insert into {t}.audit_entry (tenant_id, id, action, object_type, object_id, changes, client_address,"
            " request_id) select $1, ('01900000-0000-7001-8000-' || lpad(number::text, 12, '0'))::uuid, 'create',"
            " 'patient', id, jsonb_build_object('name', jsonb_build_array(null, name)), '::1', 'r'"
            " from {t}.patient where tenant_id = $1");
        run("insert into {t}.file (tenant_id, id, name, size, chunk_size, media_type, sha256, state, created_by,"
            " object_type, object_id, field) values ($1, '01900000-0000-7002-8000-000000000001', 'a.bin', 4, 1024,"
            " 'application/octet-stream', sha256('\\x00ff5c0a'), 'stored', gen_random_uuid(), 'patient',"
            " '01900000-0000-7000-8000-000000000001', 'photo')");
        run("insert into {t}.file_chunk values ($1, '01900000-0000-7002-8000-000000000001', 0, '\\x00ff5c0a')");
        run("insert into {t}.file_usage values ($1, 4, 1000)");
        run("insert into {t}.idempotency_key (tenant_id, user_id, key, request_hash, status, object_id, object_version)"
            " values ($1, gen_random_uuid(), 'k', '\\x00', 201, gen_random_uuid(), 1)");
    }

    /// Count and checksum of each table's rows without tenant_id.
    std::map<std::string, std::string> sums() const {
        std::map<std::string, std::string> sums;
        for (const TenantTable& table : carried_tables(*place_, side.schema)) {
            const auto rows = place_->run(
                fmt::format("select count(*) || ':' || coalesce(sum(hash_record_extended(row({}), 0)::numeric), 0)"
                            " from {}.{} where tenant_id = $1",
                            list(columns_of_row(table)), side.schema, table.name),
                db::Params().add(id));
            sums[table.name] = rows.text(0, 0);
        }
        return sums;
    }

    Isolation isolation;
    Uuid id;
    std::string slug;
    Side side;

  private:
    std::unique_ptr<db::AdminConnection> place_;
};

/// Archives in a folder of the test's, gone with it.
class ArchiveTest : public ::testing::Test {
  protected:
    ArchiveTest() : folder(std::filesystem::temp_directory_path() / ("terrace-archive-" + Uuid::v7().to_string())) {}
    ~ArchiveTest() override { std::filesystem::remove_all(folder); }

    ExportOutcome export_rows(const TestTenant& tenant) const { return export_tenant(export_options(tenant)); }
    ExportOptions export_options(const TestTenant& tenant) const {
        return {.admin_url = testing::TestDatabase::instance().admin_url(),
                .slug = tenant.slug,
                .folder = folder,
                .progress = {},
                .cancelled = {}};
    }
    ImportOptions into(const TestTenant& tenant) {
        return {.admin_url = testing::TestDatabase::instance().admin_url(),
                .archive = folder,
                .into = ImportOptions::Into::tenant,
                .slug = tenant.slug,
                .progress = {},
                .bad_row =
                    [this](const BadRow& row) {
                        bad_rows.push_back(fmt::format("{} {} {}: {}", row.table, row.line, row.column, row.message));
                    },
                .cancelled = {}};
    }

    std::string read(const std::string& path) const { return read_small_file(folder / path); }
    /// Puts `now` where the file has `was`, without telling the manifest.
    void damage(const std::string& path, const std::string& was, const std::string& now) const {
        std::string text = read(path);
        const auto at = text.find(was);
        ASSERT_NE(at, std::string::npos) << was;
        write_small_file(folder / path, text.replace(at, was.size(), now));
    }
    /// The same, and the manifest says that it is right so: what someone does who edits an archive.
    void edit(const std::string& path, const std::string& was, const std::string& now) const {
        const ArchiveFile before = hash_file(folder / path, {});
        damage(path, was, now);
        const ArchiveFile after = hash_file(folder / path, {});
        damage("manifest.json", before.sha256, after.sha256);
        damage("manifest.json", fmt::format("\"bytes\": {},", before.bytes),
               fmt::format("\"bytes\": {},", after.bytes));
    }
    std::string fault_of(const ImportOptions& options) const {
        try {
            import_tenant(options);
        } catch (const std::runtime_error& fault) {
            return fault.what();
        }
        return "";
    }

    TestPlaces places;
    std::filesystem::path folder;
    std::vector<std::string> bad_rows;
};

class ArchiveModesTest : public ArchiveTest, public ::testing::WithParamInterface<Isolation> {};

inline std::string name_of_mode(const ::testing::TestParamInfo<Isolation>& info) {
    return std::string(to_string(info.param));
}

}  // namespace terrace::tenancy
