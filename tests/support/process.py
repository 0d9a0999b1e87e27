"""What a process holds, by /proc."""

from __future__ import annotations

import os
from pathlib import Path


LISTENING = "0A"  # include/net/tcp_states.h


def descriptors(pid: int) -> int:
    """How many descriptors are open."""
    return len(os.listdir(f"/proc/{pid}/fd"))


def resident_bytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def connections_to(pid: int, port: int) -> int:
    """How many of a process's descriptors are TCP connections that clients made to `port`."""
    inodes = set()
    for line in Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        if int(fields[1].split(":")[1], 16) == port and fields[3] != LISTENING:
            inodes.add(f"socket:[{fields[9]}]")
    return sum(_target(entry) in inodes for entry in Path(f"/proc/{pid}/fd").iterdir())


def _target(entry: Path) -> str:
    try:
        return os.readlink(entry)
    except FileNotFoundError:
        return ""  # closed meanwhile


def database_connections(pid: int) -> int:
    """How many of a server's descriptors are its connections to PostgreSQL: UNIX sockets, and the TCP that it made."""
    lines = Path(f"/proc/{pid}/net/unix").read_text(encoding="ascii", errors="replace").splitlines()[1:]
    local = {f"socket:[{line.split()[6]}]" for line in lines}
    held = [target for entry in Path(f"/proc/{pid}/fd").iterdir() if (target := _target(entry)).startswith("socket:")]
    rows = [line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    of_tcp = {f"socket:[{row[9]}]": (row[1].split(":")[1], row[3]) for row in rows}
    tcp = [of_tcp[target] for target in held if target in of_tcp]
    listens = {port for port, state in tcp if state == LISTENING}
    return sum(target in local for target in held) + sum(port not in listens for port, _ in tcp)
