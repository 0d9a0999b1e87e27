"""A PostgreSQL cluster of one's own, to be stopped and broken at will."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

BIN = Path("/usr/lib/postgresql/15/bin")
SETTINGS = """
listen_addresses = ''
max_connections = 100
shared_buffers = 64MB
fsync = off                 # the faults of these suites end processes, never the machine
log_min_messages = warning
shared_preload_libraries = pg_stat_statements  # counts; what reads it creates the extension
"""
ACCESS = """
local all postgres trust
local all all scram-sha-256
"""


class Cluster:
    """Made by `create` or `running`; the folder is short, since a socket's path may have 107 characters."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    @staticmethod
    def create(wal: Path | None = None) -> Cluster:
        """`wal`: an empty folder on a disk of its own for the write-ahead log, in small segments."""
        cluster = Cluster(Path(tempfile.mkdtemp(prefix="terrace-pg-", dir="/tmp")))
        if os.geteuid() == 0:
            shutil.chown(cluster.folder, "postgres", "postgres")
        apart = [] if wal is None else ["-X", wal, "--wal-segsize=1"]
        cluster._run(BIN / "initdb", "-D", cluster.data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N",
                     *apart)
        with open(cluster.data / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(f"{SETTINGS}unix_socket_directories = '{cluster.folder}'\n")
        (cluster.data / "pg_hba.conf").write_text(ACCESS, encoding="utf-8")
        return cluster

    @staticmethod
    @contextmanager
    def running() -> Iterator[Cluster]:
        """A new one, started, and removed at the end whatever has become of it."""
        cluster = Cluster.create()
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.remove()

    def _run(self, program: Path, *arguments: object) -> None:
        command = [str(program), *map(str, arguments)]
        if os.geteuid() == 0:  # PostgreSQL refuses root
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *command]
        # A file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open.
        with open(self.folder / "commands.log", "a+", encoding="utf-8") as log:
            start = log.tell()
            status = subprocess.run(command, cwd="/", stdout=log, stderr=log, stdin=subprocess.DEVNULL).returncode
            if status != 0:
                log.seek(start)
                raise RuntimeError(f"{' '.join(command)} ended with {status}:\n{log.read()}")

    def start(self) -> None:
        self._run(BIN / "pg_ctl", "start", "-w", "-D", self.data, "-l", self.data / "server.log")

    def stop(self, mode: str = "fast") -> None:
        self._run(BIN / "pg_ctl", "stop", "-w", "-D", self.data, "-m", mode)

    def is_running(self) -> bool:
        return (self.data / "postmaster.pid").exists()

    def accepts_connections(self) -> bool:
        """False while it starts or recovers, too."""
        try:
            psycopg.connect(self.url("postgres")).close()
            return True
        except psycopg.OperationalError:
            return False

    def end_sign_ins(self) -> None:
        """Ends the processes of connections that have not proved their password yet: each has a place, for a minute if
        need be, and PostgreSQL tells of it in no view but in the title of the process."""
        postmaster = (self.data / "postmaster.pid").read_text(encoding="ascii").split()[0]
        for child in Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text(encoding="ascii").split():
            try:
                title = Path(f"/proc/{child}/cmdline").read_bytes()
                # It has none of its own before its first message.
                if not title.startswith(b"postgres: ") or b" authentication" in title:
                    os.kill(int(child), signal.SIGTERM)
            except (FileNotFoundError, ProcessLookupError):
                pass  # gone by itself

    def url(self, database: str, role: str = "postgres") -> str:
        return f"postgresql:///{database}?host={self.folder}&user={role}"

    def create_database(self, name: str, template: str = "template1") -> str:
        """A new database; a template is copied whole, and nobody may be connected to it."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as admin:
            admin.execute(f'create database "{name}" template "{template}"')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as admin:
            admin.execute(f'drop database if exists "{name}" with (force)')

    def remove(self) -> None:
        if self.is_running():
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)
