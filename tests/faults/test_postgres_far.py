"""The network between the API and PostgreSQL goes wrong: slow, half-open, reset, cut in the middle of an answer."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from drill import Footprint
from samples import Window, begun_in
from support.clinics import token
from support.database import Admin
from support.waiting import eventually
from writers import PATH, Readers, Writers, assert_each_write_stands_once, keep_calling, warm_up

ANSWER_WITHIN = 2.0
# A request may wait for a lane (1.5 s) and then for an answer that does not come (1.9 s).
LAST_ANSWER_WITHIN = 4.0
OTHERS_WITHIN = 1.0


@pytest.fixture
def server(installation, proxy):
    """Reaches PostgreSQL through the proxy alone."""
    running = installation.server(
        DATABASE_APP_URL=proxy.url(installation.database, "terrace_app"),
        DATABASE_PLATFORM_URL=proxy.url(installation.database, "terrace_platform"),
    ).start()
    yield running
    running.stop()


@pytest.fixture
def admin(installation, server):
    """Not through the proxy."""
    made = Admin(installation.admin_url)
    yield made
    made.connection.close()


def assert_the_rest_is_answered(server) -> None:
    """What needs no PostgreSQL is as quick as ever."""
    for path, status in (("/healthz", 200), ("/api/v1/patients", 401), ("/nowhere", 404)):
        asked = time.monotonic()
        assert server.client().get(path).status == status
        assert time.monotonic() - asked < OTHERS_WITHIN, path


def finish(server, clinic, admin, drill, base, window, writers, readers) -> None:
    assert writers.statuses() <= {201, 503} and readers.statuses() <= {200, 503}
    drill.judge(writers.samples + readers.samples, window)
    found = assert_each_write_stands_once(clinic, admin, writers.writes)
    drill.count(found.acknowledged, found.lost, found.doubled)
    drill.assert_back_to_base(server.process.pid, base)


def more(writers: Writers, readers: Readers, count: int, within: float) -> None:
    done, read = len(writers.acknowledged), readers.succeeded()
    eventually(lambda: len(writers.acknowledged) >= done + count and readers.succeeded() >= read + count, within,
               "load is served")


def test_postgresql_slow(server, clinic, admin, proxy, drill):
    """With 200 ms before every answer: what finds no room is refused in time, the rest of the server is as quick as
    ever, and the server keeps no more than its bounded queue."""
    warm_up(clinic)
    base = Footprint.of(server.process.pid)
    # Many, who are more than there is room for while it is slow, and no overload of their own when it is not.
    with Writers(clinic, threads=64, pace=0.3) as writers, Readers(clinic, threads=16, pace=0.3) as readers:
        more(writers, readers, 30, 30)
        with Window() as window:
            proxy.delay = 0.2
            slow = time.monotonic()
            while time.monotonic() < slow + 3:
                assert_the_rest_is_answered(server)
            inside = Footprint.of(server.process.pid)
            proxy.delay = 0.0
        more(writers, readers, 100, 10)
        keep_calling(window, writers, readers)
    slowest = max(sample.took for sample in begun_in(writers.samples + readers.samples, window))
    assert slowest < LAST_ANSWER_WITHIN, f"an answer after {slowest:.1f} s"
    assert inside.memory - base.memory < 32 * 2**20
    finish(server, clinic, admin, drill, base, window, writers, readers)


def test_connections_half_open(server, clinic, admin, proxy, drill):
    """Nothing comes back and nothing says so: requests are answered within their deadlines, and the connections are
    replaced."""
    warm_up(clinic)
    base = Footprint.of(server.process.pid)
    with Writers(clinic) as writers, Readers(clinic) as readers:
        more(writers, readers, 30, 30)
        with Window() as window:
            proxy.swallow()
            began = time.monotonic()
            while time.monotonic() < began + 2.5:
                assert_the_rest_is_answered(server)
            proxy.heal()
        more(writers, readers, 50, 10)
        keep_calling(window, writers, readers)
    times = sorted(sample.took for sample in begun_in(writers.samples + readers.samples, window))
    assert times[-1] < LAST_ANSWER_WITHIN, f"an answer after {times[-1]:.1f} s"
    first = [s for s in writers.samples if s.failed][:8]
    assert max(sample.took for sample in first) < ANSWER_WITHIN, "a write in flight waited for long"
    finish(server, clinic, admin, drill, base, window, writers, readers)


def test_idle_connections_half_open(server, clinic, proxy):
    """Dead since nobody used them: whoever comes first is answered in time, and service is back at once."""
    warm_up(clinic)
    proxy.swallow_standing()
    asked = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        answers = [pool.submit(clinic.client.get, PATH) for _ in range(16)]
        assert {answer.result().status for answer in answers} <= {200, 503}
    assert time.monotonic() - asked < ANSWER_WITHIN + 0.5
    eventually(lambda: clinic.client.get(PATH).status == 200, ANSWER_WITHIN, "reading works")
    eventually(lambda: clinic.client.post(PATH, clinic.patient_body()).status == 201, LAST_ANSWER_WITHIN,
               "writing works")


def test_idle_connections_half_open_where_nobody_is_known(server, clinic, proxy):
    """The same of a process that has yet to learn who the clinic and its people are."""
    server.stop()
    server.start()
    proxy.swallow_standing()
    calls = [lambda: clinic.client.get(PATH), lambda: token(clinic.client, clinic.email)]
    asked = time.monotonic()
    with ThreadPoolExecutor(len(calls)) as pool:
        answers = [pool.submit(call) for call in calls]
        assert {answer.result().status for answer in answers} <= {200, 503}
    assert time.monotonic() - asked < ANSWER_WITHIN + 0.5
    eventually(lambda: {call().status for call in calls} == {200}, ANSWER_WITHIN, "reading and signing in work")


def test_connections_reset_and_refused(server, clinic, admin, proxy, drill):
    """A storm of resets, then no way in for two seconds: 503 in time, the process lives, service by itself."""
    warm_up(clinic)
    base = Footprint.of(server.process.pid)
    with Writers(clinic) as writers, Readers(clinic) as readers:
        more(writers, readers, 30, 30)
        with Window() as window:
            for _ in range(10):
                eventually(lambda: proxy.cut() > 0, 5, "connections stand")
            proxy.refuse()
            proxy.cut()
            refused = time.monotonic()
            while time.monotonic() < refused + 1.5:
                assert_the_rest_is_answered(server)
            proxy.accept()
        more(writers, readers, 50, 10)
        keep_calling(window, writers, readers)
    slowest = max(sample.took for sample in begun_in(writers.samples + readers.samples, window))
    assert slowest < ANSWER_WITHIN, f"an answer after {slowest:.1f} s"
    finish(server, clinic, admin, drill, base, window, writers, readers)


def test_answers_cut_in_the_middle(server, clinic, admin, proxy, drill):
    """Answers come in crumbs and end half way: a connection that lost a byte is closed, and nobody gets another's
    answer."""
    warm_up(clinic)
    base = Footprint.of(server.process.pid)
    mine = clinic.new_patient()
    with Writers(clinic) as writers, Readers(clinic, f"{PATH}/{mine['id']}") as readers:
        more(writers, readers, 30, 30)
        with Window() as window:
            proxy.slice = 7
            for count in (1, 10, 100, 400, 1000):
                proxy.close_after(count)
                before = proxy.ended
                eventually(lambda: proxy.ended >= before + 5, 5, "answers were cut")
            proxy.heal()
        more(writers, readers, 50, 10)
        keep_calling(window, writers, readers)
    assert clinic.client.get(f"{PATH}/{mine['id']}").json() == mine
    finish(server, clinic, admin, drill, base, window, writers, readers)
