"""A `terrace serve` of one's own on a free port, over a database of one's own."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
from functools import cached_property
from pathlib import Path

from support.client import Client
from support.cluster import Cluster
from support.contract import Contract
from support.ports import free_port
from support.waiting import eventually
from support.wire import Address

BASE = "localhost:18999"  # what the origin says; nobody listens there, callers send it as their Host


class Installation:
    """A migrated database and the environment of the programs that use it."""

    def __init__(self, binary: str, cluster: Cluster, database: str, copy_of: Installation | None = None) -> None:
        self.binary = binary
        self.cluster = cluster
        self.database = database
        self.folder = cluster.folder / database
        self.folder.mkdir()
        self.admin_url = cluster.create_database(database, copy_of.database if copy_of else "template1")
        kept = {name: value for name, value in os.environ.items()
                if name in ("PATH", "HOME", "LANG", "TERRACE_MIGRATIONS", "TERRACE_DNS_SERVER") or name.startswith("TERRACE_MUTANT")}
        self.environment = {
            **kept,
            "TERRACE_ENV": "development",
            "TERRACE_ORIGIN": f"http://{BASE}",
            "TERRACE_ARGON2": "cheap",
            "TERRACE_THROTTLE_PAUSE": "0",
            "TERRACE_NEW_TENANTS": os.environ.get("TERRACE_NEW_TENANTS", "shared"),
            # Passwords of roles come from the secret, and roles are the whole cluster's.
            "TERRACE_SECRET": copy_of.environment["TERRACE_SECRET"] if copy_of else secrets.token_hex(32),
            "TERRACE_HOME": str(self.folder),
            "DATABASE_APP_URL": cluster.url(database, "terrace_app"),
            "DATABASE_PLATFORM_URL": cluster.url(database, "terrace_platform"),
        }

    def run(self, *arguments: str, timeout: float = 60) -> subprocess.CompletedProcess:
        """A command of an administrator, run to its end."""
        return subprocess.run(
            [self.binary, *arguments],
            env={**self.environment, "DATABASE_URL": self.admin_url},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    @cached_property
    def contract(self) -> Contract:
        return Contract.of_program(self.binary)

    def copy(self, database: str) -> Installation:
        """The same installation over a copy of its database."""
        made = Installation(self.binary, self.cluster, database, copy_of=self)
        made.migrate()  # a database's own rights are not copied with it
        return made

    def migrate(self) -> None:
        done = self.run("migrate")
        assert done.returncode == 0, f"terrace migrate failed:\n{done.stdout}{done.stderr}"

    def make_places(self, count: int) -> None:
        """As many as there will be sign-ups, where those get a place of their own (TERRACE_NEW_TENANTS)."""
        isolation = self.environment["TERRACE_NEW_TENANTS"]
        if isolation != "shared":
            done = self.run("tenant", "spare", "--isolation", isolation, "--count", str(count), timeout=120)
            assert done.returncode == 0, done.stdout + done.stderr

    def server(self, **environment: str) -> Server:
        return Server(self, environment)


class Server:
    """One process of `serve`; `start` again after it ended keeps its port."""

    def __init__(self, installation: Installation, environment: dict[str, str]) -> None:
        self.installation = installation
        self.port = free_port()
        self.log: Path = installation.folder / f"serve-{self.port}.log"
        self.environment = {**installation.environment, "TERRACE_API_PORT": str(self.port), **environment}
        self.process: subprocess.Popen | None = None

    @property
    def address(self) -> Address:
        return ("127.0.0.1", self.port)

    def client(self, slug: str | None = None) -> Client:
        return Client(self.address, f"{slug}.{BASE}" if slug else BASE, contract=self.installation.contract)

    def launch(self) -> None:
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.installation.binary, "serve"],
                env=self.environment,
                cwd=self.installation.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def start(self) -> Server:
        self.launch()
        eventually(self.is_ready, 20, "the server to be ready")
        return self

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def is_ready(self) -> bool:
        assert self.is_alive(), f"serve ended by itself:\n{self.output()}"
        try:
            return self.client().get("/readyz", timeout=5).status == 200
        except (ConnectionError, TimeoutError):
            return False

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """The process is gone at once, as after a crash or by the kernel's hand."""
        self.process.kill()
        self.process.wait()

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        if self.is_alive():
            self.kill()
