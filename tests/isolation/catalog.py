"""Runs catalog.sql, the pgTAP tests of PostgreSQL's catalogs, on any database."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg

CHECKS = Path(__file__).with_name("catalog.sql").read_text(encoding="utf-8")
NAMES = [name.replace("''", "'") for name in re.findall(r"^\$\$, '(.+)'\);$", CHECKS, re.MULTILINE)]
LINE = re.compile(r"(ok|not ok) \d+ - (.+)")


def install(connection: psycopg.Connection) -> None:
    """pgTAP in a schema of its own; what is copied from this database has it, too. Its views would be findings."""
    connection.execute("create schema tap; create extension pgtap schema tap")
    for (view,) in connection.execute("select oid::regclass::text from pg_class where relkind = 'v'"
                                      " and relnamespace = 'tap'::regnamespace").fetchall():
        connection.execute(f"alter view {view} set (security_invoker = true); revoke all on {view} from public, current_user")


def findings(connection: psycopg.Connection) -> dict[str, str]:
    """What each check found, where it found anything. Leaves nothing behind."""
    lines: list[str] = []
    with connection.transaction(force_rollback=True):
        if not connection.execute("select to_regnamespace('tap')").fetchone()[0]:
            install(connection)
        connection.execute("set local search_path = pg_catalog, tap")
        results = connection.execute(CHECKS)
        while True:
            if results.description:
                lines += "\n".join(text for (text,) in results).splitlines()
            if not results.nextset():
                break
    return parse(lines)


def parse(lines: list[str]) -> dict[str, str]:
    """The failed tests of a TAP report with what was said of each; AssertionError when it is not whole."""
    found: dict[str, str] = {}
    ran = []
    for line in lines:
        if result := LINE.fullmatch(line):
            ran.append(result[2])
            if result[1] == "not ok":
                found[result[2]] = ""
        elif line.startswith("#") and ran and ran[-1] in found:
            found[ran[-1]] += line + "\n"
    assert ran == NAMES, "\n".join(lines)
    return found
