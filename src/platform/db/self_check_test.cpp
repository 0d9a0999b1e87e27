#include "platform/db/self_check.hpp"

#include "platform/db/conninfo.hpp"
#include "platform/testing/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>

namespace terrace::db {

void PrintTo(const Finding& finding, std::ostream* out) {
    *out << finding.problem;
}

namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TestDatabase;

std::vector<Finding> findings() {
    const TestDatabase& database = TestDatabase::instance();
    return self_check(database.app_url(), database.platform_url());
}

TEST(SelfCheckTest, FindsNothingInAMigratedDatabase) {
    EXPECT_THAT(findings(), IsEmpty());
}

TEST(SelfCheckTest, SeesARoleThatPassesRowLevelSecurityBy) {
    const TestDatabase& database = TestDatabase::instance();
    const auto found = self_check(database.admin_url(), database.admin_url());
    EXPECT_THAT(found, Contains(Field(&Finding::problem, HasSubstr("is superuser or has BYPASSRLS"))));
    EXPECT_THAT(found, Contains(Field(&Finding::problem, HasSubstr("may make roles or databases"))));
    EXPECT_THAT(found, Contains(Field(&Finding::problem, HasSubstr("does not act on"))));
}

/// A role of this test alone: those of the cluster are shared with other test programs.
TEST(SelfCheckTest, SeesARoleThatIsAMemberOfTheOwnerOrOwnsSomething) {
    const TestDatabase& database = TestDatabase::instance();
    const std::string role = database.name() + "_role";
    AdminConnection admin = database.admin();
    admin.run("create role " + role + " login password 'x' in role terrace_owner; grant connect on database " +
              database.name() + " to " + role +
              "; create table catalog.owned (id int); alter table catalog.owned owner to " + role);
    const auto found =
        self_check(database.app_url(), with_conninfo(database.admin_url(), {{"user", role}, {"password", "x"}}));
    admin.run("drop owned by " + role + "; drop role " + role);
    EXPECT_THAT(found, Contains(Field(&Finding::problem, HasSubstr("is a member of terrace_owner"))));
    EXPECT_THAT(found, Contains(Field(&Finding::problem, HasSubstr("owns table catalog.owned"))));
    EXPECT_THAT(findings(), IsEmpty());
}

/// Breaks one thing, sees it found, mends it and sees nothing left.
struct Mutation {
    const char* name;
    const char* breaks;
    const char* mends;
    const char* found;
};

void PrintTo(const Mutation& mutation, std::ostream* out) {
    *out << mutation.name;
}

class SelfCheckMutationTest : public ::testing::TestWithParam<Mutation> {
  protected:
    static void SetUpTestSuite() {
        TestDatabase::instance().admin().run(
            "set role terrace_owner;"
            "create table shared.probe (tenant_id uuid not null, id uuid not null, parent uuid,"
            "  primary key (tenant_id, id));"
            "call catalog.protect_tenant_table('shared.probe');"
            "create table catalog.probe (id uuid primary key)");
    }
    static void TearDownTestSuite() {
        TestDatabase::instance().admin().run("drop table shared.probe; drop table catalog.probe");
    }
};

TEST_P(SelfCheckMutationTest, IsFoundAndMended) {
    ASSERT_THAT(findings(), IsEmpty());
    TestDatabase::instance().admin().run(GetParam().breaks);
    EXPECT_THAT(findings(), Contains(Field(&Finding::problem, HasSubstr(GetParam().found))));
    TestDatabase::instance().admin().run(GetParam().mends);
    EXPECT_THAT(findings(), IsEmpty());
}

constexpr const char* right_wall =
    "create policy tenant_wall on shared.probe as restrictive"
    " using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))"
    " with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))";

INSTANTIATE_TEST_SUITE_P(
    Wall, SelfCheckMutationTest,
    ::testing::Values(
        Mutation{"row_security_off", "alter table shared.probe disable row level security",
                 "alter table shared.probe enable row level security", "shared.probe lacks row-level security"},
        Mutation{"not_forced", "alter table shared.probe no force row level security",
                 "alter table shared.probe force row level security", "shared.probe does not force"},
        Mutation{"no_policy", "drop policy tenant_wall on shared.probe", right_wall,
                 "shared.probe lacks the restrictive"},
        Mutation{"permissive",
                 "drop policy tenant_wall on shared.probe; create policy tenant_wall on shared.probe"
                 " using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))",
                 "drop policy tenant_wall on shared.probe;"
                 "create policy tenant_wall on shared.probe as restrictive"
                 " using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))"
                 " with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))",
                 "shared.probe lacks the restrictive"},
        Mutation{"other_expression", "alter policy tenant_wall on shared.probe using (true)",
                 "alter policy tenant_wall on shared.probe"
                 " using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))",
                 "shared.probe lacks the restrictive"},
        Mutation{"other_check", "alter policy tenant_wall on shared.probe with check (true)",
                 "alter policy tenant_wall on shared.probe"
                 " with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))",
                 "shared.probe lacks the restrictive"},
        Mutation{"other_role", "alter policy tenant_wall on shared.probe to terrace_platform",
                 "alter policy tenant_wall on shared.probe to public", "shared.probe lacks the restrictive"},
        Mutation{"unprotected_table", "create table shared.bare (id int)", "drop table shared.bare",
                 "shared.bare lacks row-level security"},
        Mutation{"unprotected_own_schema", "create schema t_probe; create table t_probe.bare (id int)",
                 "drop schema t_probe cascade", "t_probe.bare lacks row-level security"},
        Mutation{"other_owner", "alter table shared.probe owner to terrace_platform",
                 "alter table shared.probe owner to terrace_owner", "shared.probe is not owned by terrace_owner"}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Keys, SelfCheckMutationTest,
    ::testing::Values(Mutation{"index_without_tenant", "create index probe_id_idx on shared.probe (id)",
                               "drop index shared.probe_id_idx", "shared.probe_id_idx of shared.probe does not start"},
                      Mutation{"unique_without_tenant",
                               "alter table shared.probe add constraint probe_id_key unique (id)",
                               "alter table shared.probe drop constraint probe_id_key", "probe_id_key of shared.probe"},
                      Mutation{"expression_index",
                               "create index probe_expression_idx on shared.probe ((id::text), tenant_id)",
                               "drop index shared.probe_expression_idx", "probe_expression_idx"},
                      Mutation{"foreign_key_without_tenant",
                               "alter table shared.probe add constraint probe_parent_fkey foreign key (parent)"
                               " references catalog.probe (id)",
                               "alter table shared.probe drop constraint probe_parent_fkey", "probe_parent_fkey"},
                      Mutation{"nullable_tenant",
                               "alter table shared.probe drop constraint probe_pkey;"
                               "alter table shared.probe alter column tenant_id drop not null",
                               "alter table shared.probe add primary key (tenant_id, id)",
                               "has no column \"tenant_id uuid not null\""}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Rights, SelfCheckMutationTest,
    ::testing::Values(
        Mutation{"truncate", "grant truncate on shared.probe to terrace_app",
                 "revoke truncate on shared.probe from terrace_app", "terrace_app has TRUNCATE on shared.probe"},
        Mutation{"references_on_column", "grant references (id) on shared.probe to terrace_app",
                 "revoke references (id) on shared.probe from terrace_app", "terrace_app has REFERENCES"},
        Mutation{"public", "grant select on shared.probe to public", "revoke select on shared.probe from public",
                 "public has SELECT on shared.probe"},
        Mutation{"platform", "grant select on shared.probe to terrace_platform",
                 "revoke select on shared.probe from terrace_platform", "terrace_platform has SELECT on shared.probe"},
        Mutation{"app_on_catalog", "grant select on catalog.probe to terrace_app",
                 "revoke select on catalog.probe from terrace_app", "terrace_app has SELECT on catalog.probe"},
        Mutation{"app_writes_places", "grant update on shared.tenant_place to terrace_app",
                 "revoke update on shared.tenant_place from terrace_app",
                 "terrace_app has UPDATE on shared.tenant_place"},
        Mutation{"grant_option", "grant select on shared.probe to terrace_app with grant option",
                 "revoke grant option for select on shared.probe from terrace_app", "terrace_app has SELECT"},
        Mutation{"view", "create view shared.leak as select * from shared.probe", "drop view shared.leak",
                 "the view shared.leak reads with its owner's rights"},
        Mutation{"materialized_view",
                 "create materialized view catalog.leak as select * from shared.probe;"
                 "grant select on catalog.leak to terrace_app",
                 "drop materialized view catalog.leak", "the materialized view catalog.leak"},
        Mutation{"definer_function",
                 "create function shared.leak() returns bigint language sql security definer"
                 " as 'select count(*) from shared.probe'",
                 "drop function shared.leak()", "the function shared.leak() runs with its owner's rights"},
        Mutation{"leakproof", "create function shared.sure(int) returns int language sql leakproof as 'select $1'",
                 "drop function shared.sure(int)", "the function shared.sure(integer) claims to be leakproof"},
        Mutation{
            "temporary_tables",
            "do $$ begin execute format('grant temporary on database %I to public',"
            " current_database()); end $$",
            "do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$",
            "may create schemas or temporary tables"},
        Mutation{"create_in_schema", "grant create on schema shared to terrace_platform",
                 "revoke create on schema shared from terrace_platform",
                 "the role terrace_platform may create objects in the schema shared"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace terrace::db
