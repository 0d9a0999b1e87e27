"""A server to end, hang and starve, over a cluster of this run's own; the stack of `bin/test` is left alone."""

from __future__ import annotations

import psycopg
import pytest

from drill import Drill, new_drill, write_page
from support.clinics import sign_up
from support.database import Admin
from support.fault_proxy import FaultProxy
from support.stack import binary
from support.waiting import eventually

DRILLS = pytest.StashKey[list[Drill]]()


def pytest_addoption(parser):
    parser.addoption("--write-figures", action="store_true",
                     help="put the figures of this run's drills into docs/reliability.md")


def pytest_sessionstart(session):
    """Says at once, and once, what is missing."""
    binary()
    session.config.stash[DRILLS] = []


def pytest_sessionfinish(session):
    if session.config.getoption("--write-figures"):
        write_page(session.config.stash[DRILLS])


@pytest.fixture
def drill(request):
    """Its figures go into the page when the test has passed."""
    made = new_drill(request.node.name, request.function.__doc__)
    yield made
    if request.node.stash.get(PASSED, False):
        request.config.stash[DRILLS].append(made)


PASSED = pytest.StashKey[bool]()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.when == "call":
        item.stash[PASSED] = report.passed


@pytest.fixture
def server(installation, cluster):
    if not cluster.is_running():
        cluster.start()
    eventually(cluster.accepts_connections, 20, "the cluster has recovered from the test before")
    running = installation.server().start()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def clinic(server):
    return sign_up(server.client(), lambda slug: server.client(slug).host, "clinic")


@pytest.fixture
def admin(installation, server):
    made = Admin(installation.admin_url)
    yield made
    try:
        made.connection.close()
    except psycopg.Error:
        pass  # the cluster may have gone under it


@pytest.fixture
def proxy(cluster):
    made = FaultProxy(cluster.folder / ".s.PGSQL.5432")
    yield made
    made.stop()
