-- Files. Their bytes lie beside the rows that refer to them, so that they are written, moved, exported and erased with
-- their tenant.

-- What the tenant's files take, counted when an upload begins, so that two at once cannot go beyond the quota together:
-- the second waits for the first one's row. The quota is the installation's, as the last upload found it.
create table shared.file_usage (
    tenant_id uuid not null,
    bytes bigint not null,
    quota bigint not null,
    primary key (tenant_id),
    constraint file_usage_bytes_check check (bytes >= 0),
    constraint file_usage_quota_check check (bytes <= quota)
);
call catalog.protect_tenant_table('shared.file_usage');

create table shared.file (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,                  -- as its uploader calls it
    size bigint not null,                -- in bytes, as announced; a stored file has just so many
    chunk_size integer not null,         -- of every chunk but the last
    media_type text collate "C",         -- by the first chunk's content, never by the client's word
    sha256 bytea,
    state text collate "C" not null default 'uploading',
    created_by uuid not null,
    created_at timestamptz not null default now(),
    -- The object that holds it, in the audit's words, and the field. Kept when the object lets go of it, until the
    -- sweep: another object never takes it over.
    object_type text collate "C",
    object_id uuid,
    field text collate "C",
    expires_at timestamptz,              -- when the sweep may remove it; null while an object holds it
    primary key (tenant_id, id),
    -- What holds a file refers to it as (tenant_id, <field>, id): the database itself refuses a file of another object.
    constraint file_object_key unique (tenant_id, id, object_id),
    constraint file_name_check check (char_length(name) between 1 and 255),
    constraint file_size_check check (size > 0),
    constraint file_chunk_size_check check (chunk_size between 1 and 1048576),
    constraint file_state_check check (state in ('uploading', 'stored')),
    constraint file_stored_check
        check (state = 'uploading' or (octet_length(sha256) = 32 and media_type is not null)),
    constraint file_object_check check (num_nulls(object_type, object_id, field) in (0, 3)),
    constraint file_expiry_check check (expires_at is not null or (state = 'stored' and object_id is not null))
);
create index file_expiry_idx on shared.file (tenant_id, expires_at) where expires_at is not null;
call catalog.protect_tenant_table('shared.file');

-- Pieces that one request carries and one read fetches. Stored as they are: most files are compressed already, and a
-- part of an uncompressed value is read without the rest.
create table shared.file_chunk (
    tenant_id uuid not null,
    file_id uuid not null,
    ordinal integer not null,
    bytes bytea not null,
    primary key (tenant_id, file_id, ordinal),
    constraint file_chunk_file_fkey foreign key (tenant_id, file_id)
        references shared.file (tenant_id, id) on delete cascade,
    constraint file_chunk_ordinal_check check (ordinal >= 0),
    constraint file_chunk_bytes_check check (octet_length(bytes) between 1 and 1048576)
);
alter table shared.file_chunk alter column bytes set storage external;
call catalog.protect_tenant_table('shared.file_chunk');
