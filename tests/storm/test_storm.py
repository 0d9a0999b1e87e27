"""A server of several loops lives through a storm of callers, and nothing of it stays behind.

Under the thread sanitizer (`bin/test tsan`) this looks for data races; any other build can be put under it as well.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storm import Storm
from support.clinics import sign_up
from support.database import Admin
from support.waiting import eventually

ACTS = int(os.environ.get("TERRACE_STORM_ACTS", "1500"))
WITHIN = 300  # seconds; a sanitized server is some ten times slower
LISTEN, TIME_WAIT = "0A", "06"


@pytest.fixture
def server(installation):
    sanitizer = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    running = installation.server(TERRACE_THREADS="3", **sanitizer).start()
    yield running
    running.stop()


@pytest.fixture
def clinics(server):
    return [sign_up(server.client(), lambda slug: server.client(slug).host, "storm") for _ in range(3)]


def connections_of(server) -> int:
    """Those that the kernel still holds for the server, whoever has closed his end."""
    port = f":{server.port:04X}"
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(line[1].endswith(port) and line[3] not in (LISTEN, TIME_WAIT) for line in lines)


def assert_no_report(server):
    _, found, report = server.output().partition("WARNING: ThreadSanitizer")
    assert not found, f"a data race{report[:8000]}"


def assert_nothing_acknowledged_is_lost(storm, installation):
    admin = Admin(installation.admin_url)
    for clinic in storm.clinics:
        ids = storm.patients[clinic.slug]
        stored = admin.value("select count(*) from shared.patient where tenant_id = %s and id = any(%s::uuid[])",
                             clinic.id, ids)
        assert stored == len(ids)
    admin.connection.close()


def test_a_storm_leaves_nothing_behind(server, clinics, installation):
    with Storm(server.address, clinics) as storm:
        print(f"seed {storm.seed}")  # shown when the test fails
        eventually(lambda: storm.acts() >= ACTS, WITHIN, f"{ACTS} acts of callers", every=0.1)
    storm.acts()  # raises what the last callers raised
    print(f"{dict(storm.done)} {dict(storm.statuses)}")
    assert min(storm.done[act] for act in ("ask", "write", "sign_in", "leave_before_the_end", "leave_the_answer")) > 0
    assert storm.statuses[200] > 0 and storm.statuses[201] > 0

    eventually(server.is_ready, 30, "the server answers after the storm")
    eventually(lambda: connections_of(server) == 0, 30, "every connection is closed")
    assert_nothing_acknowledged_is_lost(storm, installation)

    with Storm(server.address, clinics) as second:
        eventually(lambda: second.acts() >= ACTS / 10, WITHIN, "callers are at it again", every=0.1)
        server.terminate()
        status = server.process.wait(timeout=60)
    assert_no_report(server)
    assert status == 0, server.output()[-4000:]
    assert_nothing_acknowledged_is_lost(second, installation)
