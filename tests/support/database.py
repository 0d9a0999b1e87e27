"""What an administrator sees and does in the stack's database, past row-level security."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import conninfo, sql


class Admin:
    def __init__(self, url: str) -> None:
        self.url = url
        self.connection = psycopg.connect(url, autocommit=True)
        self._places: dict[str, Place] = {}

    def rows(self, statement: str, *parameters: Any) -> list[tuple]:
        return self.connection.execute(statement, parameters or None).fetchall()

    def value(self, statement: str, *parameters: Any) -> Any:
        rows = self.rows(statement, *parameters)
        assert len(rows) == 1, f"{len(rows)} rows from: {statement}"
        return rows[0][0]

    def do(self, statement: str, *parameters: Any) -> int:
        """Runs a change and answers how many rows it touched."""
        return self.connection.execute(statement, parameters or None).rowcount

    def schema(self, tenant_id: str) -> str:
        """Where the tenant's rows are, for tenants of this database."""
        return self.value("select schema_name from catalog.tenant where id = %s", tenant_id)

    def place(self, tenant_id: str) -> Place:
        """Where the tenant's rows are, in whatever mode. It is asked once: a tenant that moves is none for this."""
        if tenant_id not in self._places:
            (schema, database), = self.rows("select schema_name, database_name from catalog.tenant where id = %s", tenant_id)
            at = Admin(conninfo.make_conninfo(self.url, dbname=database)) if database else self
            self._places[tenant_id] = Place(at, schema)
        return self._places[tenant_id]

    def tenant_tables(self, schema: str) -> list[str]:
        """The tables of a schema that hold tenants' rows."""
        return [
            name
            for (name,) in self.rows(
                """select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                   where c.relnamespace = %s::regnamespace and c.relkind in ('r', 'p')
                     and a.attname = 'tenant_id' and not a.attisdropped order by 1""",
                schema,
            )
        ]

    def fingerprint(self, tenant_id: str) -> dict[str, str]:
        """A checksum of all that a tenant holds, a table each, and of its rows in the catalog."""
        place = self.place(tenant_id)
        prints = {table: place.admin._hash(sql.Identifier(place.schema, table), "tenant_id", tenant_id)
                  for table in place.admin.tenant_tables(place.schema)}
        prints["catalog.tenant"] = self._hash(sql.Identifier("catalog", "tenant"), "id", tenant_id)
        prints["catalog.membership"] = self._hash(sql.Identifier("catalog", "membership"), "tenant_id", tenant_id)
        prints["catalog.user_account"] = self.value(
            "select md5(coalesce(string_agg(u::text, chr(10) order by u.id), '')) from catalog.user_account u"
            " where id in (select user_id from catalog.membership where tenant_id = %s)", tenant_id)
        return prints

    def _hash(self, table: sql.Identifier, column: str, tenant_id: str) -> str:
        statement = sql.SQL(
            "select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) from {} t where {} = %s"
        ).format(table, sql.Identifier(column))
        return self.connection.execute(statement, (tenant_id,)).fetchone()[0]

    def add_member(self, tenant_id: str, user_id: str, role: str) -> None:
        self.do("insert into catalog.membership (tenant_id, user_id, role_slug) values (%s, %s, %s)",
                tenant_id, user_id, role)

    def remove_member(self, tenant_id: str, user_id: str) -> float:
        """Ends a membership and answers when, by the monotonic clock."""
        assert self.do("delete from catalog.membership where tenant_id = %s and user_id = %s", tenant_id, user_id) == 1
        return time.monotonic()


@dataclass(frozen=True)
class Place:
    """A tenant's tables. `{tenant}` in a statement is their schema, as in the program's own."""

    admin: Admin
    schema: str

    @property
    def connection(self) -> psycopg.Connection:
        return self.admin.connection

    def rows(self, statement: str, *parameters: Any) -> list[tuple]:
        return self.admin.rows(self.spelled(statement), *parameters)

    def value(self, statement: str, *parameters: Any) -> Any:
        return self.admin.value(self.spelled(statement), *parameters)

    def do(self, statement: str, *parameters: Any) -> int:
        return self.admin.do(self.spelled(statement), *parameters)

    def spelled(self, statement: str) -> str:
        return statement.replace("{tenant}", self.schema)
