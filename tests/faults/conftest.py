"""A server to end, hang and starve, over a cluster of this run's own; the stack of `bin/test` is left alone."""

from __future__ import annotations

import psycopg
import pytest

from support.clinics import sign_up
from support.database import Admin
from support.stack import binary
from support.waiting import eventually


def pytest_sessionstart():
    """Says at once, and once, what is missing."""
    binary()


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
