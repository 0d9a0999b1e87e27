"""A disk without room: nothing is begun on it, and what fills it half-way is said."""

import os
import subprocess

import pytest


@pytest.fixture
def small_disk(scripts):
    """TERRACE_HOME on a disk of 30 MB."""
    scripts.home.mkdir()
    if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", scripts.home]).returncode:
        pytest.skip("mounting needs root and its capabilities")
    yield scripts
    scripts.run("down")
    subprocess.run(["umount", "--lazy", scripts.home], check=True)


def test_up_begins_nothing_where_there_is_no_room_and_says_how_much_is_needed(small_disk):
    refused = small_disk.run("up", "--detach")
    assert refused.returncode == 1
    assert f"Not enough disk space: {small_disk.home} has 30 MB free, 500 MB are needed." in refused.stdout
    assert not (small_disk.home / "postgres").exists()


def test_a_disk_that_is_full_on_the_way_is_named_as_the_cause(small_disk):
    failed = small_disk.shell('prepare_home; step "Starting PostgreSQL" "$LOGS/cluster.log" start_cluster')
    assert failed.returncode == 1
    assert "Starting PostgreSQL failed" in failed.stdout
    assert "No space left on device" in failed.stdout
