"""A client at a fixed, slow rate, whatever the server does: what a person at a desk feels. Each latency counts from the
moment the request was due, so that no slow answer hides the ones it delays."""

from __future__ import annotations

import multiprocessing
import os
import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.support.stats import percentile

THREADS = 16
PRIORITY = -10  # in truth this client has a machine of its own; here it must not queue for a core
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Seen:
    """Latencies in milliseconds, of successes and failures alike."""

    latencies: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return percentile(self.latencies, 50)

    @property
    def p95(self) -> float:
        return percentile(self.latencies, 95)

    @property
    def p99(self) -> float:
        return percentile(self.latencies, 99)


def exchange(connection: socket.socket, request: bytes) -> bytes:
    """The status line and the rest of the answer."""
    connection.sendall(request)
    answer = b""
    while True:
        block = connection.recv(65536)
        if not block:
            raise ConnectionError("the connection was closed")
        answer += block
        head, end, body = answer.partition(b"\r\n\r\n")
        if end and len(body) >= int(LENGTH.search(head)[1]):
            return answer


class _Sender(threading.Thread):
    """Every THREADS-th request, on a connection of its own."""

    def __init__(self, number: int, port: int, requests: Sequence[bytes], rate: float, seconds: float, begin: float):
        super().__init__()
        self.port, self.requests, self.seen, self.connection = port, requests, Seen(), None
        self.due = [(i, begin + i / rate) for i in range(number, int(rate * seconds), THREADS)]

    def run(self) -> None:
        for index, due in self.due:
            if (wait := due - time.monotonic()) > 0:
                time.sleep(wait)
            try:
                self.connection = self.connection or socket.create_connection(("127.0.0.1", self.port), timeout=10)
                status = exchange(self.connection, self.requests[index % len(self.requests)])[9:12]
                if not status.startswith(b"2"):
                    self.seen.failures.append(status.decode())
            except OSError as error:
                self.seen.failures.append(str(error))
                self.connection = None
            self.seen.latencies.append((time.monotonic() - due) * 1e3)


def _send_all(pipe, port: int, requests: Sequence[bytes], rate: float, seconds: float) -> None:
    try:
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
    except PermissionError:
        pass
    begin = time.monotonic() + 0.1
    senders = [_Sender(number, port, requests, rate, seconds, begin) for number in range(THREADS)]
    for sender in senders:
        sender.start()
    seen = Seen()
    for sender in senders:
        sender.join()
        seen.latencies += sender.seen.latencies
        seen.failures += sender.seen.failures
    pipe.send(seen)


class Stream:
    """In a process of its own, so that nothing else that we do delays it."""

    def __init__(self, port: int, requests: Sequence[bytes], rate: float, seconds: float) -> None:
        fork = multiprocessing.get_context("fork")
        self.pipe, theirs = fork.Pipe(duplex=False)
        self.process = fork.Process(target=_send_all, args=(theirs, port, requests, rate, seconds), daemon=True)
        self.process.start()

    def result(self) -> Seen:
        seen = self.pipe.recv()
        self.process.join()
        return seen


@contextmanager
def under_way(process) -> Iterator[None]:
    """A load in the background, given a moment to reach its height; ended with the block."""
    time.sleep(1)
    try:
        if process.poll() is not None:
            raise RuntimeError("the load ended before the measurement")
        yield
    finally:
        process.terminate()
        process.wait()
