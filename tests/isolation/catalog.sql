-- Questions to PostgreSQL's catalogs, each of which must have an empty answer: what it names is a hole in the wall between
-- tenants. pgTAP; catalog.py runs it in a transaction that is undone. Written apart from src/platform/db/self_check.cpp,
-- which asks the same at every start of the server: test_mutants.py makes each hole and wants both to see it.

-- Every table in a schema that holds tenants' rows. tenant_place says which tenants are here: no row of it is a tenant's
-- own, and it is read before there is a context.
create temporary view tenant_table as
    select c.oid, c.oid::regclass::text as name, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where (n.nspname = 'shared' or n.nspname ~ '^t_') and c.relkind in ('r', 'p', 'f')
       and not (n.nspname = 'shared' and c.relname = 'tenant_place');
-- What is not PostgreSQL's own, nor pgTAP's.
create temporary view own_schema as
    select oid, nspname from pg_namespace
     where nspname not in ('pg_catalog', 'information_schema', 'tap') and nspname !~ '^pg_(toast|temp)';
create temporary view server_role as
    select * from pg_roles where rolname in ('terrace_app', 'terrace_platform');
-- Rights on relations and on single columns of them.
create temporary view granted as
    select c.oid as relation, c.oid::regclass::text as name, x.grantee, x.privilege_type, x.is_grantable
      from (select oid as relation, relacl as acl from pg_class where relkind in ('r', 'p', 'f', 'v', 'm', 'S')
             union all
            select attrelid, attacl from pg_attribute where attacl is not null) acls
      join pg_class c on c.oid = acls.relation join own_schema n on n.oid = c.relnamespace
     cross join lateral aclexplode(acls.acl) x;

select no_plan();

-- PostgreSQL and the roles.
select is_empty($$
    select current_setting('server_version') where current_setting('server_version_num')::int < 150020
$$, 'a PostgreSQL below 15.20, whose row-level security leaks');
select is_empty($$
    select rolname from server_role
     where rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or not rolcanlogin
$$, 'a role of the server that could see past row-level security');
select is_empty($$
    select rolname from pg_roles where rolname = 'terrace_owner' and (rolcanlogin or rolsuper or rolbypassrls)
$$, 'an owner that can sign in');
select is_empty($$
    select r.rolname, m.roleid::regrole from pg_auth_members m join server_role r on r.oid = m.member
$$, 'a role of the server that is a member of another');
select is_empty($$
    select r.rolname, pg_describe_object(d.classid, d.objid, d.objsubid)
      from pg_shdepend d join server_role r on r.oid = d.refobjid
     where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
       and d.dbid in (0, (select oid from pg_database where datname = current_database()))
$$, 'a role of the server that owns something');
select is_empty($$
    select r.rolname, n.nspname from server_role r, pg_namespace n where has_schema_privilege(r.oid, n.oid, 'CREATE')
$$, 'a right of the server to create');
select is_empty($$
    select rolname from server_role where has_database_privilege(oid, current_database(), 'TEMPORARY')
                                       or has_database_privilege(oid, current_database(), 'CREATE')
$$, 'temporary tables, which could shadow a tenant''s, or new schemas');

-- The wall of each table.
select is_empty($$
    select 'shared.tenant_place' where to_regclass('shared.tenant_place') is null
$$, 'no list of the tenants that are here');
select is_empty($$
    select name from tenant_table where not (relrowsecurity and relforcerowsecurity)
$$, 'row-level security not enabled and forced');
select is_empty($$
    select name from tenant_table
     where not exists (
        select from pg_policy p where p.polrelid = tenant_table.oid and not p.polpermissive and p.polcmd = '*'
           and p.polroles = '{0}'
           and array[pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)] = array_fill(
               '(tenant_id = ( SELECT (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid '
               'AS "nullif"))'::text, array[2]))
$$, 'no restrictive policy for all commands and roles, with USING and WITH CHECK on the context and nothing else');
select is_empty($$
    select name from tenant_table where relowner <> 'terrace_owner'::regrole
$$, 'a table of tenants with another owner than terrace_owner');
select is_empty($$
    select i.inhrelid::regclass from pg_inherits i join tenant_table t on t.oid = i.inhparent
     where i.inhrelid not in (select oid from tenant_table)
       and (select relkind from pg_class where oid = i.inhrelid) in ('r', 'p', 'f')
$$, 'a child of a table of tenants that is none itself');
select is_empty($$
    select t.name, r.rulename from pg_rewrite r join tenant_table t on t.oid = r.ev_class
$$, 'a rule that rewrites statements on a table of tenants');

-- The tenant leads every key, so that no check or index compares rows of two.
select is_empty($$
    select name from tenant_table
     where not exists (select from pg_attribute a where a.attrelid = tenant_table.oid and a.attname = 'tenant_id'
                          and a.atttypid = 'uuid'::regtype and a.attnotnull and not a.attisdropped)
$$, 'a table of tenants without tenant_id uuid not null');
select is_empty($$
    select name from tenant_table
     where not exists (select from pg_index i where i.indrelid = tenant_table.oid and i.indisprimary)
$$, 'no primary key');
select is_empty($$
    select t.name, i.indexrelid::regclass from tenant_table t join pg_index i on i.indrelid = t.oid
      left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
     where a.attname is distinct from 'tenant_id'
$$, 'a key or index that does not lead with tenant_id');
select is_empty($$
    select t.name, k.conname from tenant_table t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      left join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      left join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
     where a.attname is distinct from 'tenant_id' or b.attname is distinct from 'tenant_id'
$$, 'a foreign key between tenants'' rows that does not pair tenant_id with tenant_id');
select is_empty($$
    select t.name, k.conname from tenant_table t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      join pg_class mine on mine.oid = k.conrelid join pg_class other on other.oid = k.confrelid
     where mine.relnamespace <> other.relnamespace
$$, 'a foreign key out of the tenants'' schema');
select is_empty($$
    select c.oid::regclass from pg_class c join own_schema n on n.oid = c.relnamespace
     where c.relkind = 'S' and (n.nspname = 'shared' or n.nspname ~ '^t_')
$$, 'a sequence, which has no row-level security, in a schema of tenants');

-- Rights. TRUNCATE and REFERENCES would pass row-level security by.
select is_empty($$
    select g.name, g.privilege_type from granted g join tenant_table t on t.oid = g.relation
     where g.grantee = 'terrace_app'::regrole
       and (g.is_grantable or g.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))
$$, 'a right of the application beyond DML');
select is_empty($$
    select g.name, g.privilege_type, g.grantee from granted g join tenant_table t on t.oid = g.relation
     where g.grantee not in ('terrace_owner'::regrole, 'terrace_app'::regrole)
$$, 'a right of anybody but the owner and the application');
select is_empty($$
    select g.name, g.privilege_type from granted g join pg_class c on c.oid = g.relation
      join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'catalog' and g.grantee in ('terrace_app'::regrole, 0)
$$, 'a right of the application in the catalog');
select is_empty($$
    select g.privilege_type, g.grantee from granted g
     where g.relation = to_regclass('shared.tenant_place')
       and (g.grantee = 0 or g.is_grantable and g.grantee <> 'terrace_owner'::regrole
            or g.grantee = 'terrace_app'::regrole and g.privilege_type <> 'SELECT')
$$, 'a right on tenant_place beyond reading for the application');
select is_empty($$
    select acl.privilege_type from pg_class c, aclexplode(c.relacl) acl
     where c.oid in (select oid from tenant_table where name ~ '\.audit_entry$')
       and acl.grantee = 'terrace_app'::regrole and acl.privilege_type not in ('SELECT', 'INSERT')
$$, 'audit that the application could rewrite');

-- What runs with another's rights.
select is_empty($$
    select c.oid::regclass from pg_class c join own_schema n on n.oid = c.relnamespace
     where c.relkind = 'm' or c.relkind = 'v' and not coalesce(
        (select option_value::bool from pg_options_to_table(c.reloptions) where option_name = 'security_invoker'), false)
$$, 'a view that runs with its owner''s rights, or a materialized one');
-- Functions that may run with their owner's rights: none yet. One that is added here needs a case in test_wall.py.
select is_empty($$
    select p.oid::regprocedure from pg_proc p join own_schema n on n.oid = p.pronamespace
     where p.prosecdef and p.oid::regprocedure::text <> all (array[]::text[])
       and (has_function_privilege('terrace_app', p.oid, 'EXECUTE')
            or has_function_privilege('terrace_platform', p.oid, 'EXECUTE')
            or not coalesce(p.proconfig::text like '%search_path=%', false))
$$, 'a function with its owner''s rights that the server may call, or with an open search_path');
select is_empty($$
    select p.oid::regprocedure from pg_proc p join own_schema n on n.oid = p.pronamespace where p.proleakproof
$$, 'a function that claims to be leakproof');

select * from finish();
