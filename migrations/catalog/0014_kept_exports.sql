-- What a move keeps of the rows that it takes away.

-- A folder with the export that a move took of a tenant's rows before it removed them where they were.
create table catalog.tenant_export (
    id uuid primary key,
    tenant_id uuid not null references catalog.tenant (id) on delete cascade,
    -- On the machine that ran the move.
    host text not null,
    folder text not null,
    -- `database on east`, `shared tables`: where the rows were.
    source text not null,
    taken_at timestamptz not null default clock_timestamp(),
    kept_until timestamptz not null default clock_timestamp() + interval '7 days',
    -- Null until it is whole and was read again: rows of all tables, and the SHA-256 of manifest.json.
    row_count bigint,
    manifest_sha256 text,
    -- Whether the rows are those that moved, to the last; else as they were a moment before writes were kept out.
    is_of_switch boolean not null default false,
    constraint tenant_export_folder_key unique (host, folder),
    constraint tenant_export_folder_check check (folder ~ '^/'),
    constraint tenant_export_whole_check check ((row_count is null) = (manifest_sha256 is null)),
    constraint tenant_export_of_switch_check check (not is_of_switch or row_count is not null)
);
create index tenant_export_tenant_idx on catalog.tenant_export (tenant_id, taken_at);

grant select on catalog.tenant_export to terrace_platform;
