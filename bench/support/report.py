"""What a scenario found, as a page for people and as JSON for programs, with the commit and the machine."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from bench.support.console import say, table
from bench.support.settings import PG_BIN, ROOT, Settings


@dataclass(frozen=True)
class Bar:
    """What must hold, and what was measured."""

    what: str
    wanted: str
    measured: str
    holds: bool


@dataclass
class Result:
    scenario: str
    title: str
    figures: dict = field(default_factory=dict)
    tables: list[tuple[str, Sequence[str], Sequence[Sequence[str]]]] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def missed(self) -> list[Bar]:
        return [bar for bar in self.bars if not bar.holds]

    def text(self) -> str:
        parts = [f"## {self.title}"]
        for heading, head, rows in self.tables:
            parts.append(f"{heading}\n\n{table(head, rows)}" if heading else table(head, rows))
        if self.bars:
            rows = [[bar.what, bar.wanted, bar.measured, "yes" if bar.holds else "**no**"] for bar in self.bars]
            parts.append(table(["Bar", "wanted", "measured", "holds"], rows))
        parts += self.notes
        return "\n\n".join(parts) + "\n"


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout.strip()
    except FileNotFoundError:
        return ""


def commit() -> str:
    """Of the tree; `+` when its sources or its bench differ from that."""
    changed = _output("git", "status", "--porcelain", "--", "src", "migrations", "bench", ":!bench/results")
    return (_output("git", "rev-parse", "--short=9", "HEAD") or "unknown") + ("+" if changed else "")


def machine(load_before: str) -> dict[str, str]:
    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = int(Path("/proc/meminfo").read_text().split()[1]) // 1024
    versions = {
        "PostgreSQL": _output(str(PG_BIN / "postgres"), "--version"),
        "Django": _output("dpkg-query", "-W", "-f=${Version}", "python3-django"),
        "Django REST Framework": _output("dpkg-query", "-W", "-f=${Version}", "python3-djangorestframework"),
        "gunicorn": _output("dpkg-query", "-W", "-f=${Version}", "gunicorn"),
        "Node.js": _output("node", "--version"),
        "wrk": _output("dpkg-query", "-W", "-f=${Version}", "wrk"),
    }
    return {
        "CPU": cpu[1] if cpu else platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory} MB",
        "kernel": platform.release(),
        **versions,
        "load before": load_before,
    }


def keep(settings: Settings, result: Result) -> None:
    """bench/results/<date>-<commit>-<scenario>.{json,md}; a quick run's figures are not kept there."""
    now = datetime.now(timezone.utc)
    folder = settings.home / "results" if settings.quick else ROOT / "bench/results"
    folder.mkdir(parents=True, exist_ok=True)
    facts = {
        "scenario": result.scenario,
        "at": now.isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": machine(settings.load_before),
        "tenants": settings.tenants,
        "patients_of_each": settings.patients,
        "rounds": settings.rounds,
        "seconds": settings.seconds,
    }
    path = folder / f"{now:%Y-%m-%d}-{facts['commit']}-{result.scenario}"
    bars = [vars(bar) for bar in result.bars]
    path.with_suffix(".json").write_text(json.dumps({**facts, **result.figures, "bars": bars}, indent=2) + "\n")
    heading = f"Commit {facts['commit']}, {facts['at']}, {settings.tenants} tenants × {settings.patients} patients"
    versions = "\n".join(f"- {name}: {value}" for name, value in facts["machine"].items() if value)
    path.with_suffix(".md").write_text(f"{result.text()}\n{heading}\n\n{versions}\n")
    say(f"Kept: {path}.md and .json")
