-- In a transaction after the one that added it: reading all tenants keeps nobody from writing.
alter table catalog.tenant validate constraint tenant_locale_check;
