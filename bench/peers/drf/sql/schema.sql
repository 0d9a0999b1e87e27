-- Both peers' tables: those of Terrace (migrations/tenant) with the same keys, indexes and checks, without row-level
-- security, which only Terrace pays for.

create table tenant (
    id uuid primary key,
    slug text not null unique,
    name text not null,
    time_zone text not null default 'Asia/Kolkata'
);

create table membership (
    tenant_id uuid not null references tenant (id),
    user_id uuid not null,
    role_slug text not null,
    primary key (tenant_id, user_id)
);

create table role_permission (
    tenant_id uuid not null references tenant (id),
    role_slug text not null,
    permission text not null,
    primary key (tenant_id, role_slug, permission)
);

create table counter (
    tenant_id uuid not null,
    name text collate "C" not null,
    value bigint not null,
    primary key (tenant_id, name)
);

create table household (
    tenant_id uuid not null,
    id uuid not null,
    phone_e164 text collate "C" not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    constraint household_phone_key unique (tenant_id, phone_e164)
);

create table patient (
    tenant_id uuid not null,
    id uuid not null,
    number bigint not null,
    name text not null,
    name_sort text collate "C" not null,
    sex text not null,
    born_on date not null,
    dob_precision text not null,
    phone text collate "C",
    phone_relation text,
    guardian_name text,
    email text,
    address text,
    city text,
    pincode text,
    household_id uuid,
    version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    archived_at timestamptz,
    primary key (tenant_id, id),
    constraint patient_number_key unique (tenant_id, number),
    constraint patient_household_fkey foreign key (tenant_id, household_id) references household (tenant_id, id),
    constraint patient_name_check check (char_length(name) between 1 and 200),
    constraint patient_sex_check check (sex in ('male', 'female', 'other', 'unknown')),
    constraint patient_dob_precision_check check (dob_precision in ('day', 'estimated')),
    constraint patient_phone_check check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    constraint patient_phone_relation_check
        check (phone_relation in ('self', 'parent', 'spouse', 'child', 'guardian', 'other')),
    constraint patient_pincode_check check (pincode ~ '^[1-9][0-9]{5}$')
) with (fillfactor = 85);
create index patient_created_at_idx on patient (tenant_id, created_at, id) where archived_at is null;
create index patient_name_idx on patient (tenant_id, name_sort, id) where archived_at is null;
create index patient_sex_idx on patient (tenant_id, sex, created_at, id) where archived_at is null;
create index patient_archived_idx on patient (tenant_id, created_at, id) where archived_at is not null;
create index patient_phone_idx on patient (tenant_id, phone) where phone is not null;

create table patient_token (
    tenant_id uuid not null,
    token text collate "C" not null,
    object_id uuid not null,
    primary key (tenant_id, token, object_id)
);

create table audit_entry (
    tenant_id uuid not null,
    id uuid not null,
    at timestamptz not null default clock_timestamp(),
    actor_id uuid,
    session_id uuid,
    action text not null,
    object_type text not null,
    object_id uuid,
    changes jsonb not null default '{}',
    client_address text not null,
    request_id text not null,
    primary key (tenant_id, id)
);
