"""The servers that are measured: started, waited for, stopped. They end with us, however we end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.support.console import BenchError
from bench.support.settings import ROOT, Settings
from bench.support.web import Refused, Web


class Program:
    """A server on a port of 127.0.0.1."""

    def __init__(self, settings: Settings, name: str, command: list[str], port: int, environment: dict) -> None:
        self.settings, self.name, self.command, self.port = settings, name, command, port
        self.environment = environment
        self.log = settings.logs / f"{name}.log"
        self.process: subprocess.Popen | None = None

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def is_ready(self) -> bool:
        return self.is_listening()

    def start(self) -> None:
        if self.is_listening():
            raise BenchError(f"Port {self.port}, for {self.name}, is taken.")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *self.command],
                env=self.environment,
                cwd=self.settings.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + 60
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                end = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
                raise BenchError(f"{self.name} does not answer:\n{end}\nThe whole log: {self.log}")
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    @contextmanager
    def serving(self) -> Iterator[Program]:
        self.start()
        try:
            yield self
        finally:
            self.stop()


PREVIOUS = "previous"


class Terrace(Program):
    """`previous` is the older build that a run compares with."""

    def __init__(self, settings: Settings, name: str = "terrace", **variables: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        port = int(variables.get("TERRACE_API_PORT", settings.api_port))
        binary = settings.previous if name == PREVIOUS else settings.binary
        super().__init__(settings, name, [binary, "serve"], port, {**environment, **variables})

    def is_ready(self) -> bool:
        try:
            Web(self.port, "localhost").request("GET", "/readyz")
            return True
        except (OSError, Refused):
            return False


class Peer(Program):
    """A program of bench/peers; `bare` is its plain insert and update."""

    def __init__(self, settings: Settings, kind: str, bare: bool, port: int) -> None:
        self.folder = ROOT / "bench/peers" / kind
        hidden = ("TERRACE_", "DATABASE_", "BENCH_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
        environment |= {
            "DATABASE_URL": settings.database_url("peers"),
            "PORT": str(port),
            "BARE": "1" if bare else "",
        }
        name = f"{kind} bare" if bare else kind
        super().__init__(settings, name, [str(self.folder / "serve")], port, environment)

    def run(self, script: str, *arguments: str) -> str:
        done = subprocess.run(
            [str(self.folder / script), *arguments], env=self.environment, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise BenchError(f"{self.folder / script} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        return done.stdout
