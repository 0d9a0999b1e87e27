-- From suspension to erasure: until when a tenant that is being deleted can come back, who did what to which tenant, and what
-- is kept of one that is gone.

alter table catalog.tenant add column delete_after timestamptz;
update catalog.tenant set delete_after = clock_timestamp() + interval '30 days' where state = 'deleting';
alter table catalog.tenant add constraint tenant_delete_after_check
    check ((state = 'deleting') = (delete_after is not null)) not valid;

-- For `before update or delete or truncate … for each statement`.
create function catalog.refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception 'rows of catalog.% stay as they were written', tg_table_name using errcode = 'restrict_violation';
end
$$;
revoke all on function catalog.refuse_change() from public;

-- What operators did to tenants. No foreign key: it outlives them.
create table catalog.tenant_event (
    sequence bigint generated always as identity primary key,
    tenant_id uuid not null,
    action text not null,
    actor text not null,
    reason text not null default '',
    at timestamptz not null default clock_timestamp(),
    constraint tenant_event_action_check check (action in ('suspend', 'read_only', 'reactivate', 'delete', 'erase')),
    constraint tenant_event_actor_check check (char_length(actor) between 1 and 200),
    constraint tenant_event_reason_check check (char_length(reason) <= 500)
);
create index tenant_event_tenant_idx on catalog.tenant_event (tenant_id, sequence);
create trigger tenant_event_stays before update or delete or truncate on catalog.tenant_event
    for each statement execute function catalog.refuse_change();

-- Certificates: what was erased of a tenant. The slug stands in it as a hash, by which whoever knows it finds the row.
create table catalog.erasure (
    tenant_id uuid primary key,
    slug_sha256 text not null,
    erased_at timestamptz not null,
    -- Canonical JSON (RFC 8785), as it was hashed.
    document text not null,
    sha256 text not null,
    constraint erasure_slug_sha256_check check (slug_sha256 ~ '^[0-9a-f]{64}$'),
    constraint erasure_sha256_check check (sha256 = encode(sha256(convert_to(document, 'UTF8')), 'hex'))
);
create index erasure_slug_idx on catalog.erasure (slug_sha256, erased_at);
create trigger erasure_stays before update or delete or truncate on catalog.erasure
    for each statement execute function catalog.refuse_change();

-- What a tenant's own database held, noted before it is dropped, which no transaction can undo. Once a row is here the
-- tenant cannot come back.
create table catalog.erasure_count (
    tenant_id uuid not null references catalog.tenant (id) on delete cascade,
    table_name text not null,
    row_count bigint not null,
    checksum text not null,
    primary key (tenant_id, table_name)
);

grant select on catalog.tenant_event, catalog.erasure, catalog.erasure_count to terrace_platform;
