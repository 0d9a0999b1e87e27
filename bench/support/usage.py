"""What processes use, from /proc: CPU time and memory of a program and all that it started."""

from __future__ import annotations

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PPID, UTIME, STIME, CUTIME, CSTIME = 1, 11, 12, 13, 14  # of proc(5) stat, counted from the state


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()


def family(root: int) -> list[int]:
    """The process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            children.setdefault(int(_stat(int(entry))[PPID]), []).append(int(entry))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    found, open_ends = [], [root]
    while open_ends:
        pid = open_ends.pop()
        found.append(pid)
        open_ends += children.get(pid, [])
    return found


def cpu_seconds(root: int) -> float:
    """User and system time of the family, with that of children that ended."""
    ticks = 0
    for pid in family(root):
        try:
            stat = _stat(pid)
        except (FileNotFoundError, ProcessLookupError):
            continue
        ticks += int(stat[UTIME]) + int(stat[STIME])
        if pid == root:
            ticks += int(stat[CUTIME]) + int(stat[CSTIME])
    return ticks / TICK


def _kilobytes(path: str, name: str) -> int:
    for line in Path(path).read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise ValueError(f"{path} has no {name}")


def memory_bytes(root: int) -> int:
    """What the family would hold alone on the machine: its own pages, those shared within it counted once, and the
    files that the greatest of it has mapped."""
    own, mapped = 0, 0
    for pid in family(root):
        try:
            own += _kilobytes(f"/proc/{pid}/smaps_rollup", "Pss_Anon")
            mapped = max(mapped, _kilobytes(f"/proc/{pid}/status", "RssFile"))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return (own + mapped) * 1024


def resident_bytes(pid: int) -> int:
    return _kilobytes(f"/proc/{pid}/status", "VmRSS") * 1024


def peak_bytes(pid: int) -> int:
    """The most that was ever resident."""
    return _kilobytes(f"/proc/{pid}/status", "VmHWM") * 1024
