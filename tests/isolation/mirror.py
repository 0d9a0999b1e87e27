"""A clinic that collides with another in everything but its tenant: the same ids, keys, numbers and search words.

PostgreSQL lets it be, since tenant_id leads every key. A statement that forgets the tenant meets its rows first.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

import wall
from support.clinics import Clinic

TENANT = "00000000-0000-7000-8000-0000000000b1"  # before every real one, in each index
CANARY = "cnry000themirror"  # as long as a real one, and before it in every order
# Search words of the mirror alone: one before, one between and one after those of the clinic, which the program looks up
# in the order of their length.
WORDS = ("xyzzymirrorofaclinic", "xyzzymirror", "xyzm")
# And the end of a phone, which is looked up backwards, in three lengths.
PHONE = "770123456789123"
DIGITS = (PHONE, PHONE[-10:], PHONE[-4:])


class Mirror:
    def __init__(self, connection: psycopg.Connection, original: Clinic) -> None:
        assert len(original.canary) == len(CANARY)
        self.connection = connection
        self.original = original

    def renew(self) -> None:
        """Copies all that the clinic holds now. The copies come to stand before its own rows on the disk, too."""
        with self.connection.transaction():
            self.connection.execute("set local session_replication_role = replica")  # no triggers, foreign keys among them
            for table in wall.tenant_tables(self.connection):
                self._copy(sql.Identifier("shared", table), self._bytes_of(table))
            self._make_different()
        self.marks = self.fingerprint()

    def remove(self) -> None:
        with self.connection.transaction():
            self.connection.execute("set local session_replication_role = replica")
            for table in wall.tenant_tables(self.connection):
                self.connection.execute(
                    sql.SQL("delete from {} where tenant_id = %s").format(sql.Identifier("shared", table)), (TENANT,))

    def _bytes_of(self, table: str) -> list[str]:
        return [name for (name,) in self.connection.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and atttypid = 'bytea'::regtype"
            " and attnum > 0 and not attisdropped", (f"shared.{table}",))]

    def _copy(self, table: sql.Identifier, binary: list[str]) -> None:
        self.connection.execute(sql.SQL("delete from {} where tenant_id = %s").format(table), (TENANT,))
        self.connection.execute(
            sql.SQL(
                "insert into {0} select (jsonb_populate_record(null::{0},"
                " replace(to_jsonb(t)::text, %s, %s)::jsonb || jsonb_build_object('tenant_id', %s::text))).*"
                " from {0} t where tenant_id = %s"
            ).format(table),
            (self.original.canary, CANARY, TENANT, self.original.id),
        )
        for column in map(sql.Identifier, binary):
            # As long as before, and other bytes.
            self.connection.execute(
                sql.SQL("update {0} set {1} = set_byte({1}, 0, get_byte({1}, 0) # 255) where tenant_id = %s")
                .format(table, column), (TENANT,))
        self._put_before(table)

    def _make_different(self) -> None:
        """What would not tell the two apart although it decides something: who may what, what is found by which word,
        and which key is old."""
        do = self.connection.execute
        do("insert into shared.role_permission select tenant_id, slug, permission from shared.role,"
           " (select distinct permission from shared.role_permission union values ('patients.archive')) p"
           " where tenant_id = %s on conflict do nothing", (TENANT,))
        do("update shared.role set name = %s || slug, holds_all = not holds_all where tenant_id = %s", (CANARY, TENANT))
        do("insert into shared.patient_token select tenant_id, word, id from shared.patient, unnest(%s::text[]) word"
           " where tenant_id = %s", ([*WORDS, f"<{PHONE[::-1]}"], TENANT))
        do("update shared.idempotency_key set created_at = created_at - interval '23 hours' where tenant_id = %s",
           (TENANT,))

    def age_keys(self) -> None:
        """Its idempotency keys are so old that one may be used anew, and those of the clinic are gone."""
        self.connection.execute("update shared.idempotency_key set created_at = now() - interval '25 hours'"
                                " where tenant_id = %s", (TENANT,))
        self.connection.execute("delete from shared.idempotency_key where tenant_id = %s", (self.original.id,))
        self.marks = self.fingerprint()

    def change(self, table: str, assignments: str, *values: object) -> None:
        """Of all its rows in the table, which still stand before those of the clinic."""
        at = sql.Identifier("shared", table)
        with self.connection.transaction():
            self.connection.execute("set local session_replication_role = replica")
            self.connection.execute(sql.SQL("update {} set {} where tenant_id = %s").format(at, sql.SQL(assignments)),
                                    (*values, TENANT))
            self._put_before(at)
        self.marks = self.fingerprint()

    def _put_before(self, table: sql.Identifier) -> None:
        self.connection.execute(
            sql.SQL("update {} set tenant_id = tenant_id where tenant_id = %s").format(table), (self.original.id,))

    def fingerprint(self) -> dict[str, str]:
        return {table: self._hash(table) for table in wall.tenant_tables(self.connection)}

    def _hash(self, table: str) -> str:
        return self.connection.execute(
            sql.SQL("select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) from {} t"
                    " where tenant_id = %s").format(sql.Identifier("shared", table)), (TENANT,)).fetchone()[0]

    def assert_untouched(self) -> None:
        assert self.fingerprint() == self.marks, "rows of another clinic changed"
