"""PgBouncer in transaction mode before a cluster."""

from __future__ import annotations

import os
import shutil
import subprocess

import psycopg

from support.cluster import Cluster
from support.waiting import eventually

PORT = 6432  # on the cluster's socket, beside PostgreSQL's own
SETTINGS = """
[databases]
* = host={folder}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
pool_mode = transaction
auth_type = scram-sha-256
auth_file = {folder}/pooler.users
auth_user = postgres
default_pool_size = {connections}
"""


class Pooler:
    """The roles sign in with the passwords that PostgreSQL has of them."""

    def __init__(self, cluster: Cluster, connections: int = 20) -> None:
        self.cluster = cluster
        folder = cluster.folder
        settings = SETTINGS.format(folder=folder, port=PORT, connections=connections)
        for name, text in (("pooler.ini", settings), ("pooler.users", '"postgres" ""\n')):
            (folder / name).write_text(text, encoding="utf-8")
            if os.geteuid() == 0:
                shutil.chown(folder / name, "postgres", "postgres")
        command = ["pgbouncer", str(folder / "pooler.ini")]
        if os.geteuid() == 0:  # PgBouncer refuses root
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *command]
        with open(folder / "pooler.log", "ab") as log:
            self.process = subprocess.Popen(command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(self._answers, 10, "PgBouncer answers")

    def url(self, database: str, role: str) -> str:
        return f"{self.cluster.url(database, role)}&port={PORT}"

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.cluster.folder / "pooler.log").read_text(encoding="utf-8")
        try:
            psycopg.connect(self.url("postgres", "nobody")).close()
        except psycopg.OperationalError as refused:
            return "No such file" not in str(refused) and "Connection refused" not in str(refused)
        return True

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
