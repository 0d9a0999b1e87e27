"""Runs bin/ with a home, ports and an environment that nothing else uses."""

import os
import signal
import subprocess
from pathlib import Path

from support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


def hear_ctrl_c():
    """For a child, before it runs: a program started in the background has been told to ignore SIGINT and tells its
    children so, and a shell that was told so cannot trap it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Scripts:
    """Runs bin/ with a TERRACE_HOME and ports that nothing else uses."""

    def __init__(self, home):
        self.home = home
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TERRACE_", "DATABASE_"))}
        inherited.pop("API_URL", None)
        self.environment = inherited | {
            "TERRACE_HOME": str(home),
            "TERRACE_PORT": str(free_port()),
            "TERRACE_API_PORT": str(free_port()),
            "TERRACE_WEB_PORT": str(free_port()),
        }

    def port(self, name):
        return int(self.environment[name])

    def run(self, *command, root=ROOT, timeout=120, **environment):
        return subprocess.run(
            [str(root / "bin" / command[0]), *command[1:]],
            env=self.environment | environment,
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
        )

    def start_shell(self, script, **environment):
        """Starts `script`, as the leader of a process group, with the shell library loaded and its environment set."""
        return subprocess.Popen(
            ["bash", "-c", f'set -euo pipefail; source "{ROOT}/bin/lib/all.sh"; set_environment\n{script}'],
            env=self.environment | environment,
            start_new_session=True,
            preexec_fn=hear_ctrl_c,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def shell(self, script, **environment):
        """Runs `script` as start_shell does and waits for its end."""
        started = self.start_shell(script, **environment)
        output, _ = started.communicate(timeout=60)
        return subprocess.CompletedProcess(started.args, started.returncode, output)

    def pid(self, name):
        return int((self.home / "run" / f"{name}.pid").read_text().split()[0])
