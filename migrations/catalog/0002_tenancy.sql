-- Who the tenants are, who belongs to them, and the list of changes that every process's caches hear.

create table catalog.tenant (
    id uuid primary key,
    slug text not null,
    name text not null,
    -- provisioning → active ⇄ read_only, suspended → deleting. Hosts of a tenant that is provisioning are unknown.
    state text not null default 'provisioning',
    time_zone text not null default 'Asia/Kolkata',
    isolation text not null default 'shared',
    schema_name text not null default 'shared',
    -- The place's number: a unit that names an older one finds its tenant moved.
    epoch bigint not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint tenant_slug_key unique (slug),
    constraint tenant_slug_check check (slug ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$' and slug !~ '--'),
    constraint tenant_name_check check (char_length(name) between 1 and 200),
    constraint tenant_state_check check (state in ('provisioning', 'active', 'read_only', 'suspended', 'deleting')),
    constraint tenant_isolation_check check (isolation in ('shared', 'schema', 'database')),
    constraint tenant_epoch_check check (epoch > 0)
);

-- The sweep looks for what a crash left half made.
create index tenant_provisioning_idx on catalog.tenant (created_at) where state = 'provisioning';

-- A person's role in a tenant. The role itself is the tenant's data: <place>.role.
create table catalog.membership (
    tenant_id uuid not null references catalog.tenant (id) on delete cascade,
    user_id uuid not null,
    role_slug text not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, user_id),
    constraint membership_role_slug_check check (role_slug ~ '^[a-z][a-z0-9_]{0,39}$')
);

create index membership_user_idx on catalog.membership (user_id, tenant_id);

-- What caches hold and what has changed: one row a change, written by triggers in the transaction of the change, read
-- twice a second by every process, removed after an hour.
create table catalog.change (
    sequence bigserial primary key,
    kind text not null,
    object_id uuid not null,
    tenant_id uuid,
    at timestamptz not null default clock_timestamp(),
    constraint change_kind_check check (kind in ('tenant', 'membership', 'session'))
);

create index change_at_idx on catalog.change (at);

-- For `create trigger … for each row execute function catalog.record_change('<kind>')`: the kind tells which columns
-- name the object (tenant: id; membership: user_id and tenant_id; session: id).
create function catalog.record_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    changed record;
begin
    if tg_op = 'DELETE' then
        changed := old;
    else
        changed := new;
    end if;
    case tg_argv[0]
        when 'tenant' then
            insert into catalog.change (kind, object_id, tenant_id) values ('tenant', changed.id, changed.id);
        when 'membership' then
            insert into catalog.change (kind, object_id, tenant_id)
            values ('membership', changed.user_id, changed.tenant_id);
        when 'session' then
            insert into catalog.change (kind, object_id) values ('session', changed.id);
    end case;
    return null;
end
$$;

create trigger tenant_change
    after insert or update or delete on catalog.tenant
    for each row execute function catalog.record_change('tenant');

create trigger membership_change
    after insert or update or delete on catalog.membership
    for each row execute function catalog.record_change('membership');

revoke all on function catalog.record_change() from public;
grant select, insert, update, delete on catalog.tenant, catalog.membership, catalog.change to terrace_platform;
grant usage on sequence catalog.change_sequence_seq to terrace_platform;
