"""Terrace and its peers, each running on a port of its own; one is under load at a time, the others are idle."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.support import targets, usage, wrk
from bench.support.console import step
from bench.support.programs import PREVIOUS, Peer, Program, Terrace
from bench.support.sessions import Sessions
from bench.support.settings import ROOT, Settings

PEERS = ("drf", "fastify")


@dataclass(frozen=True)
class Measured:
    """One run. Times in milliseconds, CPU in microseconds a request."""

    rate: float
    p50: float
    p99: float
    server_cpu: float
    database_cpu: float


class Contender:
    def __init__(self, settings: Settings, program: Program) -> None:
        self.settings, self.program = settings, program
        self.name = program.name

    def targets(self) -> Path:
        raise NotImplementedError

    def load(self, workload: str, seconds: float) -> None:
        """Without a look at what comes of it."""
        wrk.run(workload, self.program.port, self.targets(), seconds)

    def measure(self, workload: str, seconds: float) -> Measured:
        file = self.targets()
        server, database = self.program.pid, self.settings.postmaster
        before = usage.cpu_seconds(server), usage.cpu_seconds(database)
        run = wrk.run_clean(workload, self.program.port, file, seconds)
        after = usage.cpu_seconds(server), usage.cpu_seconds(database)
        server_cpu, database_cpu = ((b - a) * 1e6 / run.requests for a, b in zip(before, after))
        return Measured(run.rate, run.p50, run.p99, server_cpu, database_cpu)

    def memory(self) -> int:
        return usage.memory_bytes(self.program.pid)


class TerraceContender(Contender):
    def __init__(self, settings: Settings, sessions: Sessions, program: Terrace) -> None:
        super().__init__(settings, program)
        self.sessions = sessions
        self.written: tuple[float, Path] | None = None

    def targets(self) -> Path:
        self.sessions.refresh()
        if not self.written or self.written[0] != self.sessions.refreshed_at:
            self.written = self.sessions.refreshed_at, targets.of_terrace(self.settings, self.sessions)
        return self.written[1]


class PeerContender(Contender):
    """Its tokens live for hours."""

    def __init__(self, settings: Settings, peer: Peer) -> None:
        super().__init__(settings, peer)
        self.peer = peer
        self.file: Path | None = None

    def targets(self) -> Path:
        self.file = self.file or targets.of_peer(self.settings, self.peer)
        return self.file


class Contenders:
    """Started together; they stop when the stack is left. A bare peer writes a plain row; it is asked for no reads."""

    def __init__(self, settings: Settings, sessions: Sessions, stack: ExitStack) -> None:
        self.full: list[Contender] = [TerraceContender(settings, sessions, Terrace(settings))]
        self.bare: list[Contender] = []
        port = settings.peer_port
        if settings.previous:
            previous = Terrace(settings, PREVIOUS, TERRACE_API_PORT=str(port))
            self.full.append(TerraceContender(settings, sessions, previous))
            port += 1
        for kind in PEERS:
            if not (ROOT / "bench/peers" / kind / "serve").exists():
                continue
            for bare in (False, True):
                peer = Peer(settings, kind, bare, port)
                (self.bare if bare else self.full).append(PeerContender(settings, peer))
                port += 1
            with step(f"Setting up {kind}"):
                peer.run("setup")
        for each in self.all:
            stack.enter_context(each.program.serving())

    @property
    def all(self) -> list[Contender]:
        return self.full + self.bare

    def entered(self, bare: bool) -> list[Contender]:
        return self.all if bare else self.full
