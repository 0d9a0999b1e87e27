"""The proof that the suite can go red: each hole, made on purpose in a copy of a database, is found.

By three eyes: the pgTAP tests of the catalogs, SQL as the server's role, and the server itself, which must refuse to start.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import psycopg
import pytest

import catalog
import wall
from chance import FULL, SEED
from resources import RESOURCES
from support.clinics import ORGANIZATION, expect, sign_up, token

CONTEXT = "tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid)".replace("''", "'")
# What is done to a table, and whether another tenant's rows are then in reach of the server's role.
ON_A_TABLE = {
    "policy dropped": ("drop policy tenant_wall on shared.{0}", True),
    "policy true": ("alter policy tenant_wall on shared.{0} using (true) with check (true)", True),
    "policy reads all": ("alter policy tenant_wall on shared.{0} using (true)", True),
    "policy lets all in": ("alter policy tenant_wall on shared.{0} with check (true)", True),
    "security off": ("alter table shared.{0} disable row level security", True),
    "not forced": ("alter table shared.{0} no force row level security", False),
    "policy permissive": ("drop policy tenant_wall on shared.{0};"
                          f"create policy tenant_wall on shared.{{0}} using ({CONTEXT}) with check ({CONTEXT})", True),
    "truncate granted": ("grant truncate on shared.{0} to terrace_app", False),
    "owned by the application": ("alter table shared.{0} owner to terrace_app", False),
    "policy for one role": ("alter policy tenant_wall on shared.{0} to terrace_platform", True),
}
TABLES = (
    "patient", "patient_token", "household", "counter",
    "role", "role_permission", "settings", "idempotency_key", "audit_entry",
    "file", "file_chunk", "file_usage", "organization",
)
# Holes elsewhere: the change, and what undoes it where it outlives the database.
ELSEWHERE = {
    "superuser": ("alter role terrace_app superuser", "alter role terrace_app nosuperuser"),
    "bypassrls": ("alter role terrace_app bypassrls", "alter role terrace_app nobypassrls"),
    "platform bypassrls": ("alter role terrace_platform bypassrls", "alter role terrace_platform nobypassrls"),
    "member of the owner": ("grant terrace_owner to terrace_app", "revoke terrace_owner from terrace_app"),
    "may make roles": ("alter role terrace_app createrole", "alter role terrace_app nocreaterole"),
    "may replicate": ("alter role terrace_app replication", "alter role terrace_app noreplication"),
    "index without tenant": ("create index leak on shared.patient (phone)", ""),
    "index on an expression": ("create index leak on shared.patient ((id::text), tenant_id)", ""),
    "foreign key without tenant": ("create unique index leak_key on shared.household (id);"
                                   "alter table shared.patient add constraint leak foreign key (household_id)"
                                   " references shared.household (id)", ""),
    "tenant may be null": ("alter table shared.settings drop constraint settings_pkey;"
                           "alter table shared.settings alter column tenant_id drop not null", ""),
    "unique without tenant": ("create unique index leak on shared.patient (id)", ""),
    "view of its owner": ("create view shared.leak as select * from shared.patient", ""),
    "materialized view": ("create materialized view catalog.leak as select * from shared.patient;"
                          "grant select on catalog.leak to terrace_app", ""),
    "function of its owner": ("create function shared.leak() returns bigint language sql security definer"
                              " as 'select count(*) from shared.patient'", ""),
    "leakproof function": ("create function shared.leak(int) returns int language sql leakproof as 'select $1'", ""),
    "schema of its own unprotected": ("create schema t_leak; create table t_leak.patient (id int)", ""),
    "unprotected table": ("create table shared.leak (tenant_id uuid not null, id uuid, primary key (tenant_id, id))",
                          ""),
    "catalog open to the application": ("grant select on catalog.credential to terrace_app", ""),
    "platform in tenants' rows": ("grant select on shared.patient to terrace_platform", ""),
    "everybody in tenants' rows": ("grant select on shared.patient to public", ""),
    "right on a column": ("grant references (id) on shared.patient to terrace_app", ""),
    "right to grant": ("grant select on shared.patient to terrace_app with grant option", ""),
    "places written": ("grant update on shared.tenant_place to terrace_app", ""),
    "temporary tables": ("grant temporary on database {database} to public", ""),
    "new schemas": ("grant create on database {database} to terrace_app", ""),
    "new tables": ("grant create on schema shared to terrace_platform", ""),
}


def on_tables() -> list[tuple[str, str]]:
    """Each hole in some tables, or in all."""
    chance = random.Random(SEED)
    return [(mutation, table) for mutation in ON_A_TABLE for table in (TABLES if FULL else chance.sample(TABLES, 4))]


@pytest.fixture(scope="module")
def whole(installation):
    """An installation with two clinics, no server running on it."""
    original = installation.copy("whole")
    server = original.server(TERRACE_NEW_TENANTS="shared").start()  # each hole is made in the shared tables
    try:
        clinics = [sign_up(server.client(), lambda slug: server.client(slug).host, name) for name in ("aaa", "bbb")]
        for clinic in clinics:
            for resource in RESOURCES:
                resource.create(clinic)
            expect(clinic.client.patch(ORGANIZATION, {"logo": clinic.new_file()["id"]}), 200)
            clinic.client.post("/api/v1/patients", clinic.patient_body(), headers={"Idempotency-Key": "k"})
    finally:
        server.stop()
    with psycopg.connect(original.admin_url) as admin:
        catalog.install(admin)  # the copies have it, too
        for clinic in clinics:
            admin.execute("insert into shared.settings (tenant_id, name, value) values (%s, 'a.b', 'c')", (clinic.id,))
    return original, clinics


@pytest.fixture
def copy(whole, request):
    """A copy to break, and its two clinics' ids."""
    original, (a, b) = whole
    number = next(_numbers)
    made = original.copy(f"mutant_{number}")
    try:
        yield made, a.id, b.id
    finally:
        made.cluster.drop_database(made.database)


_numbers = itertools.count()


def change(copy, statements: str) -> psycopg.Connection:
    connection = psycopg.connect(copy.admin_url, autocommit=True)
    for statement in filter(None, statements.split(";")):
        connection.execute(statement)
    return connection


def assert_refuses_to_start(copy, *named: str) -> None:
    server = copy.server()
    server.launch()
    try:
        assert server.process.wait(timeout=15) != 0
    finally:
        server.stop()
    for name in named:
        assert name in server.output(), server.output()


def test_the_whole_database_has_no_hole(copy):
    """Else a mutant would be found for another reason than its hole."""
    made, a, b = copy
    with change(made, "") as connection:
        assert catalog.findings(connection) == {}
        assert wall.holes(connection, a, b) == []
        assert sorted(wall.tenant_tables(connection)) == sorted(TABLES), "a new table of tenants: add it to TABLES"
        for table in TABLES:
            rows = connection.execute(f"select count(*) from shared.{table} where tenant_id = %s", (b,)).fetchone()[0]
            assert rows > 0, f"{table}: without a row of B, nothing could be seen to leak"
    assert made.run("doctor").returncode == 0


@pytest.mark.mutant
@pytest.mark.parametrize(("mutation", "table"), on_tables())
def test_a_hole_in_a_table_is_found(copy, mutation, table):
    made, a, b = copy
    statements, leaks = ON_A_TABLE[mutation]
    with change(made, statements.format(table)) as connection:
        assert table in str(catalog.findings(connection))
        holes = wall.holes(connection, a, b)
        assert leaks == any(hole.startswith(f"{table}:") for hole in holes)
    doctor = made.run("doctor")
    assert doctor.returncode == 1 and table in doctor.stdout + doctor.stderr


@pytest.mark.parametrize("mutation", ["policy dropped", "not forced", "security off"])
def test_the_server_refuses_to_start_and_names_the_table(copy, mutation):
    made, _, _ = copy
    with change(made, ON_A_TABLE[mutation][0].format("patient")):
        assert_refuses_to_start(made, "patient")


@pytest.fixture
def running(whole, copy):
    """A server on the copy, a client of A whose answers may hold no word of B, and B."""
    _, (a, b) = whole
    made, _, _ = copy
    server = made.server().start()
    try:
        tokens = expect(token(server.client(a.slug), a.email), 200).json()
        client = replace(server.client(a.slug), token=tokens["access_token"], forbidden=frozenset({b.canary}))
        yield made, client, b
    finally:
        server.stop()


def test_a_leak_is_seen_in_the_answers(running):
    """A view of its owner in the table's place, which says of every row that it is the asking clinic's: neither the
    policy nor the statements' own predicate holds it back. The oracle of every other test in this folder raises."""
    made, client, b = running
    expect(client.get("/api/v1/patients?ordering=name"), 200)
    with change(made, "") as connection:
        columns = connection.execute(
            "select string_agg(quote_ident(attname), ', ') from pg_attribute where attrelid = 'shared.patient'::regclass"
            " and attnum > 0 and not attisdropped and attname <> 'tenant_id'").fetchone()[0]
    leak = ("alter table shared.patient rename to patient_rows;"
            "create view shared.patient as select current_setting('app.tenant_id')::uuid as tenant_id,"
            f" {columns} from shared.patient_rows;"
            "grant select on shared.patient to terrace_app")
    with change(made, leak), pytest.raises(AssertionError, match=b.canary):
        client.get("/api/v1/patients")


@pytest.mark.mutant
@pytest.mark.parametrize("mutation", ELSEWHERE)
def test_a_hole_elsewhere_is_found(copy, mutation):
    made, _, _ = copy
    statement, undo = ELSEWHERE[mutation]
    with change(made, statement.format(database=made.database)) as connection:
        try:
            assert catalog.findings(connection)
            assert_refuses_to_start(made)
        finally:
            if undo:
                connection.execute(undo)
