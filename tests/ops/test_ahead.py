"""What bin/test computes ahead (bin/lib/compute_ahead): it takes nothing from the suites beside it, hides no failure, and
ends with the run."""

import os
import shutil
import subprocess

import pytest
from harness import ROOT
from support.waiting import eventually

BUILDS_FOREVER = """#!/bin/sh
echo $$ >"$STARTED"
exec sleep 600
"""
FAILS = """#!/bin/sh
echo "error: no such header"
exit 1
"""


@pytest.fixture
def clone(open_folder):
    """The scripts, without sources: what builds is a stand-in."""
    shutil.copytree(ROOT / "bin", open_folder / "clone/bin")
    return open_folder / "clone"


def run(clone, ninja, script):
    """The script with the library of bin/test, for a run of the suite `unit`."""
    (clone / "build/asan").mkdir(parents=True)
    (clone / "build/asan/build.ninja").touch()
    tools = clone / "tools"
    tools.mkdir()
    (tools / "ninja").write_text(ninja)
    (tools / "ninja").chmod(0o755)
    home = clone / "home"
    prelude = f"""
        set -euo pipefail
        source "{clone}/bin/lib/all.sh"; source "$ROOT/bin/lib/suites.sh"
        set_environment; prepare_home; RESULTS=$TERRACE_HOME; suites=(unit)
    """
    environment = {"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(home), "TERRACE_HOME": str(home)}
    environment["STARTED"] = str(clone / "started")
    return subprocess.run(["bash", "-c", prelude + script], env=environment, capture_output=True, text=True, timeout=60)


def test_a_build_that_failed_ahead_is_one_failure_of_its_suite(clone):
    done = run(clone, FAILS, 'begin_ahead; while is_running ahead; do sleep 0.05; done; run_suite unit')
    assert "error: no such header" in done.stderr
    assert "== unit: 0 passed, 1 failed, 0 skipped" in done.stdout
    assert done.stdout.count("failed") == 1


def test_a_build_ahead_runs_only_where_nothing_else_wants_to_and_ends_with_all_it_started(clone):
    done = run(clone, BUILDS_FOREVER, """
        begin_ahead
        until [[ -s $STARTED ]]; do is_running ahead; sleep 0.05; done
        chrt --pid "$(cat "$STARTED")"; ps -o ni= -p "$(cat "$STARTED")"
        end_process_group ahead
    """)
    assert done.returncode == 0, done.stderr
    assert "SCHED_IDLE" in done.stdout or done.stdout.split()[-1] == "19"
    builder = int((clone / "started").read_text())
    eventually(lambda: not os.path.exists(f"/proc/{builder}"), 10, "the build to be gone")


def test_a_suite_waits_for_the_build_ahead_of_it_and_does_not_build_beside_it(clone):
    done = run(clone, BUILDS_FOREVER, """
        begin_ahead
        until [[ -s $STARTED ]]; do is_running ahead; sleep 0.05; done
        (prepare_unit >"$LOGS/waiting.log" 2>&1 || true) &
        until grep waits "$LOGS/waiting.log"; do sleep 0.05; done
        rm "$STARTED"; end_process_group ahead
        until [[ -s $STARTED ]]; do sleep 0.05; done
        kill "$(cat "$STARTED")"
        wait
    """)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "waits for another build of this part: asan\n"


def test_nothing_is_computed_ahead_for_suites_that_compute_nothing(clone):
    assert run(clone, FAILS, "suites=(e2e faults); begin_ahead; is_running ahead").returncode == 1
