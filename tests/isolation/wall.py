"""What SQL as terrace_app, in the context of one tenant, can do to the rows of another."""

from __future__ import annotations

from contextlib import contextmanager

import psycopg
from psycopg import errors, sql

TENANT_TABLES = """
    select relname from pg_class
    where relnamespace = %s::regnamespace and relkind in ('r', 'p') and relname <> 'tenant_place' order by 1
"""


def tenant_tables(connection: psycopg.Connection, schema: str = "shared") -> list[str]:
    return [name for (name,) in connection.execute(TENANT_TABLES, (schema,))]


@contextmanager
def as_application(connection: psycopg.Connection, tenant: str | None):
    """A transaction as the server's role, always undone. A superuser who takes a role has that role's rights only."""
    with connection.transaction(force_rollback=True):
        connection.execute("set local role terrace_app")
        if tenant is not None:
            connection.execute("select set_config('app.tenant_id', %s, true)", (tenant,))
        yield


def attempts(schema: str, table: str, a: str, b: str) -> dict[str, sql.Composed]:
    name, mine, theirs = sql.Identifier(schema, table), sql.Literal(a), sql.Literal(b)
    return {
        "reads": sql.SQL("select 1 from {} where tenant_id = {}").format(name, theirs),
        "reads without saying whose": sql.SQL("select 1 from {} where tenant_id <> {}").format(name, mine),
        "locks": sql.SQL("select 1 from {} where tenant_id = {} for update").format(name, theirs),
        "updates": sql.SQL("update {} set tenant_id = tenant_id where tenant_id = {}").format(name, theirs),
        "takes": sql.SQL("update {} set tenant_id = {} where tenant_id = {}").format(name, mine, theirs),
        "gives away": sql.SQL("update {} set tenant_id = {} where tenant_id = {}").format(name, theirs, mine),
        "adds": sql.SQL(
            "insert into {0} "
            "select (jsonb_populate_record(null::{0}, to_jsonb(t) || jsonb_build_object('tenant_id', {1}))).* "
            "from {0} t where tenant_id = {2} limit 1"
        ).format(name, theirs, mine),
        "deletes": sql.SQL("delete from {} where tenant_id = {}").format(name, theirs),
    }


def holes(connection: psycopg.Connection, a: str | None, b: str, schema: str = "shared") -> list[str]:
    """Each table of `schema` with what a session of tenant `a` (or without a tenant) could do there to the rows of `b`."""
    found = []
    own = a or "00000000-0000-0000-0000-000000000000"
    for table in tenant_tables(connection, schema):
        for what, statement in attempts(schema, table, own, b).items():
            try:
                with as_application(connection, a):
                    touched = connection.execute(statement).rowcount
            except errors.InsufficientPrivilege:
                continue  # a policy or a missing grant
            except errors.IntegrityError:
                touched = 1  # only a key stood in the way
            if touched:
                found.append(f"{table}: {what}")
    return found


def truncatable(connection: psycopg.Connection, schema: str) -> list[str]:
    """TRUNCATE knows no row-level security."""
    return [
        table
        for table in tenant_tables(connection, schema)
        if connection.execute("select has_table_privilege('terrace_app', %s, 'TRUNCATE')",
                              (f"{schema}.{table}",)).fetchone()[0]
    ]
