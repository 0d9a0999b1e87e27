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


def local_connections(pid: int) -> int:
    """How many of a process's descriptors are UNIX sockets: of a server's, its connections to PostgreSQL."""
    lines = Path(f"/proc/{pid}/net/unix").read_text(encoding="ascii", errors="replace").splitlines()[1:]
    sockets = {f"socket:[{line.split()[6]}]" for line in lines}
    return sum(_target(entry) in sockets for entry in Path(f"/proc/{pid}/fd").iterdir())
