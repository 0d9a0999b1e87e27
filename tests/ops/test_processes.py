"""bin/lib/process.sh and bin/down: only what was started here is ever stopped."""

import os
import signal
import subprocess
import time


def remember(scripts, name, pid, began):
    (scripts.home / "run").mkdir(parents=True, exist_ok=True)
    (scripts.home / "log").mkdir(exist_ok=True)
    (scripts.home / "run" / f"{name}.pid").write_text(f"{pid} {began}\n")


def start_time(pid):
    return open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[19]


def test_down_leaves_a_stranger_with_our_old_process_id_alone(scripts):
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        remember(scripts, "api", stranger.pid, int(start_time(stranger.pid)) - 1)
        stopped = scripts.run("down")
        assert stopped.returncode == 0 and "Nothing is running" in stopped.stdout
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_down_stops_what_was_started_and_says_so(scripts):
    scripts.shell("prepare_home; start_process api sleep 60")
    pid = scripts.pid("api")
    stopped = scripts.run("down")
    assert "Stopped: api" in stopped.stdout
    assert scripts.shell(f"start_time_of {pid}").returncode != 0


def test_a_program_that_ends_while_it_is_awaited_shows_the_end_of_its_log(scripts):
    waited = scripts.shell(
        "prepare_home; start_process api sh -c 'echo no such table; exit 3'; wait_until api 20 false"
    )
    assert waited.returncode == 1
    assert "no such table" in waited.stdout and "api ended by itself" in waited.stdout


def test_a_step_stops_at_the_first_failing_command_and_shows_its_log(scripts):
    failed = scripts.shell(
        'prepare_home; broken() { echo before; false; echo after; }; step "Doing it" "$LOGS/it.log" broken; echo on'
    )
    assert failed.returncode == 1
    assert "before" in failed.stdout and "Doing it failed" in failed.stdout
    assert "after\n" not in failed.stdout and not failed.stdout.endswith("on\n")


def test_ctrl_c_is_heard_also_while_the_watch_is_busy_looking(scripts):
    # bash forgets a Ctrl-C that comes during a `$(…)` which then ends well: here every look takes a while and does.
    watching = scripts.start_shell(
        """
        prepare_home; exec 9>"$RUN/lock"
        trap 'stop_watching; echo heard; exit 130' INT
        start_process api sleep 60
        eval "look_$(declare -f start_time_of)"
        start_time_of() { trap '' INT; touch "$RUN/looking"; sleep 0.5; look_start_time_of "$@"; }
        watch_services
        """
    )
    looking = scripts.home / "run" / "looking"
    while not looking.exists():
        assert watching.poll() is None
        time.sleep(0.01)
    os.killpg(watching.pid, signal.SIGINT)
    assert watching.communicate(timeout=30)[0] == "heard\n"
    assert watching.returncode == 130
