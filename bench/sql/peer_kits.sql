-- The tables of the peer: as src/conformance/migrations has them, without row-level security. Django joins a maker by its
-- id alone, so that has an index of its own.
create table maker (
    tenant_id uuid not null, id uuid not null, version bigint not null, code text collate "C" not null,
    created_at timestamptz not null, updated_at timestamptz not null, primary key (tenant_id, id), unique (id)
);
create table kit (
    tenant_id uuid not null, id uuid not null, version bigint not null, code text collate "C" not null,
    name text not null, stage text not null, price bigint not null, weight bigint not null, fragile boolean not null,
    made_on date, contact text, note text, maker_id uuid, created_at timestamptz not null,
    updated_at timestamptz not null, primary key (tenant_id, id), unique (tenant_id, code)
);
create table part (
    tenant_id uuid not null, id uuid not null, version bigint not null, kit_id uuid not null, place bigint not null,
    code text not null, quantity bigint not null, note text, created_at timestamptz not null,
    updated_at timestamptz not null, primary key (tenant_id, id)
);
create index part_kit_idx on part (tenant_id, kit_id, place, id);
