"""Runs the named scenarios and keeps what they found. Started by bin/bench, which made the cluster."""

from __future__ import annotations

import signal
import sys

import psycopg

from bench.scenarios import api, download, idle, logins, neighbour, nested, overload, search, tenants
from bench.support import database, report, seed, wrk
from bench.support.console import BenchError, say, step
from bench.support.sessions import Sessions
from bench.support.settings import Settings

SCENARIOS = {
    "api": api,
    "search": search,
    "nested": nested,
    "csv": download,
    "idle": idle,
    "overload": overload,
    "neighbour": neighbour,
    "logins": logins,
    "tenants": tenants,
}


def main(names: list[str]) -> int:
    settings = Settings()
    wrk.allow_many_sockets()
    seeded = [name for name in names if not getattr(SCENARIOS[name], "SEEDS_ITSELF", False)]
    if seeded and not database.is_seeded(settings):
        seed.seed(settings)
    missed = 0
    for name in names:
        if name in seeded:
            with step(f"{name}: restoring the seeded databases"):
                database.restore_seeded(settings)
        result = SCENARIOS[name].run(settings, Sessions(settings))
        say()
        say(result.text())
        missed += len(result.missed())
        report.keep(settings, result)
    if missed:
        say(f"{missed} of the bars {'is' if missed == 1 else 'are'} missed.")
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except BenchError as error:
        sys.exit(f"✗ {error}")
    except psycopg.errors.QueryCanceled:  # as psycopg tells of a signal while it copies
        sys.exit(143)
