"""HTTP with every byte kept: what a client sent, and all that came back."""

from __future__ import annotations

import http.client
import io
import json
import re
import socket
from dataclasses import dataclass

Address = tuple[str, int]
VOLATILE_HEADERS = {"date", "x-request-id"}


@dataclass(frozen=True)
class Answer:
    sent: bytes
    raw: bytes
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        values = self.all(name)
        return values[0] if values else None

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def json(self):
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        """The stable code of a problem; nothing when the answer is none."""
        if (self.header("content-type") or "").split(";")[0] != "application/problem+json":
            return None
        return self.json()["code"]

    def cookies(self) -> dict[str, str]:
        """The cookies that this answer sets; an ended one has an empty value."""
        pairs = (line.split(";")[0].split("=", 1) for line in self.all("set-cookie"))
        return {name: value for name, value in pairs}

    def comparable(self) -> tuple:
        """What must be equal between two answers that tell nothing apart."""
        headers = sorted((k.lower(), v) for k, v in self.headers if k.lower() not in VOLATILE_HEADERS)
        body = re.sub(rb'"request_id":"[^"]*"', b'"request_id":""', self.body)
        return self.status, headers, body

    def __repr__(self) -> str:
        first = self.sent.split(b"\r\n", 1)[0].decode("latin-1")
        return f"<{first} → {self.status} {self.body[:600]!r}>"


class _Recording:
    """What http.client needs of a socket, over bytes that were already read."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def makefile(self, *_args, **_keywords) -> io.BytesIO:
        return io.BytesIO(self._raw)


def parse(sent: bytes, raw: bytes, method: str = "GET") -> Answer:
    response = http.client.HTTPResponse(_Recording(raw), method=method)
    response.begin()
    return Answer(sent, raw, response.status, response.getheaders(), response.read())


def connect(address: Address, timeout: float = 15) -> socket.socket:
    connection = socket.create_connection(address, timeout=timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def read_all(connection: socket.socket) -> bytes:
    """Everything until the peer ends the connection, in whichever way it does."""
    pieces = []
    try:
        while piece := connection.recv(65536):
            pieces.append(piece)
    except ConnectionError:
        pass
    return b"".join(pieces)


def exchange(address: Address, data: bytes, timeout: float = 15) -> bytes:
    """Sends raw bytes and answers all that comes back until the peer closes."""
    with connect(address, timeout) as connection:
        send(connection, data)
        return read_all(connection)


def send(connection: socket.socket, data: bytes) -> None:
    try:
        connection.sendall(data)
    except ConnectionError:
        pass  # the peer may refuse before it has read everything


def provoke(address: Address, data: bytes, quiet: float = 2) -> bytes:
    """As exchange, for bytes after which the peer may wait for more: ends when nothing has come for `quiet` seconds."""
    pieces = []
    with connect(address, quiet) as connection:
        try:
            send(connection, data)
            while piece := connection.recv(65536):
                pieces.append(piece)
        except (ConnectionError, TimeoutError):
            pass
    return b"".join(pieces)


def head(method: str, target: str, headers: list[tuple[str, str]]) -> bytes:
    lines = [f"{method} {target} HTTP/1.1"] + [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def request(
    address: Address,
    method: str,
    target: str,
    headers: list[tuple[str, str]],
    body: bytes | None = None,
    timeout: float = 15,
) -> Answer:
    """One request on a connection of its own; `headers` are sent as they are, in their order."""
    headers = [*headers, ("Connection", "close")]
    if body is not None:
        headers.append(("Content-Length", str(len(body))))
    sent = head(method, target, headers) + (body or b"")
    raw = exchange(address, sent, timeout)
    if not raw:
        raise ConnectionError(f"{method} {target}: the connection ended without an answer")
    return parse(sent, raw, method)
