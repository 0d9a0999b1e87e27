"""PostgreSQL stops, crashes or hangs: a quick 503, a process that lives, and service by itself when it is back."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

from support.client import UNSET
from support.clinics import PASSWORD
from support.waiting import eventually
from writers import PATH, Writers, assert_each_write_stands_once

ANSWER_WITHIN = 2.0
BACK_WITHIN = 5.0


def requests(clinic) -> dict[str, tuple]:
    return {
        "list": ("GET", PATH, UNSET),
        "search": ("GET", f"{PATH}?search=meera", UNSET),
        "one": ("GET", f"{PATH}/01900000-0000-7000-8000-00000000dead", UNSET),
        "write": ("POST", PATH, {"name": "Meera", "sex": "female", "age": 30}),
        "me": ("GET", "/api/v1/auth/me", UNSET),
        "token": ("POST", "/api/v1/auth/token",
                  {"grant_type": "password", "email": clinic.email, "password": PASSWORD}),
        "unknown host": ("GET", PATH, UNSET),
    }


@contextmanager
def stopped(cluster):
    cluster.stop("immediate")
    try:
        yield
    finally:
        cluster.start()


def ask(clinic, name: str, method: str, path: str, body) -> tuple:
    client = clinic.client.at("never-asked-before.localhost:18999") if name == "unknown host" else clinic.client
    asked = time.monotonic()
    answer = client.send(method, path, json=body)
    return name, answer, time.monotonic() - asked


def test_requests_are_answered_503_within_two_seconds(server, clinic, cluster):
    clinic.new_patient()
    pid = server.process.pid
    with stopped(cluster), ThreadPoolExecutor(len(requests(clinic))) as pool:
        for _ in range(4):
            asked = [pool.submit(ask, clinic, name, *request) for name, request in requests(clinic).items()]
            for name, answer, took in (future.result() for future in asked):
                assert (answer.status, answer.code) == (503, "unavailable"), name
                assert int(answer.header("retry-after")) >= 1, name
                assert took < ANSWER_WITHIN, f"{name} took {took:.2f} s"
        assert server.client().get("/healthz").status == 200
    back = time.monotonic()
    eventually(lambda: clinic.client.get(PATH).status == 200, BACK_WITHIN, "reading works again")
    eventually(lambda: clinic.client.post(PATH, clinic.patient_body()).status == 201, BACK_WITHIN,
               "writing works again")
    eventually(server.is_ready, BACK_WITHIN, "the server is ready again")
    assert time.monotonic() - back < BACK_WITHIN
    assert server.is_alive() and server.process.pid == pid


def test_readiness_follows_the_database(server, cluster):
    with stopped(cluster):
        answer = eventually(lambda: (ready := server.client().get("/readyz")).status == 503 and ready, ANSWER_WITHIN,
                            "not ready")
        assert answer.header("retry-after")
    eventually(server.is_ready, BACK_WITHIN, "ready again")


def test_the_server_can_be_asked_for_before_its_database_is_there_again(server, clinic, cluster):
    """Many callers at once while it is away: all are answered, none waits for another's time-out."""
    with stopped(cluster), Writers(clinic, threads=32) as writers:
        eventually(lambda: len([w for w in writers.writes if w.refused == 503]) > 100, 20, "callers are answered")
    assert {write.refused for write in writers.writes} <= {503, None}
    eventually(lambda: clinic.client.get(PATH).status == 200, BACK_WITHIN, "service is back")


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_writes_in_flight_are_done_once(server, clinic, cluster, admin, installation, mode):
    with Writers(clinic) as writers:
        eventually(lambda: len(writers.acknowledged) >= 30, 30, "writes are acknowledged")
        cluster.stop(mode)
        cluster.start()
        before = len(writers.acknowledged)
        eventually(lambda: len(writers.acknowledged) >= before + 10, BACK_WITHIN, "writes are acknowledged again")
    admin.__init__(installation.admin_url)
    assert {write.refused for write in writers.writes} <= {503, None}
    assert_each_write_stands_once(clinic, admin, writers.writes)


def is_cut(admin) -> bool:
    try:
        return admin.rows("select 1") == []
    except psycopg.OperationalError:
        return True


def test_a_killed_backend_is_replaced(server, clinic, admin):
    clinic.new_patient()
    (backend,) = admin.rows("select pid from pg_stat_activity where usename = 'terrace_app' limit 1")[0]
    os.kill(backend, signal.SIGKILL)  # PostgreSQL ends all of its processes, ours below too, and recovers
    eventually(lambda: is_cut(admin), 5, "PostgreSQL has noticed")
    eventually(lambda: clinic.client.post(PATH, clinic.patient_body()).status == 201, BACK_WITHIN,
               "writing works again")
    assert server.is_alive()


def test_connections_that_are_ended_are_replaced(server, clinic, admin):
    clinic.new_patient()
    assert admin.do("select pg_terminate_backend(pid) from pg_stat_activity where usename like 'terrace_%'") > 0
    eventually(lambda: clinic.client.post(PATH, clinic.patient_body()).status == 201, BACK_WITHIN,
               "writing works again")
    eventually(lambda: clinic.client.get(PATH).status == 200, BACK_WITHIN, "reading works again")
