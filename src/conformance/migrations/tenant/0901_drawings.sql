create table shared.drawing (
    tenant_id uuid not null,
    id uuid not null,
    version bigint not null default 1,
    code text collate "C" not null,
    plan uuid not null,
    picture uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id),
    constraint drawing_plan_fkey foreign key (tenant_id, plan, id)
        references shared.file (tenant_id, id, object_id),
    constraint drawing_picture_fkey foreign key (tenant_id, picture, id)
        references shared.file (tenant_id, id, object_id)
);
create index drawing_code_idx on shared.drawing (tenant_id, code, id);
call catalog.protect_tenant_table('shared.drawing');
