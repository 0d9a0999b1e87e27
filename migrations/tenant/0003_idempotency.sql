-- Writes that were done, by the client's Idempotency-Key: the row is written in the unit of the effect, so the key is
-- kept exactly when the effect is. A second try reads it and is answered with the object as it is now. Only successes
-- are kept, for 24 hours; after that a row counts as absent, and a sweep removes it.

create table shared.idempotency_key (
    tenant_id uuid not null,
    user_id uuid not null,
    key text collate "C" not null,
    request_hash bytea not null,  -- SHA-256 of method, path and body
    status smallint not null,
    object_id uuid not null,
    object_version bigint not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, user_id, key),
    constraint idempotency_key_length_check check (char_length(key) between 1 and 255)
);
create index idempotency_key_age_idx on shared.idempotency_key (tenant_id, created_at);
call catalog.protect_tenant_table('shared.idempotency_key');
