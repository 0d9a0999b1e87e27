"""Good answers when five times as much is asked as can be done. A good answer is a success within a second, after which
a person has given up."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from statistics import median

from bench.support import targets, usage, wrk
from bench.support.console import progress
from bench.support.open_load import Crowd, OpenLoad
from bench.support.programs import PREVIOUS, Terrace
from bench.support.report import Bar, Result
from bench.support.requests import Requests
from bench.support.seed import BIG
from bench.support.sessions import Sessions
from bench.support.settings import Settings
from bench.support.stats import median_of_ratios

WORKLOADS = {"post": "POST", "slow_search": "Slow search"}
# A tenant's slow searches run one at a time on each loop: what more of them wait at once is overload already.
CONNECTIONS = {"post": 32, "slow_search": 4}
PATIENCE = 1.0  # seconds
TIMES = 5
ROUNDS = 3
LEAST = 0.8


@dataclass(frozen=True)
class Round:
    capacity: float
    crowd: Crowd
    cores: dict[str, float]  # how many of them the crowd kept busy: its client, the server, PostgreSQL


def run(settings: Settings, sessions: Sessions) -> Result:
    result = Result("overload", f"Good answers at {TIMES} times the capacity")
    rows = []
    with ExitStack() as stack:
        servers = [Terrace(settings)]
        if settings.previous:
            servers.append(Terrace(settings, PREVIOUS, TERRACE_API_PORT=str(settings.peer_port)))
        for server in servers:
            stack.enter_context(server.serving())
        for workload, title in WORKLOADS.items():
            rounds: dict[str, list[Round]] = {server.name: [] for server in servers}
            for number in range(1 if settings.quick else ROUNDS):
                for server in servers:
                    progress(f"overload: {title}, {server.name}, round {number + 1}")
                    rounds[server.name].append(measure(settings, sessions, server, workload))
            for name, measured in rounds.items():
                rows.append(add(result, f"{title}, {name}" if name == PREVIOUS else title, measured, settings))
    head = ["", "capacity/s", "asked/s", "good/s", "of the capacity", "refused/s", "after, ms", "given up/s"]
    result.tables.append(("", [*head, "cores: client + server + PostgreSQL"], rows))
    result.notes.append(
        f"The capacity is wrk's rate at 32 connections, at 4 for the search. Then a crowd asks {TIMES} times as much; each of it asks once"
        f" and gives up after {PATIENCE:.0f} s. The crowd's client runs on the same cores and takes its share of them;"
        f" for reads they could not ask {TIMES} times as much, so a write and a slow search stand for all."
    )
    return result


def measure(settings: Settings, sessions: Sessions, server: Terrace, workload: str) -> Round:
    sessions.refresh()
    most = capacity(settings, sessions, server.port, workload)
    load = crowd(settings, sessions, server.port, workload, TIMES * most)
    before = cpu_seconds(settings, server)
    seen = load.run(settings.long_seconds)
    after = cpu_seconds(settings, server)
    return Round(most, seen, {name: (after[name] - before[name]) / settings.long_seconds for name in before})


def cpu_seconds(settings: Settings, server: Terrace) -> dict[str, float]:
    return {
        "client": time.process_time(),
        "server": usage.cpu_seconds(server.pid),
        "PostgreSQL": usage.cpu_seconds(settings.postmaster),
    }


def capacity(settings: Settings, sessions: Sessions, port: int, workload: str) -> float:
    tenants = [BIG] if workload == "slow_search" else None
    file = targets.of_terrace(settings, sessions, tenants)
    return wrk.run_clean(workload, port, file, 2 * settings.seconds, CONNECTIONS[workload]).rate


def crowd(settings: Settings, sessions: Sessions, port: int, workload: str, rate: float) -> OpenLoad:
    if workload == "slow_search":
        requests = [Requests(settings, sessions, BIG).get("/api/v1/patients?search=sha")]
    else:
        tenants = range(1, min(settings.tenants, 200) + 1)
        everybody = [Requests(settings, sessions, tenant).new_patients(50) for tenant in tenants]
        requests = [each for together in zip(*everybody) for each in together]
    return OpenLoad(port, requests, rate, PATIENCE)


def add(result: Result, title: str, rounds: list[Round], settings: Settings) -> list[str]:
    seconds = settings.long_seconds
    capacities, crowds = [each.capacity for each in rounds], [each.crowd for each in rounds]
    share = median_of_ratios([crowd.good / seconds for crowd in crowds], capacities)
    asked = median_of_ratios([crowd.asked / seconds for crowd in crowds], capacities)
    hasty = sum(crowd.without_retry_after for crowd in crowds)
    failed = sum(crowd.failed for crowd in crowds)
    if not title.endswith(PREVIOUS):
        result.bars += [
            Bar(f"{title}: good answers at {asked:.1f} × capacity", f"≥ {LEAST:.0%}", f"{share:.0%}", share >= LEAST),
            Bar(f"{title}: refusals without Retry-After", "0", str(hasty), hasty == 0),
            Bar(f"{title}: other failures", "0", str(failed), failed == 0),
        ]
    result.figures[title] = {"rounds": [asdict(each) for each in rounds]}
    counts = ("asked", "good", "refused", "gave_up")
    asked_s, good_s, refused_s, gave_up_s = (
        f"{median(getattr(crowd, of) for crowd in crowds) / seconds:,.0f}" for of in counts
    )
    by_rounds = ", ".join(f"{crowd.good / seconds / most:.0%}" for crowd, most in zip(crowds, capacities))
    after = median(1e3 * crowd.refusal_seconds / max(1, crowd.refused) for crowd in crowds)
    cores = " + ".join(f"{median(each.cores[name] for each in rounds):.2f}" for name in rounds[0].cores)
    capacity_s = f"{median(capacities):,.0f}"
    return [title, capacity_s, asked_s, good_s, by_rounds, refused_s, f"{after:.0f}", gave_up_s, cores]
