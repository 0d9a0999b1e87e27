-- The tables of the conformance suite's resources. They stand in no installation but the suite's own.
create table shared.maker (
    tenant_id uuid not null,
    id uuid not null,
    version bigint not null default 1,
    code text collate "C" not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id),
    constraint maker_code_key unique (tenant_id, code)
);
create index maker_code_idx on shared.maker (tenant_id, code, id);
call catalog.protect_tenant_table('shared.maker');

create table shared.purchase (
    tenant_id uuid not null,
    id uuid not null,
    version bigint not null default 1,
    code text collate "C" not null,
    status text not null,
    quantity bigint not null,
    maker_id uuid,
    reason text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    archived_at timestamptz,
    primary key (tenant_id, id),
    constraint purchase_code_key unique (tenant_id, code),
    constraint purchase_status_check check (status in ('draft', 'placed', 'delivered', 'cancelled')),
    constraint purchase_maker_fkey foreign key (tenant_id, maker_id) references shared.maker (tenant_id, id)
);
create index purchase_maker_idx on shared.purchase (tenant_id, maker_id, code, id);
call catalog.protect_tenant_table('shared.purchase');

create table shared.task (
    tenant_id uuid not null,
    id uuid not null,
    version bigint not null default 1,
    code text collate "C" not null,
    status text not null,
    owner_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id),
    constraint task_status_check check (status in ('open', 'done'))
);
create index task_code_idx on shared.task (tenant_id, code, id);
create index task_owner_idx on shared.task (tenant_id, owner_id, code, id);
call catalog.protect_tenant_table('shared.task');

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
    price bigint not null,  -- in paise
    cost bigint,
    opens time,
    warranty bigint,        -- in seconds
    website text,
    handle text,
    address text,
    maker_id uuid,
    shelf text collate "C",
    place bigint,
    tags text[] not null,
    sizes bigint[] not null,
    extra jsonb,
    margin bigint,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    archived_at timestamptz,
    primary key (tenant_id, id),
    constraint gadget_code_key unique (tenant_id, code),
    constraint gadget_place_key unique (tenant_id, shelf, place),
    constraint gadget_maker_fkey foreign key (tenant_id, maker_id) references shared.maker (tenant_id, id)
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

create table shared.kit (
    tenant_id uuid not null,
    id uuid not null,
    version bigint not null default 1,
    code text collate "C" not null,
    name text not null,
    stage text not null,
    price bigint not null,  -- in paise
    weight bigint not null,
    fragile boolean not null,
    made_on date,
    contact text,
    note text,
    maker_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id),
    constraint kit_code_key unique (tenant_id, code),
    constraint kit_stage_check check (stage in ('draft', 'packed', 'sent')),
    constraint kit_maker_fkey foreign key (tenant_id, maker_id) references shared.maker (tenant_id, id)
);
create index kit_stage_idx on shared.kit (tenant_id, stage, code, id);
create index kit_made_on_idx on shared.kit (tenant_id, made_on, code, id);
create index kit_weight_idx on shared.kit (tenant_id, weight, id);
call catalog.protect_tenant_table('shared.kit');

create table shared.kit_token (
    tenant_id uuid not null,
    token text collate "C" not null,
    object_id uuid not null,
    primary key (tenant_id, token, object_id)
);
call catalog.protect_tenant_table('shared.kit_token');

create table shared.part (
    tenant_id uuid not null,
    id uuid not null,
    version bigint not null default 1,
    kit_id uuid not null,
    place bigint not null,
    code text not null,
    quantity bigint not null,
    note text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id),
    constraint part_kit_fkey foreign key (tenant_id, kit_id) references shared.kit (tenant_id, id)
);
create index part_kit_idx on shared.part (tenant_id, kit_id, place, id);
create index part_place_idx on shared.part (tenant_id, place, id);
call catalog.protect_tenant_table('shared.part');
