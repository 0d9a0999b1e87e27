-- What an organisation keeps of itself beside its rows. Its name and address are the catalog's; its picture is a file, which
-- lies, moves and is erased with its tenant.

create table shared.organization (
    tenant_id uuid not null,
    id uuid not null,
    logo uuid,
    primary key (tenant_id, id),
    constraint organization_one_key unique (tenant_id),
    -- PostgreSQL itself refuses a file that another object holds.
    constraint organization_logo_fkey foreign key (tenant_id, logo, id) references shared.file (tenant_id, id, object_id)
);
call catalog.protect_tenant_table('shared.organization');
