"""Questions to PostgreSQL's catalogs, each of which must have an empty answer: a hole in the wall between tenants."""

import psycopg

# tenant_place says which tenants are here: no row of it is a tenant's own, and it is read before there is a context.
TENANT_TABLES = """
    select c.oid, c.relname from pg_class c
    where c.relnamespace = 'shared'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'tenant_place'
"""

LINTS = {
    "a table of tenants without tenant_id uuid not null": f"""
        select t.relname from ({TENANT_TABLES}) t
        where not exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id'
                          and a.atttypid = 'uuid'::regtype and a.attnotnull and not a.attisdropped)""",
    "row-level security not enabled and forced": f"""
        select t.relname from ({TENANT_TABLES}) t join pg_class c on c.oid = t.oid
        where not (c.relrowsecurity and c.relforcerowsecurity)""",
    "no restrictive policy for all commands and roles, with USING and WITH CHECK on the context": f"""
        select t.relname from ({TENANT_TABLES}) t
        where not exists (
            select from pg_policy p where p.polrelid = t.oid and not p.polpermissive and p.polcmd = '*'
              and p.polroles = '{{0}}'
              and pg_get_expr(p.polqual, t.oid) like '%tenant_id = %app.tenant_id%'
              and pg_get_expr(p.polwithcheck, t.oid) like '%tenant_id = %app.tenant_id%')""",
    "a key or index that does not lead with tenant_id": f"""
        select t.relname || '.' || i.indexrelid::regclass from ({TENANT_TABLES}) t
        join pg_index i on i.indrelid = t.oid
        left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
        where a.attname is distinct from 'tenant_id'""",
    "no primary key": f"""
        select t.relname from ({TENANT_TABLES}) t
        where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)""",
    "a foreign key between tenants' rows that does not pair tenant_id with tenant_id": f"""
        select t.relname || '.' || k.conname from ({TENANT_TABLES}) t
        join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
        join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
        where a.attname <> 'tenant_id' or b.attname <> 'tenant_id'""",
    "a foreign key out of the tenants' schema": f"""
        select t.relname || '.' || k.conname from ({TENANT_TABLES}) t
        join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
        join pg_class other on other.oid = k.confrelid
        where other.relnamespace <> 'shared'::regnamespace""",
    "a right of the application beyond DML": f"""
        select t.relname || ': ' || acl.privilege_type from ({TENANT_TABLES}) t
        join pg_class c on c.oid = t.oid, aclexplode(c.relacl) acl
        where acl.grantee = 'terrace_app'::regrole
          and acl.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')""",
    "a right of anybody but the owner and the application": f"""
        select t.relname || ': ' || acl.grantee from ({TENANT_TABLES}) t
        join pg_class c on c.oid = t.oid, aclexplode(c.relacl) acl
        where acl.grantee not in (c.relowner, 'terrace_app'::regrole)""",
    "a table of tenants with another owner than terrace_owner": f"""
        select t.relname from ({TENANT_TABLES}) t join pg_class c on c.oid = t.oid
        where c.relowner <> 'terrace_owner'::regrole""",
    "a right of the application in the catalog": """
        select c.relname || ': ' || acl.privilege_type from pg_class c, aclexplode(c.relacl) acl
        where c.relnamespace = 'catalog'::regnamespace
          and acl.grantee in ('terrace_app'::regrole, 0::oid)""",
    "a right on tenant_place beyond reading for the application": """
        select acl.grantee::regrole::text || ': ' || acl.privilege_type from pg_class c, aclexplode(c.relacl) acl
        where c.oid = 'shared.tenant_place'::regclass
          and (acl.grantee = 0 or acl.grantee = 'terrace_app'::regrole and acl.privilege_type <> 'SELECT')""",
    "a right of terrace_platform among tenants' rows": f"""
        select t.relname || ': ' || acl.privilege_type from ({TENANT_TABLES}) t
        join pg_class c on c.oid = t.oid, aclexplode(c.relacl) acl
        where acl.grantee = 'terrace_platform'::regrole""",
    "audit that the application could rewrite": """
        select acl.privilege_type from pg_class c, aclexplode(c.relacl) acl
        where c.oid = 'shared.audit_entry'::regclass and acl.grantee = 'terrace_app'::regrole
          and acl.privilege_type not in ('SELECT', 'INSERT')""",
    "a role of the server that could see past row-level security": """
        select rolname from pg_roles where rolname in ('terrace_app', 'terrace_platform')
          and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or not rolcanlogin)""",
    "an owner that can sign in": """
        select rolname from pg_roles where rolname = 'terrace_owner' and (rolcanlogin or rolsuper)""",
    "a role of the server that is a member of another": """
        select m.member::regrole::text from pg_auth_members m
        where m.member in ('terrace_app'::regrole, 'terrace_platform'::regrole)""",
    "a right to create, for the server's roles or for all": """
        select n.nspname from pg_namespace n
        where has_schema_privilege('terrace_app', n.oid, 'CREATE')
           or has_schema_privilege('terrace_platform', n.oid, 'CREATE')""",
    "temporary tables, which could shadow a tenant's": """
        select r.rolname from pg_roles r where r.rolname in ('terrace_app', 'terrace_platform')
          and has_database_privilege(r.oid, current_database(), 'TEMPORARY')""",
    "a view that runs with its owner's rights": """
        select c.relname from pg_class c
        where c.relnamespace in ('shared'::regnamespace, 'catalog'::regnamespace)
          and (c.relkind = 'm' or c.relkind = 'v'
               and not coalesce(c.reloptions::text like '%security_invoker=true%', false))""",
    "a function with its owner's rights that all may call, or with an open search_path": """
        select p.proname from pg_proc p
        where p.pronamespace in ('shared'::regnamespace, 'catalog'::regnamespace) and p.prosecdef
          and (has_function_privilege('terrace_app', p.oid, 'EXECUTE')
               or not coalesce(p.proconfig::text like '%search_path=%', false))""",
    "a sequence, which has no row-level security, in the tenants' schema": """
        select c.relname from pg_class c
        where c.relnamespace = 'shared'::regnamespace and c.relkind = 'S'""",
    "a function that claims to be leakproof": """
        select p.proname from pg_proc p
        where p.pronamespace in ('shared'::regnamespace, 'catalog'::regnamespace) and p.proleakproof""",
    "a PostgreSQL below 15.20, whose row-level security leaks": """
        select current_setting('server_version') where current_setting('server_version_num')::int < 150020""",
}


def findings(connection: psycopg.Connection) -> dict[str, list[str]]:
    """What each lint found, where it found anything."""
    found = {what: [row[0] for row in connection.execute(question)] for what, question in LINTS.items()}
    return {what: names for what, names in found.items() if names}
