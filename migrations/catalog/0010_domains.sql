-- Domains that organisations bring along. Anybody may claim one; it counts for whoever has proved it by a TXT record.

create table catalog.domain (
    id uuid primary key,
    tenant_id uuid not null references catalog.tenant (id) on delete cascade,
    -- One of a few places that each organisation has for domains: two claims at once cannot both take the last.
    slot smallint not null,
    -- Lower case, A-labels, no dot at the end: as a browser puts it into Host.
    domain text collate "C" not null,
    -- What the record must say; random, so that nobody can publish it ahead.
    token text not null,
    state text not null default 'pending',
    created_at timestamptz not null default clock_timestamp(),
    verified_at timestamptz,
    checked_at timestamptz,
    constraint domain_tenant_domain_key unique (tenant_id, domain),
    constraint domain_tenant_slot_key unique (tenant_id, slot),
    constraint domain_slot_check check (slot between 1 and 5),
    constraint domain_domain_check check (char_length(domain) <= 244
        and domain ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$'),
    constraint domain_token_check check (token ~ '^[A-Za-z0-9_-]{43}$'),
    constraint domain_state_check check (state in ('pending', 'verified')),
    constraint domain_verified_at_check check ((state = 'verified') = (verified_at is not null))
);
-- Many may claim one name, of whom one has it.
create unique index domain_verified_key on catalog.domain (domain) where state = 'verified';

-- A domain is a part of what is known of its tenant: who holds that forgets the whole.
create or replace function catalog.record_change() returns trigger
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
        when 'domain' then
            insert into catalog.change (kind, object_id, tenant_id)
            values ('tenant', changed.tenant_id, changed.tenant_id);
        when 'membership' then
            insert into catalog.change (kind, object_id, tenant_id)
            values ('membership', changed.user_id, changed.tenant_id);
        when 'session' then
            insert into catalog.change (kind, object_id) values ('session', changed.id);
    end case;
    return null;
end
$$;

create trigger domain_change
    after insert or delete or update of state, domain, tenant_id on catalog.domain
    for each row execute function catalog.record_change('domain');

grant select, insert, update, delete on catalog.domain to terrace_platform;
