-- What an organisation says of itself, and what becomes of an address that it leaves.

alter table catalog.tenant
    -- How dates, numbers and messages of the organisation are written.
    add column locale text not null default 'en-IN',
    -- Of what its people may change: counts the changes.
    add column version bigint not null default 1,
    add constraint tenant_locale_check check (locale in ('en-IN', 'hi-IN')) not valid;

-- Slugs that organisations have left: nobody else gets one for a while, so that no bookmark leads to strangers.
create table catalog.former_slug (
    slug text primary key,
    tenant_id uuid not null references catalog.tenant (id) on delete cascade,
    until timestamptz not null
);
create index former_slug_tenant_idx on catalog.former_slug (tenant_id);
grant select, insert, update, delete on catalog.former_slug to terrace_platform;

-- After the row, whose unique key has by then waited for whoever was leaving this slug: its former holder is seen here.
create function catalog.check_slug_free() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from catalog.former_slug f
                where f.slug = new.slug and f.tenant_id <> new.id and f.until > clock_timestamp()) then
        raise exception 'the slug is kept for the organisation that had it'
            using errcode = 'unique_violation', schema = 'catalog', table = 'tenant', constraint = 'tenant_slug_key';
    end if;
    if tg_op = 'UPDATE' then
        insert into catalog.former_slug (slug, tenant_id, until)
        values (old.slug, new.id, clock_timestamp() + interval '30 days')
        on conflict (slug) do update set tenant_id = excluded.tenant_id, until = excluded.until;
    end if;
    return null;
end
$$;
revoke all on function catalog.check_slug_free() from public;
create trigger tenant_slug_given after insert on catalog.tenant
    for each row execute function catalog.check_slug_free();
create trigger tenant_slug_changed after update of slug on catalog.tenant
    for each row when (old.slug is distinct from new.slug) execute function catalog.check_slug_free();

-- An owner may ask for the deletion of the organisation from the web: the one act upon tenants that a server writes.
create function catalog.refuse_acts_of_operators() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if current_user = 'terrace_platform' and new.action <> 'delete' then
        raise exception 'only operators do this to a tenant: %', new.action using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
revoke all on function catalog.refuse_acts_of_operators() from public;
create trigger tenant_event_of_server before insert on catalog.tenant_event
    for each row execute function catalog.refuse_acts_of_operators();
grant insert on catalog.tenant_event to terrace_platform;
