create table shared.$singular (
    tenant_id uuid not null,
    id uuid not null,
    version bigint not null default 1,
$columns
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    archived_at timestamptz,
$constraints
) with (fillfactor = 85);  -- room in each page, so that an update leaves the indexes alone
$indexes
call catalog.protect_tenant_table('shared.$singular');
$tokens
