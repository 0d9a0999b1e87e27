"""An nginx of one's own with the configuration that bin/up makes from deploy/, before several API processes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from support.ports import free_port
from support.waiting import eventually
from support.wire import Address, connect

ROOT = Path(__file__).resolve().parents[2]


class Nginx:
    def __init__(self, home: Path, apis: list[Address], **environment: str) -> None:
        self.folder = home / "nginx"
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self._render(home, apis[0][1], environment)
        self._use(apis)

    def _render(self, home: Path, api_port: int, environment: dict[str, str]) -> None:
        """As bin/up does, for one API process."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TERRACE_", "DATABASE_"))}
        ports = {"TERRACE_PORT": self.port, "TERRACE_API_PORT": api_port, "TERRACE_WEB_PORT": free_port()}
        script = f'set -euo pipefail; source "{ROOT}/bin/lib/all.sh"; set_environment; prepare_home; render_nginx'
        done = subprocess.run(
            ["bash", "-c", script], capture_output=True, text=True, timeout=60,
            env={**kept, "TERRACE_HOME": str(home), **{name: str(port) for name, port in ports.items()}, **environment})
        assert done.returncode == 0, done.stdout + done.stderr

    def _use(self, apis: list[Address]) -> None:
        """Names all API processes where the configuration names the first."""
        servers = [f"server {host}:{port};" for host, port in apis]
        configuration = self.folder / "terrace.conf"
        text = configuration.read_text(encoding="utf-8")
        assert text.count(servers[0]) == 1
        configuration.write_text(text.replace(servers[0], " ".join(servers)), encoding="utf-8")

    @property
    def address(self) -> Address:
        return ("127.0.0.1", self.port)

    def start(self) -> Nginx:
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        assert program, "nginx is not installed"
        with open(self.folder / "nginx.log", "ab") as log:
            self.process = subprocess.Popen(
                [program, "-e", "stderr", "-c", str(self.folder / "nginx.conf")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(self._listens, 10, "nginx listens")
        return self

    def _listens(self) -> bool:
        assert self.process.poll() is None, (self.folder / "nginx.log").read_text(encoding="utf-8")
        try:
            connect(self.address).close()
            return True
        except ConnectionError:
            return False

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=10)
