"""The tables and bars of the scenario `api`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from statistics import median

from bench.support.contenders import Measured
from bench.support.pgbench import Run
from bench.support.programs import PREVIOUS
from bench.support.report import Bar, Result
from bench.support.stats import median_of_ratios

Runs = dict[str, dict[str, list[Measured]]]
TITLES = {"get": "GET one", "list": "List of 20", "search": "Search", "post": "POST", "patch": "PATCH"}
READ_BARS = {"drf": 30, "fastify": 5}
WRITE_BARS = {"drf": 10, "drf bare": 5}
PREVIOUS_BAR = 0.95
BOUND_BAR = 0.6


def make(runs: Runs, bounds: dict[str, list[Run]], clients: dict[str, int], memory: dict[str, int]) -> Result:
    result = Result("api", "The API beside its peers, 32 connections")
    for workload, by_name in runs.items():
        head = ["", "requests/s", "p50 ms", "p99 ms", "server CPU µs", "PostgreSQL CPU µs", "Terrace is"]
        rows = [row(name, measured, by_name["terrace"]) for name, measured in by_name.items()]
        rates = [run.rate for run in bounds[workload]]
        times = f"{ratio(by_name['terrace'], rates):.2f}×"
        rows.append([f"pgbench, {clients[workload]} clients", f"{median(rates):,.0f}", "", "", "", "", times])
        result.tables.append((f"### {TITLES[workload]}", head, rows))
        result.bars += bars(workload, by_name, rates)
    result.tables.append(
        ("### Memory after all runs", ["", "MB"], [[name, f"{size / 2**20:.1f}"] for name, size in memory.items()])
    )
    result.figures = {
        "runs": {w: {name: [asdict(m) for m in ms] for name, ms in by.items()} for w, by in runs.items()},
        "pgbench": {w: [run.rate for run in rs] for w, rs in bounds.items()},
        "pgbench_clients": clients,
        "memory_bytes": memory,
    }
    return result


def ratio(ours: list[Measured], rates: Sequence[float]) -> float:
    return median_of_ratios([measured.rate for measured in ours], rates)


def middle(measured: list[Measured], name: str) -> float:
    return median(getattr(each, name) for each in measured)


def row(name: str, measured: list[Measured], ours: list[Measured]) -> list[str]:
    times = "" if measured is ours else f"{ratio(ours, [each.rate for each in measured]):.1f}×"
    return [
        name,
        f"{middle(measured, 'rate'):,.0f}",
        f"{middle(measured, 'p50'):.2f}",
        f"{middle(measured, 'p99'):.2f}",
        f"{middle(measured, 'server_cpu'):,.0f}",
        f"{middle(measured, 'database_cpu'):,.0f}",
        times,
    ]


def bars(workload: str, by_name: dict[str, list[Measured]], rates: Sequence[float]) -> list[Bar]:
    title, ours = TITLES[workload], by_name["terrace"]
    found = []
    if PREVIOUS in by_name:
        times = ratio(ours, [each.rate for each in by_name[PREVIOUS]])
        found.append(Bar(f"{title}: times the previous build", f"≥ {PREVIOUS_BAR}×", f"{times:.2f}×", times >= PREVIOUS_BAR))
    if workload == "search":
        return found
    wanted = READ_BARS if workload in ("get", "list") else WRITE_BARS
    for name, least in wanted.items():
        if name not in by_name:
            continue
        times = ratio(ours, [each.rate for each in by_name[name]])
        found.append(Bar(f"{title}: times {name}", f"≥ {least}×", f"{times:.1f}×", times >= least))
    if workload == "get":
        share = ratio(ours, rates)
        found.append(Bar(f"{title}: share of pgbench", f"≥ {BOUND_BAR:.0%}", f"{share:.0%}", share >= BOUND_BAR))
    if "drf" in by_name:
        p99, p50 = middle(ours, "p99"), middle(by_name["drf"], "p50")
        found.append(Bar(f"{title}: p99 below drf's p50", f"< {p50:.2f} ms", f"{p99:.2f} ms", p99 < p50))
    return found
