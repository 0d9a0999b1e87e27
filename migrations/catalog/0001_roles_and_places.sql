-- The schema `shared` holds the tables of all tenants of mode `shared`, each behind row-level security, and says which
-- tenants have their place in this database. The roles and the schema `catalog` are the migrator's own work.

create schema shared;
revoke all on schema shared from public;
grant usage on schema shared to terrace_app, terrace_platform;

-- Read by every unit that must know whether the tenant is still here. `moving` and `read_only` can be read, `active`
-- alone can be written; a new epoch means a new place.
create table shared.tenant_place (
    tenant_id uuid primary key,
    epoch     bigint not null check (epoch > 0),
    state     text not null default 'active' check (state in ('active', 'moving', 'read_only', 'suspended'))
);
grant select on shared.tenant_place to terrace_app;
grant select, insert, update, delete on shared.tenant_place to terrace_platform;

-- The wall around a tenant's rows, in one place. To be called right after `create table` with what stands on it:
--     call catalog.protect_tenant_table('shared.patient');
-- Grants of a table that takes fewer kinds of statements (an audit log) are revoked afterwards by the caller.
create procedure catalog.protect_tenant_table(tenant_table regclass)
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    wall constant text := 'tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid)';
begin
    perform from pg_attribute
        where attrelid = tenant_table and attname = 'tenant_id' and atttypid = 'uuid'::regtype and attnotnull;
    if not found then
        raise exception '% needs a column "tenant_id uuid not null"', tenant_table;
    end if;
    perform from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indrelid = tenant_table and i.indisprimary and a.attname = 'tenant_id';
    if not found then
        raise exception '% needs a primary key that starts with tenant_id', tenant_table;
    end if;
    execute format('alter table %s owner to terrace_owner', tenant_table);
    execute format('alter table %s enable row level security', tenant_table);
    execute format('alter table %s force row level security', tenant_table);
    execute format('create policy tenant_wall on %s as restrictive for all using (%s) with check (%s)',
                   tenant_table, wall, wall);
    -- Restrictive policies only narrow what a permissive one shows.
    execute format('create policy tenant_rows on %s as permissive for all using (true) with check (true)',
                   tenant_table);
    execute format('revoke all on table %s from public, terrace_app, terrace_platform', tenant_table);
    execute format('grant select, insert, update, delete on table %s to terrace_app', tenant_table);
end;
$$;
revoke all on procedure catalog.protect_tenant_table(regclass) from public;
