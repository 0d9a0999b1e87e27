"""The wall in PostgreSQL, seen from inside: catalogs, and SQL as the server's own role, where clinic B's rows are."""

import psycopg
import pytest
from psycopg import errors

import catalog
import wall


@pytest.fixture
def place(world):
    return world.admin.place(world.b.id)


def test_the_catalogs_show_no_hole(world, place):
    assert catalog.findings(world.admin.connection) == {}
    assert catalog.findings(place.connection) == {}


def test_a_report_that_is_not_whole_is_no_good_news():
    whole = [f"ok {number} - {name}" for number, name in enumerate(catalog.NAMES, 1)]
    assert catalog.parse(whole) == {}
    assert catalog.parse([f"not {whole[0]}", "# Failed test 1", *whole[1:]]) == {catalog.NAMES[0]: "# Failed test 1\n"}
    with pytest.raises(AssertionError):
        catalog.parse(whole[:-1])


def test_the_context_of_one_clinic_reaches_no_row_of_another(world, place):
    assert wall.holes(place.connection, world.a.id, world.b.id, place.schema) == []
    assert wall.truncatable(place.connection, place.schema) == []


def test_the_own_rows_are_in_reach(world, place):
    """Else the test above could not fail."""
    theirs = place.value("select count(*) from {tenant}.patient where tenant_id = %s", world.b.id)
    with wall.as_application(place.connection, world.b.id):
        assert place.value("select count(*) from {tenant}.patient") == theirs > 0


@pytest.mark.parametrize("context", [None, "", "00000000-0000-0000-0000-000000000000"])
def test_without_a_context_there_are_no_rows_and_no_writes(world, place, context):
    assert wall.holes(place.connection, context, world.b.id, place.schema) == []
    with pytest.raises(errors.InsufficientPrivilege), wall.as_application(place.connection, context):
        place.do("insert into {tenant}.settings (tenant_id, name, value) values (%s, 'a.b', 'c')", world.b.id)


def test_a_context_that_is_no_id_is_an_error(place):
    with pytest.raises(errors.InvalidTextRepresentation), wall.as_application(place.connection, "' or true --"):
        place.rows("select * from {tenant}.patient")


def test_the_context_ends_with_its_transaction(world, place):
    with wall.as_application(place.connection, world.b.id):
        pass
    assert place.value("select coalesce(current_setting('app.tenant_id', true), '')") == ""
    assert wall.holes(place.connection, None, world.b.id, place.schema) == []


def test_a_new_row_cannot_be_given_to_another_clinic(world, place):
    row = "insert into {tenant}.settings (tenant_id, name, value) values (%s, 'a.b', 'c')"
    conflict = f"{row} on conflict (tenant_id, name) do update set value = excluded.value"
    for statement in (row, conflict, f"{row} on conflict do nothing"):
        with pytest.raises(errors.InsufficientPrivilege), wall.as_application(place.connection, world.a.id):
            place.do(statement, world.b.id)


@pytest.mark.parametrize("role", ["terrace_app", "terrace_platform"])
def test_each_role_of_the_server_knows_its_own_side_only(world, place, role):
    admin, schema = (world.admin, "catalog") if role == "terrace_app" else (place.admin, place.schema)
    tables = admin.rows(
        "select relname from pg_class where relnamespace = %s::regnamespace and relkind in ('r', 'v', 'p')", schema)
    assert tables
    for (table,) in tables:
        if table == "tenant_place":
            continue
        with pytest.raises(errors.InsufficientPrivilege), admin.connection.transaction(force_rollback=True):
            admin.do(f"set local role {role}")
            admin.rows(f"select * from {schema}.{table}")


def test_the_audit_cannot_be_rewritten(world, place):
    for statement in ("update {tenant}.audit_entry set action = 'x'", "delete from {tenant}.audit_entry",
                      "truncate {tenant}.audit_entry"):
        with pytest.raises(errors.InsufficientPrivilege), wall.as_application(place.connection, world.b.id):
            place.do(statement)


@pytest.mark.parametrize("statement", [
    "set local role terrace_owner", "set local role terrace_platform", "set local role postgres",
    "create table {tenant}.mine (x int)", "create temp table patient (x int)",
    "alter table {tenant}.patient disable row level security", "drop policy tenant_wall on {tenant}.patient",
    "create function {tenant}.f() returns int language sql as 'select 1'", "copy {tenant}.patient to program 'true'",
])
def test_the_application_cannot_raise_itself(world, place, statement):
    with pytest.raises(psycopg.Error), wall.as_application(place.connection, world.a.id):
        # As if it had signed in by itself: a superuser below a role that was only set may take any other.
        place.do("set local session authorization terrace_app")
        place.do(statement)


def test_row_security_off_is_an_error_and_no_way_around(world, place):
    with pytest.raises(errors.InsufficientPrivilege), wall.as_application(place.connection, world.a.id):
        place.do("set local row_security = off")
        place.rows("select * from {tenant}.patient")
