"""The statements that Terrace sends for a request, as PostgreSQL logs them, so that pgbench sends the very same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bench.support.console import BenchError
from bench.support.database import connect
from bench.support.settings import Settings

EXECUTED = re.compile(r"LOG:  execute [^:]+: (.*)")
GIVEN = re.compile(r"DETAIL:  parameters: (.*)")
PARAMETER = re.compile(r"\$(\d+) = (?:'((?:[^']|'')*)'|NULL)")


@dataclass
class Executed:
    sql: str
    parameters: dict[int, str | None]


def parse(log: str) -> list[Executed]:
    """In the order of the log; parameters by number, NULL as None."""
    found: list[Executed] = []
    for line in log.splitlines():
        if executed := EXECUTED.search(line):
            found.append(Executed(executed[1], {}))
        elif (given := GIVEN.search(line)) and found:
            for parameter in PARAMETER.finditer(given[1]):
                value = parameter[2]
                found[-1].parameters[int(parameter[1])] = None if value is None else value.replace("''", "'")
    return found


def log_statements(settings: Settings, wanted: bool) -> None:
    """Of Terrace's own role, from its next connection on."""
    change = "set log_statement = 'all'" if wanted else "reset log_statement"
    with connect(settings, "terrace") as admin:
        admin.execute(f"alter role terrace_app in database terrace {change}")


def record(settings: Settings, request: Callable[[], object]) -> list[Executed]:
    """What the request made Terrace execute; the first such request, which prepares, is to be made before."""
    log = settings.logs / "postgres.log"
    before = log.stat().st_size
    request()
    with open(log, "rb") as written:
        written.seek(before)
        found = parse(written.read().decode(errors="replace"))
    if not found:
        raise BenchError("PostgreSQL logged no statement of Terrace.")
    return found
