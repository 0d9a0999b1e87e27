-- Places of one tenant each, beside the shared tables: a schema, or a database on a cluster.

-- PostgreSQL clusters by name. Their addresses hold passwords, so only where to find one is written here.
create table catalog.cluster (
    name text primary key,
    url_reference text not null,
    constraint cluster_name_check check (name ~ '^[a-z][a-z0-9-]{0,38}$'),
    constraint cluster_url_reference_check check (url_reference ~ '^(env:[A-Z][A-Z0-9_]*|file:/.+)$')
);
insert into catalog.cluster (name, url_reference) values ('main', 'env:DATABASE_URL');

-- Made ahead, since a schema takes a second to make and a sign-up has none: a tenant takes one that is spare.
create table catalog.place (
    -- Of the schema or of the database; random, so that no name of a tenant is in it.
    name text primary key,
    isolation text not null,
    cluster text not null default 'main' references catalog.cluster (name),
    -- Whose place it is. A spare one has an id already, under which a database knows it: the tenant that takes it gets it.
    tenant_id uuid not null,
    taken_at timestamptz,
    made_at timestamptz not null default clock_timestamp(),
    -- The files of migrations/ that concern it and that it has, and the hash of what its tables then were (terrace migrate).
    applied text[] not null default '{}',
    fingerprint text not null default '',
    -- `making`: half made. `failed`: the last migration was undone, `error` says why.
    state text not null default 'making',
    error text,
    constraint place_name_check check (name ~ '^t_[0-9a-f]{16}$'),
    constraint place_tenant_id_key unique (tenant_id),
    constraint place_isolation_check check (isolation in ('schema', 'database')),
    constraint place_cluster_check check (isolation = 'database' or cluster = 'main'),
    constraint place_state_check check (state in ('making', 'ready', 'failed')),
    constraint place_error_check check ((state = 'failed') = (error is not null))
);
create index place_spare_idx on catalog.place (isolation, made_at) where taken_at is null and state = 'ready';

alter table catalog.tenant
    add column cluster text not null default 'main',
    -- In mode `database`: the one of its own; the schema is `shared` there too.
    add column database_name text,
    add constraint tenant_cluster_fkey foreign key (cluster) references catalog.cluster (name) not valid,
    add constraint tenant_place_check check (case isolation
        when 'shared' then schema_name = 'shared' and database_name is null and cluster = 'main'
        when 'schema' then schema_name ~ '^t_[0-9a-f]{16}$' and database_name is null and cluster = 'main'
        else schema_name = 'shared' and database_name is not null end) not valid;

grant select, insert, update, delete on catalog.cluster to terrace_platform;
grant select, insert, update, delete on catalog.place to terrace_platform;

-- Set while a move is on: who reads then asks whether the rows are still where they were.
alter table catalog.tenant add column moving boolean not null default false;

-- A move that has begun: what a kill leaves is undone by it or carried on.
create table catalog.tenant_move (
    tenant_id uuid primary key references catalog.tenant (id) on delete cascade,
    isolation text not null,
    -- Of the schema or database that it moves to; null: the shared tables.
    place_name text,
    -- Of the schema or database that it leaves.
    old_name text,
    -- `copying`: can be undone. `left`: the old database has given it up, the catalog is still to follow.
    -- `emptying`: it has moved, the old database is still to be removed.
    phase text not null default 'copying',
    began_at timestamptz not null default clock_timestamp(),
    constraint tenant_move_isolation_check check (isolation in ('shared', 'schema', 'database')),
    constraint tenant_move_phase_check check (phase in ('copying', 'left', 'emptying'))
);
grant select, insert, update, delete on catalog.tenant_move to terrace_platform;
