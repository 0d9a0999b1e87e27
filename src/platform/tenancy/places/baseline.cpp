#include "platform/tenancy/places/baseline.hpp"

#include "platform/base/crypto.hpp"

#include <stdexcept>

namespace terrace::tenancy {
namespace {

/// PostgreSQL's own texts of a constraint, an index and an expression name the tables without their schema when that is
/// in the search path: the same text then serves every schema.
constexpr const char* statements_query = R"(
with tenant_table as (
    select oid, relname as name, reloptions, relrowsecurity, relforcerowsecurity, relacl, relowner
      from pg_class
     where relnamespace = $1::regnamespace and relkind = 'r' and relname <> 'tenant_place'),
tenant_column as (
    select t.name as table_name, a.attnum, a.attname as name, a.attacl, t.relowner, a.attstorage, y.typstorage,
           format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
               || case when a.attcollation <> y.typcollation then format(' collate %I', c.collname) else '' end
               || case when d.oid is null then ''
                       when a.attgenerated = 's' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
                       else ' default ' || pg_get_expr(d.adbin, d.adrelid) end
               || case when a.attnotnull then ' not null' else '' end as definition
      from tenant_table t
      join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      join pg_type y on y.oid = a.atttypid
      left join pg_collation c on c.oid = a.attcollation
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum),
granted as (
    select t.name as table_name, x.grantee, x.privilege_type || '' as privilege, x.is_grantable
      from tenant_table t cross join lateral aclexplode(t.relacl) x where x.grantee <> t.relowner
     union all
    select c.table_name, x.grantee, format('%s (%I)', x.privilege_type, c.name), x.is_grantable
      from tenant_column c cross join lateral aclexplode(c.attacl) x where x.grantee <> c.relowner),
part (step, table_name, name, statement) as (
    select 1, t.name, '', format('create table %I (%s)', t.name,
               (select string_agg(definition, ', ' order by attnum) from tenant_column where table_name = t.name))
           || coalesce(' with (' || array_to_string(t.reloptions, ', ') || ')', '')
      from tenant_table t
     union all
    select 2, table_name, name, format('alter table %I alter column %I set storage %s', table_name, name,
               case attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end)
      from tenant_column where attstorage <> typstorage
     union all
    select case contype when 'f' then 4 else 3 end, t.name, conname,
           format('alter table %I add constraint %I %s', t.name, conname, pg_get_constraintdef(k.oid))
      from tenant_table t join pg_constraint k on k.conrelid = t.oid where contype in ('p', 'u', 'c', 'x', 'f')
     union all
    select 5, t.name, c.relname, pg_get_indexdef(i.indexrelid, 0, true)
      from tenant_table t join pg_index i on i.indrelid = t.oid join pg_class c on c.oid = i.indexrelid
     where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
     union all
    select 6, name, 'enable', format('alter table %I enable row level security', name) from tenant_table where relrowsecurity
     union all
    select 6, name, 'force', format('alter table %I force row level security', name) from tenant_table where relforcerowsecurity
     union all
    select 7, t.name, p.polname, format('create policy %I on %I as %s for %s to %s', p.polname, t.name,
               case when p.polpermissive then 'permissive' else 'restrictive' end,
               case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete'
                             else 'all' end,
               (select string_agg(case role when 0 then 'public' else role::regrole::text end, ', ' order by role)
                  from unnest(p.polroles) role))
           || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
           || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
      from tenant_table t join pg_policy p on p.polrelid = t.oid
     union all
    select 8, table_name, privilege, format('grant %s on %I to %s%s', privilege, table_name,
               case grantee when 0 then 'public' else grantee::regrole::text end,
               case when is_grantable then ' with grant option' else '' end)
      from granted
     union all
    select 9, t.name, g.tgname, pg_get_triggerdef(g.oid, true)
      from tenant_table t join pg_trigger g on g.tgrelid = t.oid where not g.tgisinternal)
select coalesce(string_agg(statement, E';\n' order by step, table_name collate "C", name collate "C", statement collate "C"), '')
  from part)";

/// What the query above does not see.
constexpr const char* unsaid_query = R"(
select coalesce(string_agg(what, ', ' order by what), '') from (
    select relname::text as what from pg_class
     where relnamespace = $1::regnamespace and relkind not in ('r', 'i', 't')
     union all
    select proname || '()' from pg_proc where pronamespace = $1::regnamespace
     union all
    select format('the identity column %s.%s', c.relname, a.attname)
      from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = $1::regnamespace and a.attidentity <> ''
     union all
    select typname::text from pg_type where typnamespace = $1::regnamespace and typtype in ('d', 'e', 'r')) as unsaid)";

}  // namespace

Baseline read_baseline(db::AdminConnection& connection, const std::string& schema) {
    connection.run("select set_config('search_path', $1, true)", db::Params().add(schema));
    const db::Params name = db::Params().add(schema);
    const db::Rows unsaid = connection.run(unsaid_query, name);
    if (!unsaid.text(0, 0).empty()) {
        throw std::runtime_error("the schema " + schema +
                                 " holds what a place for one tenant cannot have: " + std::string(unsaid.text(0, 0)));
    }
    Baseline baseline{.statements = std::string(connection.run(statements_query, name).text(0, 0)), .fingerprint = {}};
    baseline.fingerprint = crypto::hex(crypto::sha256(baseline.statements));
    return baseline;
}

}  // namespace terrace::tenancy
