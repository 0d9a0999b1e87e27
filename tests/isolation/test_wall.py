"""The wall in PostgreSQL, seen from inside: catalogs, and SQL as the server's own role."""

import psycopg
import pytest
from psycopg import errors

import catalog
import wall


def test_the_catalogs_show_no_hole(world):
    assert catalog.findings(world.admin.connection) == {}


def test_a_report_that_is_not_whole_is_no_good_news():
    whole = [f"ok {number} - {name}" for number, name in enumerate(catalog.NAMES, 1)]
    assert catalog.parse(whole) == {}
    assert catalog.parse([f"not {whole[0]}", "# Failed test 1", *whole[1:]]) == {catalog.NAMES[0]: "# Failed test 1\n"}
    with pytest.raises(AssertionError):
        catalog.parse(whole[:-1])


def test_the_context_of_one_clinic_reaches_no_row_of_another(world):
    assert wall.holes(world.admin.connection, world.a.id, world.b.id) == []
    assert wall.truncatable(world.admin.connection) == []


def test_the_own_rows_are_in_reach(world):
    """Else the test above could not fail."""
    theirs = world.admin.value("select count(*) from shared.patient where tenant_id = %s", world.b.id)
    with wall.as_application(world.admin.connection, world.b.id):
        assert world.admin.value("select count(*) from shared.patient") == theirs > 0


@pytest.mark.parametrize("context", [None, "", "00000000-0000-0000-0000-000000000000"])
def test_without_a_context_there_are_no_rows_and_no_writes(world, context):
    assert wall.holes(world.admin.connection, context, world.b.id) == []
    with pytest.raises(errors.InsufficientPrivilege), wall.as_application(world.admin.connection, context):
        world.admin.do("insert into shared.settings (tenant_id, name, value) values (%s, 'a.b', 'c')", world.b.id)


def test_a_context_that_is_no_id_is_an_error(world):
    with pytest.raises(errors.InvalidTextRepresentation), wall.as_application(world.admin.connection, "' or true --"):
        world.admin.rows("select * from shared.patient")


def test_the_context_ends_with_its_transaction(world):
    with wall.as_application(world.admin.connection, world.b.id):
        pass
    assert world.admin.value("select coalesce(current_setting('app.tenant_id', true), '')") == ""
    assert wall.holes(world.admin.connection, None, world.b.id) == []


def test_a_new_row_cannot_be_given_to_another_clinic(world):
    row = "insert into shared.settings (tenant_id, name, value) values (%s, 'a.b', 'c')"
    conflict = f"{row} on conflict (tenant_id, name) do update set value = excluded.value"
    for statement in (row, conflict, f"{row} on conflict do nothing"):
        with pytest.raises(errors.InsufficientPrivilege), wall.as_application(world.admin.connection, world.a.id):
            world.admin.do(statement, world.b.id)


@pytest.mark.parametrize(("role", "schema"), [("terrace_app", "catalog"), ("terrace_platform", "shared")])
def test_each_role_of_the_server_knows_its_own_side_only(world, role, schema):
    tables = world.admin.rows(
        "select relname from pg_class where relnamespace = %s::regnamespace and relkind in ('r', 'v', 'p')", schema)
    assert tables
    for (table,) in tables:
        if table == "tenant_place":
            continue
        with pytest.raises(errors.InsufficientPrivilege), world.admin.connection.transaction(force_rollback=True):
            world.admin.do(f"set local role {role}")
            world.admin.rows(f"select * from {schema}.{table}")


def test_the_audit_cannot_be_rewritten(world):
    for statement in ("update shared.audit_entry set action = 'x'", "delete from shared.audit_entry",
                      "truncate shared.audit_entry"):
        with pytest.raises(errors.InsufficientPrivilege), wall.as_application(world.admin.connection, world.b.id):
            world.admin.do(statement)


@pytest.mark.parametrize("statement", [
    "set local role terrace_owner", "set local role terrace_platform", "set local role postgres",
    "create table shared.mine (x int)", "create temp table patient (x int)",
    "alter table shared.patient disable row level security", "drop policy tenant_wall on shared.patient",
    "create function shared.f() returns int language sql as 'select 1'", "copy shared.patient to program 'true'",
])
def test_the_application_cannot_raise_itself(world, statement):
    with pytest.raises(psycopg.Error), wall.as_application(world.admin.connection, world.a.id):
        # As if it had signed in by itself: a superuser below a role that was only set may take any other.
        world.admin.do("set local session authorization terrace_app")
        world.admin.do(statement)


def test_row_security_off_is_an_error_and_no_way_around(world):
    with pytest.raises(errors.InsufficientPrivilege), wall.as_application(world.admin.connection, world.a.id):
        world.admin.do("set local row_security = off")
        world.admin.rows("select * from shared.patient")
