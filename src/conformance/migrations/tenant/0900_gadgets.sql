-- The tables of the conformance suite's resource. They stand in no installation but the suite's own.
create table shared.gadget (
    tenant_id uuid not null,
    id uuid not null,
    version bigint not null default 1,
    code text collate "C" not null,
    name text not null,
    colour text,
    stock bigint not null,
    fragile boolean not null,
    made_on date,
    sold_at timestamptz,
    batch uuid,
    email text,
    note text,
    keyword text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    archived_at timestamptz,
    primary key (tenant_id, id),
    constraint gadget_code_key unique (tenant_id, code)
);
create index gadget_colour_idx on shared.gadget (tenant_id, colour, code, id);
create index gadget_stock_idx on shared.gadget (tenant_id, stock, id);
create index gadget_fragile_idx on shared.gadget (tenant_id, fragile, code, id);
create index gadget_made_on_idx on shared.gadget (tenant_id, made_on, code, id);
create index gadget_batch_idx on shared.gadget (tenant_id, batch, code, id);
create index gadget_created_at_idx on shared.gadget (tenant_id, created_at, id);
call catalog.protect_tenant_table('shared.gadget');

create table shared.gadget_token (
    tenant_id uuid not null,
    token text collate "C" not null,
    object_id uuid not null,
    primary key (tenant_id, token, object_id)
);
call catalog.protect_tenant_table('shared.gadget_token');
