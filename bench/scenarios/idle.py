"""Memory of `terrace serve`: at 32 busy connections, and for each of many idle ones."""

from __future__ import annotations

import socket
import time

from bench.support import targets, usage, wrk
from bench.support.console import BenchError, progress
from bench.support.programs import Terrace
from bench.support.report import Bar, Result
from bench.support.sessions import Sessions, host
from bench.support.settings import Settings

IDLE = 5_000
BUSY_LIMIT, IDLE_LIMIT = 64 * 2**20, 8 * 2**10


def run(settings: Settings, sessions: Sessions) -> Result:
    busy = peak_when_busy(settings, sessions)
    each = bytes_of_an_idle_connection(settings, sessions)
    result = Result("idle", "Memory of terrace serve")
    result.figures = {"peak_bytes_at_32_connections": busy, "bytes_of_an_idle_connection": each}
    result.bars = [
        Bar("Most memory at 32 busy connections", "< 64 MB", f"{busy / 2**20:.1f} MB", busy < BUSY_LIMIT),
        Bar(f"Memory of each of {IDLE:,} idle connections", "< 8 KB", f"{each / 1024:.2f} KB", each < IDLE_LIMIT),
    ]
    return result


def peak_when_busy(settings: Settings, sessions: Sessions) -> int:
    """After reads and writes of all tenants, when every cache is full."""
    with Terrace(settings).serving() as server:
        sessions.refresh()
        file = targets.of_terrace(settings, sessions)
        for script in ("get", "list", "search", "post", "patch"):
            progress(f"idle: {script} at 32 connections")
            wrk.run_clean(script, server.port, file, settings.seconds)
        return usage.peak_bytes(server.pid)


def bytes_of_an_idle_connection(settings: Settings, sessions: Sessions) -> float:
    """A fresh server, since one that was busy has memory to spare. Each connection has made one request, and waits."""
    with Terrace(settings).serving() as server:
        sessions.refresh()
        request = (
            f"GET /api/v1/patients HTTP/1.1\r\nHost: {host(settings, 1)}\r\n"
            f"Authorization: Bearer {sessions.access_tokens[1]}\r\n\r\n"
        ).encode()
        for connection in connections(server.port, request, 64):
            connection.close()
        time.sleep(1)
        before = usage.resident_bytes(server.pid)
        progress(f"idle: {IDLE} connections")
        kept = connections(server.port, request, IDLE)
        after = usage.resident_bytes(server.pid)
        for connection in kept:
            connection.close()
        return (after - before) / IDLE


def connections(port: int, request: bytes, count: int) -> list[socket.socket]:
    kept = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        connection.sendall(request)
        if not connection.recv(65536).startswith(b"HTTP/1.1 200 "):
            raise BenchError("A request before the idling was refused.")
        kept.append(connection)
    return kept
