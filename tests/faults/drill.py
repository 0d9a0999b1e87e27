"""What a drill measures, judges by the common bars, and leaves for docs/reliability.md."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from samples import Sample, Window, begun_after, begun_in, error_seconds, p99
from support.process import database_connections, descriptors, resident_bytes
from support.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reliability.md"
BEGIN, END = "<!-- figures: written by a run, see above -->\n", "<!-- end of figures -->\n"

ERRORS_END_WITHIN = 5.0  # seconds after the fault is mended
WATCHED = ERRORS_END_WITHIN + 1.0  # so long callers call on: an error that comes too late must be able to show
MEMORY_SLACK = 8 * 2**20  # what the allocator may keep
# As many connections as a server opens when they are needed: 14 on each loop, one for the feed of changes, 25 to databases
# of one organisation each (DatabaseOptions).
MOST_CONNECTIONS = 14 * (os.cpu_count() or 1) + 1 + 25
COLUMNS = ["Drill", "Invariant", "Errors", "p99 inside", "p99 after", "Acknowledged", "Lost", "Doubled", "Memory",
           "Descriptors"]


@dataclass
class Footprint:
    """What a server holds. Its connections to PostgreSQL come when they are needed, and are counted by themselves."""

    memory: int
    descriptors: int
    connections: int = 0

    @staticmethod
    def of(pid: int) -> Footprint:
        connections = database_connections(pid)
        return Footprint(resident_bytes(pid), descriptors(pid) - connections, connections)

    def is_within(self, base: Footprint) -> bool:
        return (self.memory <= base.memory + MEMORY_SLACK and self.descriptors <= base.descriptors
                and self.connections <= MOST_CONNECTIONS)


@dataclass
class Drill:
    title: str
    invariant: str
    figures: dict[str, str] = field(default_factory=dict)

    def judge(self, samples: list[Sample], window: Window) -> None:
        """Errors end soon after the fault has, which calls until then and beyond show; none comes before it."""
        failed = [sample for sample in samples if sample.failed]
        after = begun_after(samples, max([window.ended, *(sample.ended for sample in failed)]))
        self.figures |= {
            "Errors": f"{len(failed)} in {error_seconds(samples):.1f} s",
            "p99 inside": milliseconds(p99(begun_in(samples, window))),
            "p99 after": milliseconds(p99(after)),
        }
        early = [sample for sample in failed if sample.ended < window.began]
        watched = begun_after(samples, window.ended + ERRORS_END_WITHIN)
        late = [sample for sample in watched if sample.failed]
        assert not early, f"errors before the fault: {early[:3]}"
        assert watched or not failed, "nobody called when errors should have ended"
        assert not late, f"errors {late[0].began - window.ended:.1f} s after the fault: {late[:3]}"

    def count(self, acknowledged: int, lost: int, doubled: int) -> None:
        self.figures |= {"Acknowledged": str(acknowledged), "Lost": str(lost), "Doubled": str(doubled)}
        assert (lost, doubled) == (0, 0)

    def assert_back_to_base(self, pid: int, base: Footprint, within: float = 10) -> None:
        """Memory and descriptors are what they were before the fault, but for what an allocator keeps."""
        eventually(lambda: Footprint.of(pid).is_within(base), within, f"back to {base}")
        now = Footprint.of(pid)
        self.figures |= {"Memory": f"{base.memory / 2**20:.0f} → {now.memory / 2**20:.0f} MB",
                         "Descriptors": f"{base.descriptors} → {now.descriptors}"}

    def row(self) -> str:
        cells = {"Drill": self.title, "Invariant": self.invariant, **self.figures}
        return "| " + " | ".join(cells.get(column, "") for column in COLUMNS) + " |"


def milliseconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds * 1000:.0f} ms"


def new_drill(name: str, docstring: str | None) -> Drill:
    """A test's name and docstring say what it is and what must hold."""
    assert docstring, f"{name} states no invariant"
    words = re.sub(r"\[(.+)\]", r" (\1)", name.removeprefix("test_")).replace("_", " ")
    words = words.replace("postgresql", "PostgreSQL").replace(" api ", " API ")
    return Drill(words[0].upper() + words[1:], " ".join(docstring.split()))


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, Linux {platform.release().split('-')[0]}"


def commit() -> str:
    done = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def write_page(drills: list[Drill]) -> None:
    """Puts the figures of this run in the place of the last one's."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    lines = [f"Measured {when} at commit {commit()} on {machine()}.", "",
             "| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS), *(drill.row() for drill in drills)]
    PAGE.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + after, encoding="utf-8")
