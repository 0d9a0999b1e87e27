"""Two clinics in a crowd on one server, whose connections are cut beneath it: each answer is its asker's.

The data layer alone, with more of everything, is in src/platform/db/torture_test.cpp.
"""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest

from chance import FULL, SEED
from support.clinics import Clinic, sign_up

CALLERS = 8
CALLS = 2_000 if FULL else 120
STRIKES = "select {}(pid) from pg_stat_activity where usename = 'terrace_app' and datname = %s order by random() limit 1"


@pytest.fixture
def clinics(installation):
    made = installation.copy("crowd")
    made.make_places(2)
    # One loop, so that all share its few connections.
    server = made.server(TERRACE_THREADS="1").start()
    try:
        pair = [sign_up(server.client(), lambda slug: server.client(slug).host, name) for name in ("aaa", "bbb")]
        for clinic in pair:
            clinic.objects["patients"] = [clinic.new_patient(name=f"{clinic.word} {number}") for number in range(12)]
        for clinic, other in (pair, reversed(pair)):
            ids = {patient["id"] for patient in other.patients}
            clinic.client = replace(clinic.client, forbidden=other.secrets() | ids | {other.word})
        yield made, pair
    finally:
        server.stop()


def ask(clinic: Clinic, chance: random.Random) -> int:
    patient = chance.choice(clinic.patients)
    at = f"/api/v1/patients/{patient['id']}"
    kind = chance.randrange(5)
    if kind == 0:
        answer = clinic.client.get("/api/v1/patients", query={"limit": chance.randrange(1, 9)})
    elif kind == 1:
        answer = clinic.client.get("/api/v1/patients", query={"search": clinic.word})
    elif kind == 2:
        answer = clinic.client.patch(at, {"city": f"{clinic.canary} {chance.randrange(99)}"})
    else:
        answer = clinic.client.get(at)
    if answer.status == 200 and kind < 2:
        assert answer.json()["results"], answer
        assert all(clinic.canary in row["name"] for row in answer.json()["results"]), answer
    elif answer.status == 200:
        assert answer.json()["id"] == patient["id"] and answer.json()["name"] == patient["name"], answer
    assert answer.status in (200, 503), answer
    return answer.status


def strike(url: str, database: str, chance: random.Random) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(STRIKES.format(chance.choice(["pg_cancel_backend"] * 4 + ["pg_terminate_backend"])), (database,))


def test_each_answer_is_its_askers_whatever_befalls_the_connections(clinics):
    made, pair = clinics

    def call(number: int) -> list[int]:
        chance = random.Random(SEED + number)
        statuses = []
        for count in range(CALLS):
            if count % 40 == 39:
                strike(made.admin_url, made.database, chance)
            statuses.append(ask(pair[number % 2], chance))
        return statuses

    with ThreadPoolExecutor(CALLERS) as crowd:
        statuses = [status for each in crowd.map(call, range(CALLERS)) for status in each]
    assert statuses.count(200) > len(statuses) / 2
