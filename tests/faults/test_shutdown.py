"""SIGTERM: requests in flight are answered, new ones are not taken, the process ends with 0."""

import threading
import time

import psycopg

from samples import NO_ANSWER
from support import wire
from support.waiting import eventually
from writers import PATH, Writers, ledger

GONE_WITHIN = 20


def refuses_connections(server) -> bool:
    try:
        wire.connect(server.address, timeout=1).close()
        return False
    except ConnectionError:
        return True


def is_leaving(server) -> bool:
    """Answers end their connections, though nobody asked for that. A loop that serves nobody stops to listen at once, and
    the system resets who reaches it in that very moment; the next one comes to a loop that still listens."""
    try:
        with wire.connect(server.address) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return b"Connection: close" in connection.recv(4096)
    except ConnectionError:
        return False


def test_requests_in_flight_are_answered(server, clinic, admin, installation):
    """They wait for a lock in the database, so that they are in flight for certain when the signal comes."""
    answers = []

    def create():
        answers.append(clinic.client.post(PATH, clinic.patient_body()))

    callers = [threading.Thread(target=create) for _ in range(4)]
    clinic.new_patient()
    with psycopg.connect(installation.admin_url) as blocker:
        blocker.execute("lock table shared.patient in share row exclusive mode")
        for caller in callers:
            caller.start()
        eventually(lambda: admin.value("select count(*) from pg_locks where not granted") > 0, 5,
                   "writes wait for the lock")
        server.terminate()
        eventually(lambda: is_leaving(server), 5, "the signal has come")
    for caller in callers:
        caller.join(timeout=GONE_WITHIN)
    assert [answer.status for answer in answers] == [201] * len(callers)
    eventually(lambda: refuses_connections(server), 5, "no new connections")
    assert server.process.wait(timeout=GONE_WITHIN) == 0


def test_the_process_ends_under_load(server, clinic, admin):
    with Writers(clinic) as writers:
        eventually(lambda: len(writers.acknowledged) >= 50, 30, "writes are acknowledged")
        server.terminate()
        asked = time.monotonic()
        assert server.process.wait(timeout=GONE_WITHIN) == 0
        assert time.monotonic() - asked < GONE_WITHIN
    assert writers.statuses() <= {201, 503, NO_ANSWER}
    assert ledger(clinic, admin, writers.writes).lost == 0


def test_idle_connections_do_not_hold_up_the_end(server):
    idle = [wire.connect(server.address) for _ in range(20)]
    for connection in idle[:10]:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
    server.terminate()
    assert server.process.wait(timeout=GONE_WITHIN) == 0
    for connection in idle:
        connection.close()


def test_an_end_without_a_database_is_an_end(server, cluster):
    cluster.stop("immediate")
    try:
        server.terminate()
        assert server.process.wait(timeout=GONE_WITHIN) == 0
    finally:
        cluster.start()
