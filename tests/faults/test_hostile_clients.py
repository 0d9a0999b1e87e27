"""Clients that are slow, broken or hostile hinder nobody and never end the process."""

from __future__ import annotations

import random
import resource
import secrets
import socket
import time

import pytest

from drill import Footprint
from samples import Window, p99
from support import wire
from support.hostile import GARBAGE, SMUGGLING, get, post
from support.process import connections_to, resident_bytes
from support.server import BASE
from support.waiting import eventually
from writers import Readers, warm_up

HOST = BASE.encode()
CUT_WITHIN = 12  # the deadlines of a head, a body and an answer are 10 s
IDLE = 5000
DESCRIPTORS = IDLE + 1000


@pytest.fixture(scope="module")
def server(installation, cluster):
    """One for all: what one client does must not be felt by the next. May open as many descriptors as we may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, DESCRIPTORS)), hard))
    running = installation.server().start()
    yield running
    running.stop()


def assert_lives(server):
    eventually(server.is_ready, 5, "the server answers")  # fails at once when the process has ended


@pytest.fixture
def base(server, clinic):
    """What the process holds when nobody is connected."""
    warm_up(clinic)
    eventually(lambda: clients_of(server) == 0, 5, "clients have gone")
    return Footprint.of(server.process.pid)


def clients_of(server) -> int:
    """How many connections the server holds open for clients."""
    return connections_to(server.process.pid, server.port)


def slow_crowd(server) -> tuple[list[socket.socket], list[socket.socket], list[socket.socket]]:
    """Who sends a head in drops, who sends a body so, and who does not read."""
    heads = [begin(server, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ") for _ in range(300)]
    bodies = [begin(server, post(HOST, b"Content-Length: 9999", body=b"{")) for _ in range(100)]
    readers = [begin(server, get(HOST, target=b"/api/v1/openapi.json") * 300, window=4096) for _ in range(50)]
    return heads, bodies, readers


def settle(server) -> None:
    """Until it has taken what it can of all that clients have sent: its memory stands still."""
    seen = [0]

    def stands_still() -> bool:
        seen.append(resident_bytes(server.process.pid))
        return seen[-1] == seen[-2]

    eventually(stands_still, 10, "the memory stands still", every=0.3)


def test_slow_heads_bodies_and_readers(server, clinic, drill, base):
    """Clients that send a head or a body drop by drop, or do not read their answers, hinder nobody, and each is cut
    within twelve seconds. What memory the first crowd of them took is kept for the next, which needs no more of it."""
    first = sum(slow_crowd(server), [])
    settle(server)
    disperse(server, first)
    kept = Footprint.of(server.process.pid)
    heads, bodies, readers = slow_crowd(server)
    dribbling = set(heads[:20] + bodies[:20])
    opened = time.monotonic()
    with Readers(clinic, threads=4) as others:
        while len(dribbling) > 0 or clients_of(server) > 8:
            assert time.monotonic() - opened < CUT_WITHIN, f"{clients_of(server)} connections were not cut"
            for connection in list(dribbling):
                try:
                    connection.send(b"a")  # a byte now and then does not prolong the deadline
                except OSError:
                    dribbling.discard(connection)
            time.sleep(0.1)
    for connection in heads + bodies + readers:
        connection.close()
    assert others.statuses() == {200}
    assert p99(others.samples) < 1, "a slow client hinders another"
    drill.judge(others.samples, Window(opened, time.monotonic()))
    drill.assert_back_to_base(server.process.pid, Footprint(kept.memory, base.descriptors))


def begin(server, data: bytes, window: int | None = None) -> socket.socket:
    """A connection that has sent `data`; with `window`, one that takes no more than so many bytes without reading."""
    connection = socket.socket()
    if window:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    connection.settimeout(5)
    connection.connect(server.address)
    connection.sendall(data)
    return connection


def crowd(server) -> list[socket.socket]:
    idle = [wire.connect(server.address) for _ in range(IDLE)]
    eventually(lambda: clients_of(server) >= IDLE, 10, "all are accepted", every=0.2)
    return idle


def disperse(server, idle: list[socket.socket]) -> None:
    for connection in idle:
        connection.close()
    eventually(lambda: clients_of(server) == 0, 10, "all have gone", every=0.2)


def test_five_thousand_idle_connections(server, clinic, drill, base):
    """Each costs less than 8 KB and nobody else is hindered. All descriptors are given back; the memory is kept for the
    next crowd, which needs no more of it."""
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if allowed < DESCRIPTORS:
        pytest.skip(f"{IDLE} connections need more than the {allowed} descriptors that are allowed here (ulimit -n)")
    first = crowd(server)
    each = (Footprint.of(server.process.pid).memory - base.memory) / IDLE
    disperse(server, first)
    kept = Footprint.of(server.process.pid)
    with Window() as fault:
        idle = crowd(server)
        with Readers(clinic, threads=4) as others:
            eventually(lambda: others.succeeded() >= 400, 20, "others are served")
        disperse(server, idle)
    assert others.statuses() == {200}
    assert p99(others.samples) < 1, "idle connections hinder others"
    assert each < 8 * 1024, f"{each:.0f} bytes for each idle connection"
    drill.judge(others.samples, fault)
    drill.assert_back_to_base(server.process.pid, Footprint(kept.memory, base.descriptors))
    drill.figures["Memory"] += f", {base.memory / 2**20:.0f} MB before the first crowd, {each / 1024:.1f} KB each"


@pytest.mark.parametrize("name", {**SMUGGLING, **GARBAGE})
def test_hostile_bytes_do_not_end_the_process(server, name):
    if name in SMUGGLING:
        data = SMUGGLING[name](HOST, get(HOST, target=b"/healthz"))
    else:
        data = GARBAGE[name](HOST)
    raw = wire.provoke(server.address, data, quiet=0.5)
    assert not raw.startswith(b"HTTP/1.1 2"), raw
    assert_lives(server)


def test_random_damage_does_not_end_the_process(server):
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # shown when the test fails
    dice = random.Random(seed)
    seeds = [get(HOST), get(HOST, b"Cookie: a=b", b"Accept: */*"), post(HOST, b"Content-Length: 2", body=b"{}"),
             *(make(HOST, get(HOST)) for make in SMUGGLING.values())]
    for _ in range(600):
        data = bytearray(dice.choice(seeds))
        for _ in range(dice.randint(1, 6)):
            place = dice.randrange(len(data))
            data[place:place + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 4))
        with wire.connect(server.address) as connection:
            wire.send(connection, bytes(data))  # and gone, with or without an answer
    assert_lives(server)


def test_clients_that_leave_in_the_middle_do_no_harm(server, clinic):
    body = b'{"name": "Left", "sex": "other", "age": 3}'
    head = wire.head("POST", "/api/v1/patients", [
        ("Host", clinic.host), ("Authorization", f"Bearer {clinic.client.token}"), ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
    ])
    whole = head + body
    for cut in range(0, len(whole) + 1, 7):
        with wire.connect(server.address) as connection:
            wire.send(connection, whole[:cut])
    assert clinic.client.get("/api/v1/patients").status == 200


def test_one_connection_serves_many_requests_in_order(server, clinic):
    """Pipelined: the answers come in the order of the requests, each whole."""
    patients = [clinic.new_patient(name=f"Number {number}") for number in range(10)]
    lines = [("Host", clinic.host), ("Authorization", f"Bearer {clinic.client.token}")]
    requests = [wire.head("GET", f"/api/v1/patients/{patient['id']}", lines) for patient in patients]
    last = wire.head("GET", "/healthz", [*lines, ("Connection", "close")])
    raw = wire.exchange(server.address, b"".join(requests) + last)
    places = [raw.find(patient["id"].encode()) for patient in patients]
    assert -1 not in places and places == sorted(places)
