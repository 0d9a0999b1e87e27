-- What people may do in a tenant. Roles are the tenant's data: a new tenant gets the platform's and the product's.

create table shared.role (
    tenant_id uuid not null,
    slug text not null,
    name text not null,
    -- Owner and admin: every permission that there is, also those of a later version.
    holds_all boolean not null default false,
    primary key (tenant_id, slug),
    constraint role_slug_check check (slug ~ '^[a-z][a-z0-9_]{0,39}$'),
    constraint role_name_check check (char_length(name) between 1 and 80)
);
call catalog.protect_tenant_table('shared.role');

create table shared.role_permission (
    tenant_id uuid not null,
    role_slug text not null,
    permission text not null,
    primary key (tenant_id, role_slug, permission),
    foreign key (tenant_id, role_slug) references shared.role (tenant_id, slug) on delete cascade
);
call catalog.protect_tenant_table('shared.role_permission');

-- Preferences of the organisation, by name; the program knows the names, their meaning and their defaults.
create table shared.settings (
    tenant_id uuid not null,
    name text not null,
    value text not null,
    primary key (tenant_id, name),
    constraint settings_name_check check (name ~ '^[a-z][a-z0-9_.]{0,79}$')
);
call catalog.protect_tenant_table('shared.settings');
