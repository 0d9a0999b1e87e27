-- A hundred kits of five parts, by ten makers, of every tenant; {schema} and {tenants} are filled in. For both sides.
insert into {schema}maker (tenant_id, id, version, code, created_at, updated_at)
select t.id, md5(t.id || 'maker' || m)::uuid, 1, 'M' || m, now(), now() from {tenants} t, generate_series(0, 9) m;

insert into {schema}kit (tenant_id, id, version, code, name, stage, price, weight, fragile, made_on, contact, note,
                         maker_id, created_at, updated_at)
select t.id, md5(t.id || 'kit' || k)::uuid, 1, 'K' || k, 'Box number ' || k, 'draft', 100 * k, k, k % 2 = 0,
       date '2026-01-01' + k % 300, 'kit' || k || '@example.com', null, md5(t.id || 'maker' || k % 10)::uuid, now(), now()
from {tenants} t, generate_series(1, 100) k;

insert into {schema}part (tenant_id, id, version, kit_id, place, code, quantity, note, created_at, updated_at)
select t.id, md5(t.id || 'part' || k || '-' || p)::uuid, 1, md5(t.id || 'kit' || k)::uuid, p, 'bolt M' || p, p, null,
       now(), now()
from {tenants} t, generate_series(1, 100) k, generate_series(1, 5) p;
