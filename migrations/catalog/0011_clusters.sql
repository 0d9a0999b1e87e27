-- More clusters than the main one. `url_reference` is where servers find a cluster, as terrace_app; this is where commands
-- find it, as an administrator. Null: at the same reference, which then leads to an administrator's URL where a command runs.
alter table catalog.cluster
    add column admin_reference text constraint cluster_admin_reference_check
        check (admin_reference ~ '^(env:[A-Z][A-Z0-9_]*|file:/.+)$');
