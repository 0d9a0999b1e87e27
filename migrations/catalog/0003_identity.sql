-- Who people are, how they prove it, and where they are signed in.

create table catalog.user_account (
    id uuid primary key,
    -- Lower case: the program folds it before it looks or writes.
    email text not null,
    full_name text not null,
    locale text not null default 'en',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint user_account_email_key unique (email),
    constraint user_account_email_check check (email = lower(email) and char_length(email) between 3 and 254),
    constraint user_account_full_name_check check (char_length(full_name) between 1 and 200)
);

alter table catalog.membership
    add constraint membership_user_id_fkey foreign key (user_id) references catalog.user_account (id) on delete cascade;

-- Apart from the account, so that nothing that reads accounts reads hashes.
create table catalog.credential (
    user_id uuid primary key references catalog.user_account (id) on delete cascade,
    -- Argon2id in its encoded form, with salt and cost.
    password_hash text not null,
    changed_at timestamptz not null default clock_timestamp()
);

-- A signed-in browser or program, with its family of refresh tokens. The family is a chain in which each token
-- determines its child, so the row keeps the hash of the newest one and its number; an older one proves itself by
-- deriving the newest (the parent) or by its own seal (any ancestor, whose use is theft).
create table catalog.session (
    id uuid primary key,
    -- The session in which the password was typed: itself, or the one that handed over to this host. Signing out ends
    -- all that share it.
    origin_id uuid not null,
    user_id uuid not null references catalog.user_account (id) on delete cascade,
    tenant_id uuid not null references catalog.tenant (id) on delete cascade,
    refresh_hash bytea not null,
    refresh_generation integer not null default 0,
    refreshed_at timestamptz not null default clock_timestamp(),
    created_at timestamptz not null default clock_timestamp(),
    last_seen_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    user_agent text not null default '',
    address text not null default '',
    constraint session_refresh_hash_check check (octet_length(refresh_hash) = 32)
);

create index session_user_idx on catalog.session (user_id);
create index session_origin_idx on catalog.session (origin_id);
create index session_tenant_idx on catalog.session (tenant_id);

create trigger session_change
    after update of revoked_at on catalog.session
    for each row
    when (old.revoked_at is null and new.revoked_at is not null)
    execute function catalog.record_change('session');

-- Access tokens are signed with the youngest key whose time has come; older ones verify until what they signed has
-- expired. The private JWK is sealed with a key derived from TERRACE_SECRET.
create table catalog.signing_key (
    kid text primary key,
    sealed_jwk bytea not null,
    created_at timestamptz not null default clock_timestamp(),
    not_before timestamptz not null,
    -- Set by hand when a key may be known to others: from then on it verifies nothing.
    retired_at timestamptz
);

-- Takes a sign-in from the root host to a tenant's host: once, within a minute, for the browser that holds the nonce.
create table catalog.handoff_code (
    code_hash bytea primary key,
    challenge text not null,
    user_id uuid not null references catalog.user_account (id) on delete cascade,
    session_id uuid not null references catalog.session (id) on delete cascade,
    tenant_id uuid not null references catalog.tenant (id) on delete cascade,
    expires_at timestamptz not null,
    used_at timestamptz
);

create index handoff_code_expires_idx on catalog.handoff_code (expires_at);
create index handoff_code_session_idx on catalog.handoff_code (session_id);

grant select, insert, update, delete
    on catalog.user_account, catalog.credential, catalog.session, catalog.signing_key, catalog.handoff_code
    to terrace_platform;
