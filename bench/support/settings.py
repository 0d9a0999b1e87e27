"""What bin/bench says by its environment, and the sizes of a run."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PG_BIN = Path("/usr/lib/postgresql/15/bin")


def _number(name: str, fallback: int) -> int:
    return int(os.environ.get(name) or fallback)


@dataclass(frozen=True)
class Settings:
    home: Path = field(default_factory=lambda: Path(os.environ["TERRACE_HOME"]))
    binary: str = field(default_factory=lambda: os.environ["TERRACE_BIN"])
    previous: str = field(default_factory=lambda: os.environ.get("BENCH_PREVIOUS", ""))  # an older binary, or none
    quick: bool = field(default_factory=lambda: bool(os.environ.get("BENCH_QUICK")))
    socket: str = field(default_factory=lambda: os.environ["BENCH_SOCKET"])
    postmaster: int = field(default_factory=lambda: int(os.environ["BENCH_POSTMASTER"]))
    api_port: int = field(default_factory=lambda: int(os.environ["TERRACE_API_PORT"]))
    peer_port: int = field(default_factory=lambda: int(os.environ["BENCH_PEER_PORT"]))
    origin_port: int = field(default_factory=lambda: int(os.environ["TERRACE_PORT"]))
    load_before: str = field(default_factory=lambda: os.environ["BENCH_LOAD_BEFORE"])  # of the last minute, by others

    @property
    def tenants(self) -> int:
        return 50 if self.quick else 1_000

    @property
    def patients(self) -> int:
        """Of one tenant."""
        return 100 if self.quick else 1_000

    @property
    def big_patients(self) -> int:
        """Of the one big tenant, whose searches read as much as they may."""
        return 5_000 if self.quick else 200_000

    @property
    def rounds(self) -> int:
        return _number("BENCH_ROUNDS", 2 if self.quick else 5)

    @property
    def seconds(self) -> int:
        """Of one measured run."""
        return _number("BENCH_SECONDS", 2 if self.quick else 5)

    @property
    def long_seconds(self) -> int:
        """Of one run that looks at the tail of a slow, steady stream."""
        return 4 if self.quick else 4 * self.seconds

    @property
    def logs(self) -> Path:
        return self.home / "log"

    def database_url(self, name: str) -> str:
        """An administrator's."""
        return f"postgresql:///{name}?host={self.socket}&port=5432&user=postgres"
