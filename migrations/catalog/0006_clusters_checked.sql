-- In a transaction after the one that added them: reading all tenants keeps nobody from writing.
alter table catalog.tenant validate constraint tenant_cluster_fkey;
alter table catalog.tenant validate constraint tenant_place_check;
