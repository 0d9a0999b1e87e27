"""deploy/nginx: how much of one client it lets through, and keeps. Real nginx, listening upstreams."""

import contextlib
import http.client
import json
import os
import socket
from pathlib import Path

from origin import LARGE
from support.waiting import eventually

MOST_ON_DISK = 8 * 1024 * 1024
MOST_AT_ONCE = 200


def test_a_body_over_the_apis_limit_is_a_problem_to_a_program(origin):
    assert origin.request("POST", "/api/v1/patients", body=b"x" * 1024 * 1024).status == 200
    response = origin.request("POST", "/api/v1/patients", body=b"x" * (1024 * 1024 + 1))
    assert response.status == 413
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(response.text)
    assert (problem["code"], problem["detail"]) == ("too_large", "The body is too large.")


def stored_answers(pid, folder):
    """Bytes of answers that the workers of an nginx have on disk. The files have no names any more."""
    total = 0
    for worker in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        for descriptor in Path(f"/proc/{worker}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                if os.readlink(descriptor).startswith(str(folder)):
                    total += descriptor.stat().st_size
    return total


def test_who_does_not_read_fills_no_disk(origin, scripts):
    def on_disk():
        return stored_answers(scripts.pid("nginx"), scripts.home / "nginx/proxy")

    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", origin.port))
    connection.sendall(f"GET /api/v1/large HTTP/1.1\r\nHost: acme.localhost:{origin.port}\r\nConnection: close\r\n\r\n".encode())
    eventually(lambda: on_disk() > MOST_ON_DISK - 256 * 1024, 10, "what is not read lies on disk")
    received = 0
    while piece := connection.recv(256 * 1024):
        received += len(piece)
        assert on_disk() <= MOST_ON_DISK + 256 * 1024
    connection.close()
    assert received > LARGE, "with its head it comes whole"


def test_one_address_has_so_many_requests_under_way_and_others_are_served(origin):
    def begin(path="/api/v1/download", source="127.0.0.1"):
        connection = http.client.HTTPConnection("127.0.0.1", origin.port, timeout=10, source_address=(source, 0))
        connection.request("GET", path, headers={"Host": f"acme.localhost:{origin.port}"})
        return connection

    held = [begin() for _ in range(MOST_AT_ONCE)]
    for connection in held:
        assert connection.getresponse().read(6) == b"first,"
    refused = begin("/api/v1/patients").getresponse()
    assert (refused.status, refused.getheader("content-type")) == (429, "application/problem+json")
    assert refused.getheader("retry-after") == "2"
    assert json.loads(refused.read())["code"] == "throttled"
    assert b"Back in a moment" in begin("/patients").getresponse().read()
    assert begin("/_next/static/chunks/a.js").getresponse().status == 200, "a file of the app's costs nothing"
    assert begin("/api/v1/patients", "127.0.0.2").getresponse().status == 200
    origin.api.released.set()
    for connection in held:
        connection.close()
    eventually(lambda: begin("/api/v1/patients").getresponse().status == 200, 10, "a place is free again")
