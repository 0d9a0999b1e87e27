#include "platform/db/self_check.hpp"

#include "platform/db/admin_transaction.hpp"
#include "platform/db/database.hpp"

/// Every check is a query that answers one row a finding: problem, mend. They read the system catalogs, which every
/// role may do, so they run as the very roles that `serve` uses.
namespace terrace::db {
namespace {

using Checks = std::vector<std::string>;

/// The minors of 2026-11-12: CVE-2026-120154 and others reach past row-level security before them.
Checks server_checks() {
    return {
        R"(select 'PostgreSQL ' || current_setting('server_version') || ' has known ways past row-level security',
                  'upgrade to 15.20, 16.16, 17.12, 18.6, 19.1 or later'
             from (select current_setting('server_version_num')::int as number) as server
            where number < case number / 10000 when 15 then 150020 when 16 then 160016 when 17 then 170012
                           when 18 then 180006 else 190001 end)"};
}

/// What the connected role must not be or have.
Checks role_checks() {
    return {
        R"(select 'the role ' || rolname || ' is superuser or has BYPASSRLS: it sees past row-level security',
                  format('alter role %I nosuperuser nobypassrls', rolname)
             from pg_roles where rolname = current_user and (rolsuper or rolbypassrls))",
        R"(select 'the role ' || rolname || ' may make roles or databases, or replicate',
                  format('alter role %I nocreaterole nocreatedb noreplication', rolname)
             from pg_roles where rolname = current_user and (rolcreaterole or rolcreatedb or rolreplication))",
        R"(select format('the role %I is a member of %s', current_user, roleid::regrole),
                  format('revoke %s from %I', roleid::regrole, current_user)
             from pg_auth_members where member = current_user::regrole)",
        R"(select format('the role %I owns %s', current_user, pg_describe_object(classid, objid, objsubid)),
                  format('reassign owned by %I to terrace_owner', current_user)
             from pg_shdepend
            where refclassid = 'pg_authid'::regclass and refobjid = current_user::regrole and deptype = 'o'
              and dbid in (0, (select oid from pg_database where datname = current_database())))",
        R"(select format('the role %I may create schemas or temporary tables', current_user),
                  format('revoke create, temporary on database %I from public, %I', current_database(), current_user)
            where has_database_privilege(current_database(), 'CREATE')
               or has_database_privilege(current_database(), 'TEMPORARY'))",
        R"(select format('the role %I may create objects in the schema %I', current_user, nspname),
                  format('revoke create on schema %I from public, %I', nspname, current_user)
             from pg_namespace where has_schema_privilege(oid, 'CREATE'))"};
}

/// A tenant table is any table in a schema that holds tenants' rows, but for the list of places.
constexpr const char* tenant_tables = R"(
    with tenant_table as (
        select c.oid, c.oid::regclass::text as name, c.relrowsecurity, c.relforcerowsecurity, c.relowner
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where (n.nspname = 'shared' or n.nspname ~ '^t_') and c.relkind in ('r', 'p', 'f')
           and not (n.nspname = 'shared' and c.relname = 'tenant_place')) )";

/// Row-level security and its one policy, whose expression is compared with what PostgreSQL prints of ours.
Checks wall_checks() {
    const std::string tables = tenant_tables;
    const std::string wall =
        R"((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")))";
    return {
        R"(select 'there is no table shared.tenant_place', 'terrace migrate'
            where to_regclass('shared.tenant_place') is null)",
        tables + R"(
           select name || ' lacks row-level security', format('alter table %s enable row level security', name)
             from tenant_table where not relrowsecurity)",
        tables + R"(
           select name || ' does not force row-level security on its owner',
                  format('alter table %s force row level security', name)
             from tenant_table where not relforcerowsecurity)",
        tables + R"(
           select format('row-level security of %s does not act on %I', name, current_user),
                  format('alter role %I nosuperuser nobypassrls', current_user)
             from tenant_table where not row_security_active(oid))",
        tables + R"(
           select name || ' lacks the restrictive policy tenant_wall on the tenant of the transaction',
                  format('drop its policies and call catalog.protect_tenant_table(%L)', name)
             from tenant_table
            where not exists (select from pg_policy p
                   where p.polrelid = tenant_table.oid and p.polname = 'tenant_wall' and not p.polpermissive
                     and p.polcmd = '*' and p.polroles = '{0}'
                     and pg_get_expr(p.polqual, p.polrelid) = $wall$)" +
            wall + R"($wall$
                     and pg_get_expr(p.polwithcheck, p.polrelid) = $wall$)" +
            wall + R"($wall$))",
        tables + R"(
           select name || ' is not owned by terrace_owner', format('alter table %s owner to terrace_owner', name)
             from tenant_table where relowner::regrole::text <> 'terrace_owner')"};
}

/// tenant_id leads every key, so that no check or index of PostgreSQL compares rows of two tenants.
Checks key_checks() {
    const std::string tables = tenant_tables;
    return {tables + R"(
           select name || ' has no column "tenant_id uuid not null"', 'add it in a migration'
             from tenant_table
            where not exists (select from pg_attribute a where a.attrelid = tenant_table.oid
                     and a.attname = 'tenant_id' and a.atttypid = 'uuid'::regtype and a.attnotnull))",
            tables + R"(
           select name || ' has no primary key', 'add one that starts with tenant_id in a migration'
             from tenant_table
            where not exists (select from pg_index i where i.indrelid = tenant_table.oid and i.indisprimary))",
            tables + R"(
           select format('the index %s of %s does not start with tenant_id', i.indexrelid::regclass, name),
                  'make it again in a migration with tenant_id first'
             from tenant_table
             join pg_index i on i.indrelid = tenant_table.oid
             left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
            where a.attname is distinct from 'tenant_id')",
            tables + R"(
           select format('the foreign key %s of %s does not start with tenant_id on both sides', k.conname, name),
                  'make it again in a migration as (tenant_id, …) references … (tenant_id, …)'
             from tenant_table
             join pg_constraint k on k.conrelid = tenant_table.oid and k.contype = 'f'
             left join pg_attribute ours on ours.attrelid = k.conrelid and ours.attnum = k.conkey[1]
             left join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = k.confkey[1]
            where ours.attname is distinct from 'tenant_id' or theirs.attname is distinct from 'tenant_id')"};
}

/// Rights beyond those of the roles (ARCHITECTURE.md, "Tenancy"). TRUNCATE and REFERENCES would pass row-level security
/// by.
Checks right_checks() {
    return {
        R"(with acl as (
               select oid as relation, relacl as acl from pg_class where relkind in ('r', 'p', 'f', 'v', 'm')
                union all
               select attrelid, attacl from pg_attribute where attacl is not null),
           granted as (
               select c.oid::regclass::text as name, x.privilege_type as privilege,
                      case x.grantee when 0 then 'public' else x.grantee::regrole::text end as grantee,
                      x.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') and not x.is_grantable as plain,
                      (n.nspname = 'shared' or n.nspname ~ '^t_') and c.oid::regclass::text <> 'shared.tenant_place'
                          as of_tenants
                 from acl join pg_class c on c.oid = acl.relation join pg_namespace n on n.oid = c.relnamespace
                cross join lateral aclexplode(acl.acl) x
                where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast')
           select format('%s has %s on %s, which is more than it needs', grantee, privilege, name),
                  format('revoke %s on %s from %s', lower(privilege), name, grantee)
             from granted
            where case grantee
                  when 'terrace_owner' then false
                  when 'terrace_app' then not (plain and of_tenants)
                       and (name, privilege, plain) <> ('shared.tenant_place', 'SELECT', true)
                  when 'terrace_platform' then of_tenants or not plain
                  else true end)",
        R"(select format('the view %s reads with its owner''s rights', c.oid::regclass),
                  format('alter view %s set (security_invoker = true)', c.oid::regclass)
             from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'v' and n.nspname not in ('pg_catalog', 'information_schema')
              and not coalesce((select option_value::bool from pg_options_to_table(c.reloptions)
                                 where option_name = 'security_invoker'), false))",
        R"(select format('the materialized view %s holds rows without row-level security', oid::regclass),
                  format('drop materialized view %s', oid::regclass)
             from pg_class where relkind = 'm' and has_table_privilege(oid, 'SELECT'))",
        R"(select format('the function %s runs with its owner''s rights', p.oid::regprocedure),
                  format('revoke execute on function %s from public, %I', p.oid::regprocedure, current_user)
             from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
              and has_function_privilege(p.oid, 'EXECUTE'))",
        R"(select format('the function %s claims to be leakproof', p.oid::regprocedure),
                  format('alter function %s not leakproof', p.oid::regprocedure)
             from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where p.proleakproof and n.nspname not in ('pg_catalog', 'information_schema'))"};
}

void gather(AdminConnection& connection, const Checks& checks, std::vector<Finding>& findings) {
    for (const std::string& sql : checks) {
        const Rows rows = connection.run(sql);
        for (std::size_t row = 0; row < rows.size(); ++row)
            findings.push_back({std::string(rows.text(row, 0)), std::string(rows.text(row, 1))});
    }
}

/// In one transaction, so that all come to the same server behind a pooler, too.
void check(const std::string& url, const std::vector<Checks>& all, std::vector<Finding>& findings) {
    AdminConnection connection = AdminConnection::behind_pooler(url);
    const AdminTransaction transaction(connection);
    connection.run("set local search_path = pg_catalog");  // names then come back with their schemas
    for (const Checks& checks : all) gather(connection, checks, findings);
}

}  // namespace

std::vector<Finding> self_check(const std::string& app_url, const std::string& platform_url) {
    std::vector<Finding> findings;
    check(app_url, {server_checks(), role_checks(), wall_checks(), key_checks(), right_checks()}, findings);
    check(platform_url, {role_checks()}, findings);
    return findings;
}

std::vector<Finding> check_server(AdminConnection& server) {
    std::vector<Finding> findings;
    gather(server, server_checks(), findings);
    return findings;
}

}  // namespace terrace::db
