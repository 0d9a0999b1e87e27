"""The oracle sees only what is marked: every text and every byte that a clinic keeps holds its canary somewhere."""

import pytest

# Columns that can hold no word of one's own, each with the reason.
WITHOUT = {
    "audit_entry.action": "a name in the program",
    "audit_entry.client_address": "an address",
    "audit_entry.object_type": "a name in the program",
    "audit_entry.request_id": "the proxy's",
    "counter.name": "a name in the program",
    "file.field": "a name in the program",
    "file.media_type": "found by the program",
    "file.object_type": "a name in the program",
    "file.sha256": "a hash",
    "file.state": "one of a list",
    "household.phone_e164": "a phone: Clinic.phone",
    "idempotency_key.answer": "no action of the clinic has an answer of its own",
    "idempotency_key.request_hash": "a hash",
    "patient.dob_precision": "one of a list",
    "patient.phone": "a phone: Clinic.phone",
    "patient.phone_relation": "one of a list",
    "patient.pincode": "digits",
    "patient.sex": "one of a list",
    "role.slug": "a name that people's membership refers to",
    "role_permission.permission": "a name in the program",
    "role_permission.role_slug": "as role.slug",
    "settings.name": "a name in the program",
}
COLUMNS = """
    select c.relname || '.' || a.attname, c.relname, a.attname, a.atttypid = 'bytea'::regtype
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'shared'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'tenant_place'
      and (t.typcategory = 'S' or t.typname in ('json', 'jsonb', 'bytea', '_text', '_varchar'))
      and exists (select from pg_attribute x where x.attrelid = c.oid and x.attname = 'tenant_id')
    order by 1
"""


def test_every_text_column_holds_a_canary(world):
    columns = world.admin.rows(COLUMNS)
    missing, place = [], world.admin.place(world.b.id)
    for name, table, column, binary in columns:
        canary = world.b.canary
        shown = f"position('{canary}'::bytea in {column}) > 0" if binary else f"position('{canary}' in {column}::text) > 0"
        held = place.value(f"select count(*) from {{tenant}}.{table} where tenant_id = %s and {shown}", world.b.id)
        if (held > 0) == (name in WITHOUT):
            missing.append(name)
    assert not missing, f"columns without a canary, or with one although listed in WITHOUT: {missing}"
    assert set(WITHOUT) <= {name for name, *_ in columns}


@pytest.mark.parametrize("where", ["catalog.tenant.name where id", "catalog.user_account.full_name where id",
                                   "catalog.user_account.email where id"])
def test_the_catalog_holds_it_where_people_write(world, where):
    table, _, key = where.partition(" where ")
    name, column = table.rsplit(".", 1)
    value = world.b.id if "tenant" in where else world.b.user_id
    assert world.b.canary in world.admin.value(f"select {column} from {name} where {key} = %s", value)
