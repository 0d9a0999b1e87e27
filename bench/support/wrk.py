"""wrk, with one of the scripts of bench/wrk, against one server."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.support.console import BenchError
from bench.support.settings import ROOT

SCRIPTS = ROOT / "bench/wrk"


@dataclass(frozen=True)
class Run:
    """What wrk saw. Times in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float
    status_errors: int  # answers of 400 and above
    timeouts: int  # answers later than the timeout
    socket_errors: int
    more: dict

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def allow_many_sockets() -> None:
    """For this process and those that it starts."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def command(script: str, port: int, connections: int, seconds: float, timeout: float) -> list[str]:
    return [
        *("wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{max(1, round(seconds))}s"),
        *("--timeout", f"{timeout:.0f}s", "--script", str(SCRIPTS / f"{script}.lua"), f"http://127.0.0.1:{port}"),
    ]


def environment(targets: Path, **variables: object) -> dict[str, str]:
    given = {f"BENCH_{name.upper()}": str(value) for name, value in variables.items()}
    shared = {"BENCH_LUA": str(SCRIPTS), "BENCH_TARGETS": str(targets), "BENCH_SEED": str(random.randrange(2**31))}
    return {**os.environ, **shared, **given}


def parse(output: str) -> Run:
    for line in output.splitlines():
        if line.startswith("RESULT "):
            read = json.loads(line.removeprefix("RESULT "))
            return Run(
                requests=read.pop("requests"),
                seconds=read.pop("duration") / 1e6,
                p50=read.pop("p50") / 1e3,
                p99=read.pop("p99") / 1e3,
                status_errors=read.pop("status_errors"),
                timeouts=read.pop("timeouts"),
                socket_errors=read.pop("socket_errors"),
                more=read,
            )
    raise BenchError(f"wrk gave no result:\n{output[-2000:]}")


def run(script: str, port: int, targets: Path, seconds: float, connections: int = 32, timeout: float = 10) -> Run:
    done = subprocess.run(
        command(script, port, connections, seconds, timeout),
        env=environment(targets),
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise BenchError(f"wrk ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return parse(done.stdout)


def run_clean(script: str, port: int, targets: Path, seconds: float, connections: int = 32) -> Run:
    """Where every request must succeed: otherwise the figures mean nothing."""
    made = run(script, port, targets, seconds, connections)
    if made.status_errors or made.timeouts or made.socket_errors or not made.requests:
        raise BenchError(
            f"{script} on port {port}: of {made.requests} requests {made.status_errors} were refused, "
            f"{made.timeouts} took over 10 s, and {made.socket_errors} met a broken connection."
        )
    return made
