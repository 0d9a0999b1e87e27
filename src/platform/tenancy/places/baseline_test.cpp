#include "platform/tenancy/places/baseline.hpp"

#include "platform/db/admin_transaction.hpp"
#include "platform/testing/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace terrace::tenancy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::TestDatabase;

/// In a transaction that is never committed: other tests look at the same tables.
class BaselineTest : public ::testing::Test {
  protected:
    Baseline read(const std::string& schema) { return read_baseline(admin, schema); }

    /// A schema of those tables, made by the baseline of the shared ones.
    Baseline copy() {
        const Baseline shared = read("shared");
        admin.run("create schema t_copy");
        admin.run("set local search_path = t_copy");
        admin.run(shared.statements);
        return shared;
    }

    db::AdminConnection admin = TestDatabase::instance().admin();
    db::AdminTransaction transaction{admin};
};

TEST_F(BaselineTest, MakesTablesLikeThoseThatItWasReadFrom) {
    const Baseline shared = copy();
    const Baseline made = read("t_copy");
    EXPECT_EQ(made.statements, shared.statements);
    EXPECT_EQ(made.fingerprint, shared.fingerprint);
}

TEST_F(BaselineTest, NamesNoSchemaSoThatItServesEvery) {
    EXPECT_THAT(read("shared").statements, Not(HasSubstr("shared.")));
}

TEST_F(BaselineTest, LeavesThePlacesOfTheDatabaseOut) {
    EXPECT_THAT(read("shared").statements, Not(HasSubstr("tenant_place")));
}

/// Whatever a migration can change in a tenant's tables.
class BaselineDriftTest : public BaselineTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(BaselineDriftTest, SeesWhatHasChanged) {
    copy();
    const Baseline before = read("t_copy");
    admin.run(GetParam());
    EXPECT_NE(read("t_copy").fingerprint, before.fingerprint);
}

INSTANTIATE_TEST_SUITE_P(
    Changes, BaselineDriftTest,
    ::testing::Values(
        "create table t_copy.extra (tenant_id uuid)", "drop table t_copy.file_chunk",
        "alter table t_copy.role add column extra text", "alter table t_copy.role alter column name drop not null",
        "alter table t_copy.role alter column name set default 'x'",
        "alter table t_copy.role alter column name type varchar(90)",
        "alter table t_copy.settings alter column value type text collate \"C\"",
        "alter table t_copy.role set (fillfactor = 70)",
        "alter table t_copy.role alter column name set storage external",
        "alter table t_copy.role drop constraint role_name_check",
        "alter table t_copy.role_permission drop constraint role_permission_tenant_id_role_slug_fkey",
        "drop index t_copy.file_expiry_idx", "create index extra on t_copy.role (tenant_id, name)",
        "alter table t_copy.role disable row level security", "alter table t_copy.role no force row level security",
        "drop policy tenant_wall on t_copy.role", "alter policy tenant_wall on t_copy.role using (true)",
        "grant truncate on t_copy.role to terrace_app", "grant update (action) on t_copy.audit_entry to terrace_app",
        "create trigger extra before insert on t_copy.role for each row"
        " execute function pg_catalog.suppress_redundant_updates_trigger()"));

class BaselineRefusalTest : public BaselineTest,
                            public ::testing::WithParamInterface<std::pair<const char*, const char*>> {};

TEST_P(BaselineRefusalTest, RefusesWhatItCannotSay) {
    const auto& [change, named] = GetParam();
    copy();
    admin.run(change);
    try {
        read("t_copy");
        FAIL() << "read a baseline that leaves " << named << " out";
    } catch (const std::runtime_error& fault) {
        EXPECT_THAT(fault.what(), HasSubstr(named));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, BaselineRefusalTest,
    ::testing::Values(std::pair("create view t_copy.extra as select 1", "extra"),
                      std::pair("create sequence t_copy.extra", "extra"),
                      std::pair("create function t_copy.extra() returns int language sql as 'select 1'", "extra()"),
                      std::pair("create domain t_copy.extra as text", "extra"),
                      std::pair("alter table t_copy.counter add column n int generated always as identity",
                                "the identity column counter.n")));

}  // namespace
}  // namespace terrace::tenancy
