"""bin/up and bin/down with the real programs, as built."""

import fcntl
import os
import pty
import signal
import socket
import subprocess
import termios
import time
import urllib.request

from harness import ROOT, hear_ctrl_c


def health(scripts):
    url = f"http://127.0.0.1:{scripts.port('TERRACE_PORT')}/readyz"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=5) as response:
        return response.status


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def all_ports(scripts):
    return [scripts.port(name) for name in ("TERRACE_PORT", "TERRACE_API_PORT", "TERRACE_WEB_PORT")]


def test_taken_ports_are_all_named_with_their_variables_and_nothing_starts(scripts):
    with socket.socket() as web, socket.socket() as api:
        for listener, name in ((web, "TERRACE_WEB_PORT"), (api, "TERRACE_API_PORT")):
            listener.bind(("127.0.0.1", scripts.port(name)))
            listener.listen()
        refused = scripts.run("up", "--detach")
    assert refused.returncode == 1
    for name in ("TERRACE_WEB_PORT", "TERRACE_API_PORT"):
        assert f"Port {scripts.port(name)} is taken" in refused.stdout
        assert f"set {name} to another port" in refused.stdout
    assert list((scripts.home / "run").glob("*.pid")) == []


def test_a_life_of_up_and_down(scripts):
    first = scripts.run("up", "--detach", timeout=900)
    assert first.returncode == 0, first.stdout
    assert health(scripts) == 200
    assert f"Terrace is up: http://localhost:{scripts.port('TERRACE_PORT')}" in first.stdout
    assert "Demo sign-ins" in first.stdout

    second = scripts.run("up", "--detach")
    assert second.returncode == 0 and "already running" in second.stdout

    # The API is killed: the next start takes the rest down and brings all of it back, with the data.
    demo = (scripts.home / "demo.json").read_bytes()
    os.kill(scripts.pid("api"), signal.SIGKILL)
    third = scripts.run("up", "--detach")
    assert third.returncode == 0, third.stdout
    assert health(scripts) == 200
    assert (scripts.home / "demo.json").read_bytes() == demo

    stopped = scripts.run("down")
    assert stopped.stdout == "✓ Stopped: postgres api web nginx\n"
    assert not any(map(listens, all_ports(scripts)))
    assert "Nothing is running" in scripts.run("down").stdout


def sit_at_the_terminal():
    hear_ctrl_c()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_ctrl_c_stops_everything(scripts):
    ours, theirs = pty.openpty()
    up = subprocess.Popen(
        [str(ROOT / "bin/up"), "--demo", "none"],
        env=scripts.environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=sit_at_the_terminal,
    )
    os.close(theirs)
    shown = b""
    while b"Ctrl-C stops everything" not in shown:
        shown += os.read(ours, 4096)
    assert health(scripts) == 200
    os.write(ours, b"\x03")
    # The four programs are given 80 s in all before they are killed.
    assert up.wait(timeout=100) == 130
    os.close(ours)
    assert not any(map(listens, all_ports(scripts)))
    assert list((scripts.home / "run").glob("*.pid")) == []


def in_front(scripts):
    log = scripts.home.parent / "front"
    with log.open("w") as output:
        up = subprocess.Popen(
            [str(ROOT / "bin/up"), "--demo", "none"],
            env=scripts.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    while "Ctrl-C stops everything" not in log.read_text():
        assert up.poll() is None, log.read_text()
        time.sleep(0.1)
    return up, log


def test_a_program_that_dies_takes_the_front_down_with_its_log(scripts):
    up, log = in_front(scripts)
    os.kill(scripts.pid("web"), signal.SIGKILL)
    assert up.wait(timeout=60) == 1
    assert "web ended by itself" in log.read_text()
    assert not any(map(listens, all_ports(scripts)))


def test_the_clusters_administrator_is_closed_to_other_users(scripts):
    started = scripts.shell("prepare_home; load_secret; start_cluster")
    assert started.returncode == 0, started.stdout
    as_nobody = "setpriv --reuid=nobody --regid=nogroup --clear-groups --" if os.getuid() == 0 else ""
    refused = scripts.shell(
        f'{as_nobody} "$PG_BIN/psql" -X -h "$(cluster_socket)" -U {"postgres" if as_nobody else "terrace_app"} '
        "-w -d postgres -c 'select 1'"
    )
    assert refused.returncode != 0
    assert "authentication failed" in refused.stdout or "no password supplied" in refused.stdout


def test_a_command_line_that_is_not_understood_starts_nothing(scripts):
    for arguments in (["--demo", "XL"], ["--demo"], ["--quick"], ["now"]):
        refused = scripts.run("up", *arguments)
        assert refused.returncode == 1 and "✗" in refused.stdout
    assert 'There is no suite "units"' in scripts.run("test", "units").stdout


def test_down_ends_a_bin_up_that_stays_in_front(scripts):
    up, log = in_front(scripts)
    assert scripts.run("down").returncode == 0
    assert up.wait(timeout=60) == 0
    assert "Stopped from elsewhere" in log.read_text()
