"""What a list with objects within its objects costs PostgreSQL, by PostgreSQL's own count: as many statements and units
whatever the number of objects."""

from __future__ import annotations

from typing import Callable

import psycopg
import pytest

from support.clinics import expect
from support.cluster import Cluster

KITS = "/api/v1/kits"
ROWS = 100
FILL = """
    with tenant as (select tenant_id as id from shared.maker where id = %(maker)s),
    made as (insert into shared.maker (tenant_id, id, code)
             select tenant.id, gen_random_uuid(), 'made ' || i from tenant, generate_series(1, %(rows)s) i
             returning tenant_id, id, code),
    kits as (insert into shared.kit (tenant_id, id, code, name, stage, price, weight, fragile, maker_id)
             select tenant_id, gen_random_uuid(), replace(code, 'made ', 'K'), 'Box', 'draft', 0, 0, false, id from made
             returning tenant_id, id)
    insert into shared.part (tenant_id, id, kit_id, place, code, quantity)
    select tenant_id, gen_random_uuid(), id, place, 'bolt', 1 from kits, generate_series(1, 3) place
"""
COUNTED = """
    select s.query, s.calls from pg_stat_statements s
    join pg_roles r on r.oid = s.userid join pg_database d on d.oid = s.dbid
    where r.rolname = 'terrace_app' and d.datname = current_database()
"""


@pytest.fixture
def admin(cluster: Cluster):
    with psycopg.connect(cluster.url("conformance"), autocommit=True) as connection:
        connection.execute("create extension if not exists pg_stat_statements")
        yield connection


@pytest.fixture
def owner(terrace, admin):
    admin.execute(FILL, {"maker": terrace.ids["maker"], "rows": ROWS})
    yield terrace.client.with_token(terrace.tokens["owner"])
    terrace.forget()
    admin.execute("delete from shared.maker where code like 'made %%'", ())


def statements(admin: psycopg.Connection, ask: Callable[[], None]) -> dict[str, int]:
    """How often each text was executed for the tenant meanwhile."""
    admin.execute("select pg_stat_statements_reset()")
    ask()
    return dict(admin.execute(COUNTED).fetchall())


@pytest.mark.parametrize("query, relations", [("expand=maker", 2), ("fields=code,parts.code", 1), ("fields=code", 0)])
def test_a_list_sends_as_many_statements_however_long_it_is(admin, owner, query, relations):
    def ask(count: int) -> None:
        rows = expect(owner.get(f"{KITS}?limit={count}&{query}"), 200).json()["results"]
        assert len(rows) == count
        if relations > 0:
            assert all(len(row["parts"]) == 3 for row in rows)
        if relations > 1:
            assert len({row["maker"]["id"] for row in rows}) == count

    ask(1)  # who asks is looked up once and then known
    counts = {count: statements(admin, lambda: ask(count)) for count in (1, 20, ROWS)}
    assert counts[1] == counts[20] == counts[ROWS]

    units = sum(calls for text, calls in counts[1].items() if "set_config" in text)
    others = {text: calls for text, calls in counts[1].items() if "set_config" not in text}
    assert units == (1 if relations == 0 else 2)
    assert sum(others.values()) == 1 + relations, others
