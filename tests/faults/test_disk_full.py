"""The disk under PostgreSQL's write-ahead log is full: PostgreSQL ends itself, the API lives on and says 503."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from drill import Footprint
from samples import Window, begun_in
from support.cluster import Cluster
from support.database import Admin
from support.server import Installation
from support.stack import binary
from support.waiting import eventually
from writers import Readers, Writers, assert_each_write_stands_once, keep_calling, warm_up

SIZE_MB = 96  # room for the migrations' log
ANSWER_WITHIN = 4.0  # a request may wait for a lane and then for an answer that does not come


@pytest.fixture(scope="module")
def disk():
    """A small disk of memory, owned by PostgreSQL's user."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk for the write-ahead log")
    folder = Path(tempfile.mkdtemp(prefix="terrace-wal-", dir="/tmp"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "terrace-wal", str(folder)],
                             capture_output=True, text=True)
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    shutil.chown(folder, "postgres", "postgres")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture(scope="module")
def cluster(disk):
    made = Cluster.create(wal=disk / "pg_wal")
    try:
        with open(made.data / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write("min_wal_size = 2MB\nmax_wal_size = 8MB\nwal_recycle = off\n")
        made.start()
        yield made
    finally:
        made.remove()


@pytest.fixture(scope="module")
def installation(cluster):
    made = Installation(binary(), cluster, "terrace")
    made.migrate()
    return made


def fill(disk: Path) -> Path:
    """Takes all the room that is left."""
    filler = disk / "filler"
    with open(filler, "wb", buffering=0) as out:
        try:
            while out.write(b"\0" * 65536):
                pass
        except OSError:
            return filler
    raise AssertionError("the disk has no end")


def test_the_disk_of_the_log_full_under_load(server, clinic, disk, cluster, installation, drill):
    """Writes are answered 503 in time, the process lives, and when there is room again no acknowledged write is
    lost."""
    warm_up(clinic)
    base = Footprint.of(server.process.pid)
    with Writers(clinic) as writers, Readers(clinic) as readers:
        eventually(lambda: len(writers.acknowledged) >= 30 and readers.succeeded() >= 30, 30, "load is served")
        with Window() as window:
            filler = fill(disk)
            eventually(lambda: not cluster.accepts_connections(), 30, "PostgreSQL finds no room for its log")
            refused = writers.failed()
            eventually(lambda: writers.failed() >= refused + 50, 10, "writes are refused")
            assert server.client().get("/healthz").status == 200
            filler.unlink()
            if not cluster.is_running():
                cluster.start()
            eventually(cluster.accepts_connections, 20, "PostgreSQL has recovered")
        done = len(writers.acknowledged)
        eventually(lambda: len(writers.acknowledged) >= done + 50, 10, "writes are acknowledged again")
        keep_calling(window, writers, readers)
    slowest = max(sample.took for sample in begun_in(writers.samples + readers.samples, window))
    assert slowest < ANSWER_WITHIN, f"an answer after {slowest:.1f} s"
    assert writers.statuses() <= {201, 503} and readers.statuses() <= {200, 503}
    drill.judge(writers.samples + readers.samples, window)
    found = assert_each_write_stands_once(clinic, Admin(installation.admin_url), writers.writes)
    drill.count(found.acknowledged, found.lost, found.doubled)
    drill.assert_back_to_base(server.process.pid, base)
