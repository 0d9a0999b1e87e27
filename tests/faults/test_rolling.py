"""Two API processes behind the real nginx: one is replaced while clients work."""

from __future__ import annotations

import time

import pytest

from drill import Footprint
from samples import Window
from support.clinics import sign_up
from support.client import Client
from support.nginx import Nginx
from support.server import BASE
from support.waiting import eventually
from writers import Readers, Writers, assert_each_write_stands_once

GONE_WITHIN = 20
NOTICED_WITHIN = 30  # nginx tries one that refused it again after ten seconds


def served(server) -> int:
    return server.output().count('"/api/v1/patients"')


@pytest.fixture
def second(installation, server):
    running = installation.server().start()
    yield running
    running.stop()


@pytest.fixture
def base(second):
    return Footprint.of(second.process.pid)


@pytest.fixture
def edge(tmp_path, server, second):
    made = Nginx(tmp_path / "home", [server.address, second.address]).start()
    yield made
    made.stop()


@pytest.fixture
def clinic(base, edge, installation):
    return sign_up(Client(edge.address, BASE, contract=installation.contract), lambda slug: f"{slug}.{BASE}", "clinic")


def test_a_process_replaced_under_load(server, second, edge, clinic, admin, drill, base):
    """SIGTERM to one of two processes behind nginx: not one request fails, the process ends by itself in time, and its
    successor takes its share."""
    with Writers(clinic) as writers, Readers(clinic, threads=4) as readers:
        eventually(lambda: len(writers.acknowledged) >= 100 and readers.succeeded() >= 100, 30, "load is served")
        with Window() as window:
            asked = time.monotonic()
            server.terminate()
            assert server.process.wait(timeout=GONE_WITHIN) == 0
            took = time.monotonic() - asked
            done = len(writers.acknowledged)
            eventually(lambda: len(writers.acknowledged) >= done + 50, 10, "the other serves alone")
            server.start()
        before = served(server)
        eventually(lambda: served(server) >= before + 20, NOTICED_WITHIN, "its successor takes its share")
    assert took < GONE_WITHIN
    assert (writers.statuses(), readers.statuses()) == ({201}, {200}), "a request failed"
    drill.judge(writers.samples + readers.samples, window)
    found = assert_each_write_stands_once(clinic, admin, writers.writes)
    drill.count(found.acknowledged, found.lost, found.doubled)
    edge.stop()  # it keeps connections for its next requests
    drill.assert_back_to_base(second.process.pid, base)
    drill.figures["Errors"] += f"; gone after {took:.1f} s"
