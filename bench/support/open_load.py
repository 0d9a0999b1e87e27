"""A crowd that asks at a rate of its own, whatever the answers: each person asks once, and gives up after a while,
which closes the connection. One process over epoll; connections are used again as long as they are answered."""

from __future__ import annotations

import re
import select
import socket
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
TICK = 0.001
MOST_CONNECTIONS = 15_000


@dataclass
class Crowd:
    """What became of the requests."""

    asked: int = 0
    good: int = 0  # successes within the patience
    refused: int = 0  # 429 and 503
    without_retry_after: int = 0
    failed: int = 0  # other answers, connections lost
    gave_up: int = 0
    refusal_seconds: float = 0.0  # the sum over the refused


class _Asking:
    """A connection, and the request that is under way on it."""

    __slots__ = ("answer", "asked_at", "open", "socket")

    def __init__(self) -> None:
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.answer, self.asked_at, self.open = b"", 0.0, True


class OpenLoad:
    def __init__(self, port: int, requests: Sequence[bytes], rate: float, patience: float) -> None:
        self.port, self.requests, self.rate, self.patience = port, requests, rate, patience
        self.seen = Crowd()
        self.poll = select.epoll()
        self.by_number: dict[int, _Asking] = {}
        self.idle: list[_Asking] = []
        self.waiting: deque[tuple[float, _Asking]] = deque()  # by age

    def run(self, seconds: float) -> Crowd:
        begin = time.monotonic()
        while (now := time.monotonic()) < begin + seconds:
            due = int((now - begin) * self.rate) - self.seen.asked
            for _ in range(min(due, 200)):  # answers are read between
                self._ask()
            self._read(TICK)
            self._give_up()
        while self.waiting:
            self._read(TICK)
            self._give_up()
        for asking in list(self.by_number.values()):
            self._close(asking)
        self.poll.close()
        return self.seen

    def _ask(self) -> None:
        self.seen.asked += 1
        if self.idle:
            asking = self.idle.pop()
        elif len(self.by_number) < MOST_CONNECTIONS:
            asking = self._connect()
        else:
            self.seen.gave_up += 1
            return
        asking.answer, asking.asked_at = b"", time.monotonic()
        self.waiting.append((asking.asked_at, asking))
        try:
            asking.socket.send(self.requests[self.seen.asked % len(self.requests)])
        except OSError:
            self._fail(asking)

    def _connect(self) -> _Asking:
        asking = _Asking()
        asking.socket.connect_ex(("127.0.0.1", self.port))  # on loopback it is done at once, or refused
        self.by_number[asking.socket.fileno()] = asking
        self.poll.register(asking.socket.fileno(), select.EPOLLIN)
        return asking

    def _read(self, wait: float) -> None:
        for number, _ in self.poll.poll(wait, 512):
            asking = self.by_number.get(number)
            if asking is None:
                continue
            try:
                block = asking.socket.recv(65536)
            except BlockingIOError:
                continue
            except OSError:
                block = b""
            if not block:
                self._fail(asking)
                continue
            asking.answer += block
            head, end, body = asking.answer.partition(b"\r\n\r\n")
            if end and len(body) >= int(LENGTH.search(head)[1]):
                self._answered(asking, head)

    def _answered(self, asking: _Asking, head: bytes) -> None:
        took = time.monotonic() - asking.asked_at
        asking.asked_at = 0.0
        status = head[9:12]
        if status.startswith(b"2"):
            if took <= self.patience:
                self.seen.good += 1
            else:
                self.seen.gave_up += 1
        elif status in (b"429", b"503"):
            self.seen.refused += 1
            self.seen.refusal_seconds += took
            self.seen.without_retry_after += b"retry-after:" not in head.lower()
        else:
            self.seen.failed += 1
        if b"connection: close" in head.lower():
            self._close(asking)
        else:
            self.idle.append(asking)

    def _give_up(self) -> None:
        oldest = time.monotonic() - self.patience
        while self.waiting and self.waiting[0][0] < oldest:
            asked_at, asking = self.waiting.popleft()
            if asking.open and asking.asked_at == asked_at:  # else it was answered, and perhaps asks anew
                self.seen.gave_up += 1
                self._close(asking)

    def _fail(self, asking: _Asking) -> None:
        if asking.asked_at:
            self.seen.failed += 1
        elif asking in self.idle:
            self.idle.remove(asking)  # the server closed a connection that rested
        self._close(asking)

    def _close(self, asking: _Asking) -> None:
        asking.open, asking.asked_at = False, 0.0
        self.by_number.pop(asking.socket.fileno(), None)
        asking.socket.close()
