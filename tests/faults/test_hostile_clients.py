"""Clients that are slow, broken or hostile hinder nobody and never end the process."""

import random
import secrets
import socket
import time

import pytest

from support import wire
from support.hostile import GARBAGE, SMUGGLING, get, post
from support.server import BASE
from support.waiting import eventually

HOST = BASE.encode()
CUT_WITHIN = 12  # the deadline of a request's head is 10 s


@pytest.fixture(scope="module")
def server(installation, cluster):
    """One for all: what one client does must not be felt by the next."""
    running = installation.server().start()
    yield running
    running.stop()


def assert_lives(server):
    eventually(server.is_ready, 5, "the server answers")  # fails at once when the process has ended


def test_slow_heads_hinder_nobody_and_are_cut(server, clinic):
    opened = time.monotonic()
    slow = [wire.connect(server.address) for _ in range(300)]
    for connection in slow:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    dribbling = set(slow[:20])
    while slow:
        asked = time.monotonic()
        assert clinic.client.get("/api/v1/patients").status == 200
        assert time.monotonic() - asked < 1, "a slow client hinders another"
        assert time.monotonic() - opened < CUT_WITHIN, f"{len(slow)} slow connections were not cut"
        for connection in list(dribbling):
            try:
                connection.send(b"a")  # a byte now and then does not prolong the deadline
            except OSError:
                dribbling.discard(connection)
        slow = [connection for connection in slow if not is_closed(connection)]
        time.sleep(0.1)


def is_closed(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        while piece := connection.recv(4096):
            assert piece.startswith(b"HTTP/1.1 4") or b"HTTP/1.1 2" not in piece
    except BlockingIOError:
        return False
    except OSError:
        pass
    connection.close()
    return True


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
