"""More tenants with a database of their own than there are connections for: all are served, and the budget holds."""

import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.clinics import expect, sign_up
from support.process import local_connections
from support.waiting import eventually

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
    """The most connections that a server had at once beyond those that it began with. PostgreSQL is no witness: its
    process ends a moment after the server has let go. Two looks must agree, since one goes right before the next comes."""

    def __init__(self, pid: int) -> None:
        self.most = 0
        self._pid = pid
        self._base = self._settled()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_exception) -> None:
        self._stop.set()
        self._thread.join()

    def _settled(self) -> int:
        """A server is ready with one connection of each kind; the others come soon after."""
        seen = [local_connections(self._pid)]

        def is_settled() -> bool:
            seen.append(local_connections(self._pid))
            return len(seen) > 50 and len(set(seen[-50:])) == 1

        eventually(is_settled, 20, "the server has all of its connections")
        return seen[-1]

    def _run(self) -> None:
        before = 0
        while not self._stop.wait(0.002):
            now = local_connections(self._pid) - self._base
            self.most = max(self.most, min(now, before))
            before = now


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
        print(f"{TENANTS} databases, {watched.most} connections at once of {BUDGET}")
        assert 0 < watched.most <= BUDGET
    finally:
        server.stop()
