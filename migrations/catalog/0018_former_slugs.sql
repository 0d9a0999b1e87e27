-- An organisation keeps three slugs that it has left, at most: else one that changes its slug again and again reserves any number.
-- Its row is locked by the change itself, so of several changes at once each sees what the one before has left.
create or replace function catalog.check_slug_free() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from catalog.former_slug f
                where f.slug = new.slug and f.tenant_id <> new.id and f.until > clock_timestamp()) then
        raise exception 'the slug is kept for the organisation that had it'
            using errcode = 'unique_violation', schema = 'catalog', table = 'tenant', constraint = 'tenant_slug_key';
    end if;
    -- One that is given is no former one: this organisation's own, or one that nobody keeps any more.
    delete from catalog.former_slug where slug = new.slug;
    if tg_op = 'UPDATE' then
        delete from catalog.former_slug where tenant_id = new.id and until <= clock_timestamp();
        if (select count(*) from catalog.former_slug where tenant_id = new.id) >= 3 then
            -- Told from the above by its SQLSTATE; the program of the release before takes it for the same.
            raise exception 'the organisation keeps as many former slugs as it may'
                using errcode = 'check_violation', schema = 'catalog', table = 'tenant', constraint = 'tenant_slug_key';
        end if;
        insert into catalog.former_slug (slug, tenant_id, until)
        values (old.slug, new.id, clock_timestamp() + interval '30 days')
        on conflict (slug) do update set tenant_id = excluded.tenant_id, until = excluded.until;
    end if;
    return null;
end
$$;
