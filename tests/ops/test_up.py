"""bin/up and bin/down with the real programs, as built."""

import fcntl
import json
import os
import pty
import signal
import socket
import subprocess
import termios
import time
import urllib.request

import psycopg
import pytest
from harness import ROOT, hear_ctrl_c
from support.client import Client
from support.clinics import expect
from support.cluster import Cluster


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


def demo_of(scripts):
    """The slug of each clinic in demo.json, with its id."""
    return {tenant["slug"]: tenant["id"] for tenant in json.loads((scripts.home / "demo.json").read_text())["tenants"]}


def sign_in(scripts):
    """By the first sign-in that demo.json names, through nginx; answers the id of the clinic."""
    (tenant, *_) = json.loads((scripts.home / "demo.json").read_text())["tenants"]
    user = tenant["users"][0]
    port = scripts.port("TERRACE_PORT")
    visitor = Client(("127.0.0.1", port), f"{tenant['slug']}.localhost:{port}")
    body = {"grant_type": "password", "email": user["email"], "password": user["password"]}
    token = expect(visitor.post("/api/v1/auth/token", body), 200).json()["access_token"]
    return expect(visitor.with_token(token).get("/api/v1/auth/me"), 200).json()["tenant"]["id"]


def test_a_life_of_up_and_down(scripts, record_property):
    first = scripts.run("up", "--detach", timeout=900)
    assert first.returncode == 0, first.stdout
    assert health(scripts) == 200
    assert f"Terrace is up: http://localhost:{scripts.port('TERRACE_PORT')}" in first.stdout
    assert "Demo sign-ins" in first.stdout

    second = scripts.run("up", "--detach")
    assert second.returncode == 0 and "already running" in second.stdout

    # The API is killed: the next start takes the rest down and brings all of it back, with the data, and the sign-ins
    # that a first start which was cut off has not written. On an idle machine it shall take 10 s at most; here two
    # other programs are at work.
    demo, clinics = (scripts.home / "demo.json").read_bytes(), demo_of(scripts)
    (scripts.home / "demo.json").unlink()
    os.kill(scripts.pid("api"), signal.SIGKILL)
    began = time.monotonic()
    third = scripts.run("up", "--detach")
    took = time.monotonic() - began
    assert third.returncode == 0, third.stdout
    record_property("seconds_of_a_second_start", f"{took:.1f}")
    print(f"a second start took {took:.1f} s")
    assert took < 20
    assert health(scripts) == 200
    assert (scripts.home / "demo.json").read_bytes() == demo
    assert sign_in(scripts) == clinics["asha"]

    # All that was is thrown away: the database, what it was signed with, the sign-ins.
    secret = (scripts.home / "secret").read_bytes()
    fresh = scripts.run("up", "--detach", "--fresh")
    assert fresh.returncode == 0, fresh.stdout
    assert "Demo sign-ins" in fresh.stdout
    assert demo_of(scripts).keys() == clinics.keys() and not set(demo_of(scripts).values()) & set(clinics.values())
    assert (scripts.home / "secret").read_bytes() != secret
    assert sign_in(scripts) == demo_of(scripts)["asha"]

    stopped = scripts.run("down")
    assert stopped.stdout == "✓ Stopped: postgres api web nginx\n"
    assert not any(map(listens, all_ports(scripts)))
    assert "Nothing is running" in scripts.run("down").stdout


@pytest.fixture
def own_cluster():
    """Not the run's: bin/up gives the roles, which are the whole cluster's, passwords of its own."""
    with Cluster.running() as made:
        yield made


def test_a_database_of_ones_own_is_used_and_survives_a_fresh_start(scripts, own_cluster):
    own = scripts.environment["DATABASE_URL"] = own_cluster.create_database("own")
    first = scripts.run("up", "--detach", timeout=900)
    assert first.returncode == 0, first.stdout
    assert not (scripts.home / "run/postgres.pid").exists()
    with psycopg.connect(own) as admin:
        clinics = {slug: str(id) for slug, id in admin.execute("select slug, id from catalog.tenant")}
    assert demo_of(scripts) == clinics
    assert sign_in(scripts) == clinics["asha"]

    fresh = scripts.run("up", "--detach", "--fresh")
    assert fresh.returncode == 0, fresh.stdout
    assert "Demo sign-ins" in fresh.stdout
    assert demo_of(scripts) == clinics
    assert sign_in(scripts) == clinics["asha"]

    assert scripts.run("down").stdout == "✓ Stopped: api web nginx\n"
    assert own_cluster.accepts_connections()


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
