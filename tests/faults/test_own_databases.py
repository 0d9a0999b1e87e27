"""More tenants with a database of their own than there are connections for: all are served, and the budget holds."""

import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.clinics import expect, sign_up
from support.database import Admin
from support.process import database_connections

TENANTS = int(os.environ.get("TERRACE_APART_TENANTS", "12"))
BUDGET = int(os.environ.get("TERRACE_APART_BUDGET", "4"))
CALLERS = 8
ROUNDS = 3
SEED = int(os.environ.get("TERRACE_APART_SEED", time.time_ns() % 10**6))


@pytest.fixture(scope="module")
def apart(installation):
    made = installation.copy("apart")
    done = made.run("tenant", "spare", "--isolation", "database", "--count", str(TENANTS), timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return made


class Watched:
    """The most connections that a server had at once. PostgreSQL is no witness: its process ends a moment after the server
    has let go. Two looks must agree, since one goes right before the next comes."""

    def __init__(self, pid: int) -> None:
        self.most = 0
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_exception) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        before = 0
        while not self._stop.wait(0.002):
            now = database_connections(self._pid)
            self.most = max(self.most, min(now, before))
            before = now


def shared_connections(installation) -> int:
    """Of a server at rest, those to the database of all. They are opened when they are needed and never closed, so there
    were never more."""
    return Admin(installation.admin_url).value("select count(*) from pg_stat_activity where application_name = 'terrace' "
                                               "and datname = current_database()")


def test_all_are_served_and_the_budget_holds(apart):
    server = apart.server(TERRACE_NEW_TENANTS="database", TERRACE_DATABASE_CONNECTIONS=str(BUDGET)).start()
    chance = random.Random(SEED)
    print(f"TERRACE_APART_SEED={SEED}")

    def visit(clinic, round_number: int) -> None:
        made = clinic.new_patient()
        rows = expect(clinic.client.get("/api/v1/patients"), 200).json()["results"]
        assert len(rows) == round_number and rows[0]["id"] == made["id"]

    try:
        with Watched(server.process.pid) as watched, ThreadPoolExecutor(CALLERS) as crowd:
            clinics = [sign_up(server.client(), lambda slug: server.client(slug).host, "apart") for _ in range(TENANTS)]
            for round_number in range(1, ROUNDS + 1):
                list(crowd.map(visit, chance.sample(clinics, TENANTS), [round_number] * TENANTS))
        most = watched.most - shared_connections(apart)
        print(f"{TENANTS} databases, {most} connections at once of {BUDGET}")
        assert 0 < most <= BUDGET
    finally:
        server.stop()
