-- Patients. A phone belongs to a household, never to one patient; a household is a hint for grouping, no more.

-- Numbers that people read, one row a series. They may have gaps: a number is taken before the row that uses it.
create table shared.counter (
    tenant_id uuid not null,
    name text collate "C" not null,
    value bigint not null,
    primary key (tenant_id, name)
);
call catalog.protect_tenant_table('shared.counter');

create table shared.household (
    tenant_id uuid not null,
    id uuid not null,
    phone_e164 text collate "C" not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    constraint household_phone_key unique (tenant_id, phone_e164)
);
call catalog.protect_tenant_table('shared.household');

create table shared.patient (
    tenant_id uuid not null,
    id uuid not null,
    number bigint not null,
    name text not null,
    name_sort text collate "C" not null,  -- the name folded: case and accents gone
    sex text not null,
    born_on date not null,                -- with precision `estimated`: the year that an age in years gave
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
    constraint patient_household_fkey foreign key (tenant_id, household_id)
        references shared.household (tenant_id, id),
    constraint patient_name_check check (char_length(name) between 1 and 200),
    constraint patient_sex_check check (sex in ('male', 'female', 'other', 'unknown')),
    constraint patient_dob_precision_check check (dob_precision in ('day', 'estimated')),
    constraint patient_phone_check check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    constraint patient_phone_relation_check
        check (phone_relation in ('self', 'parent', 'spouse', 'child', 'guardian', 'other')),
    constraint patient_pincode_check check (pincode ~ '^[1-9][0-9]{5}$')
);
-- The orderings of the list; `number` is served by its unique key.
create index patient_created_at_idx on shared.patient (tenant_id, created_at, id) where archived_at is null;
create index patient_name_idx on shared.patient (tenant_id, name_sort, id) where archived_at is null;
create index patient_sex_idx on shared.patient (tenant_id, sex, created_at, id) where archived_at is null;
create index patient_archived_idx on shared.patient (tenant_id, created_at, id) where archived_at is not null;
create index patient_phone_idx on shared.patient (tenant_id, phone) where phone is not null;
call catalog.protect_tenant_table('shared.patient');

-- Search: one row a word, folded; phones as digits, and backwards after `<` for searches by the last digits. Kept by
-- the resource layer in the statement that writes the patient, so no foreign key pays for each word.
create table shared.patient_token (
    tenant_id uuid not null,
    token text collate "C" not null,
    object_id uuid not null,
    primary key (tenant_id, token, object_id)
);
call catalog.protect_tenant_table('shared.patient_token');
