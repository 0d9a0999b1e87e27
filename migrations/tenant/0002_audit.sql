-- Who did what to which object, from where. Append-only: the application may read and add, nothing else.

create table shared.audit_entry (
    tenant_id uuid not null,
    id uuid not null,  -- version 7: the primary key is in the order of time
    at timestamptz not null default clock_timestamp(),
    actor_id uuid,     -- null: the system
    session_id uuid,
    action text not null,
    object_type text not null,
    object_id uuid,
    changes jsonb not null default '{}',
    client_address text not null,
    request_id text not null,
    primary key (tenant_id, id)
);
call catalog.protect_tenant_table('shared.audit_entry');
revoke update, delete on shared.audit_entry from terrace_app;
