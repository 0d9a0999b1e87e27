"""A server behind PgBouncer in transaction mode, which has fewer connections than the server has lanes."""

import pytest

from support.clinics import expect, sign_up
from support.pooler import Pooler
from support.waiting import eventually
from writers import Readers, Writers, assert_each_write_stands_once


@pytest.fixture
def pooler(cluster):
    made = Pooler(cluster, connections=4)
    yield made
    made.stop()


@pytest.fixture
def server(installation, pooler):
    made = installation.server(DATABASE_POOLER="transaction",
                               DATABASE_APP_URL=pooler.url(installation.database, "terrace_app"),
                               DATABASE_PLATFORM_URL=pooler.url(installation.database, "terrace_platform")).start()
    yield made
    made.stop()


def test_two_clinics_work_behind_it_each_with_its_own_rows(server, admin):
    clinics = [sign_up(server.client(), lambda slug: server.client(slug).host, name) for name in ("aaa", "bbb")]
    first, second = ((Writers(clinic, threads=4), Readers(clinic)) for clinic in clinics)
    with first[0], first[1], second[0], second[1]:
        eventually(lambda: all(len(writers.acknowledged) >= 100 for writers, _ in (first, second)), 60,
                   "writes are acknowledged")
    for clinic, (writers, readers) in zip(clinics, (first, second)):
        assert (writers.failed(), readers.failed()) == (0, 0)
        assert_each_write_stands_once(clinic, admin, writers.writes)
        names = {row["name"] for row in expect(clinic.client.get("/api/v1/patients?limit=100"), 200).json()["results"]}
        assert names <= {write.name for write in writers.writes}
