"""Good answers when five times as much is asked as can be done. A good answer is a success within a second, after which
a person has given up."""

from __future__ import annotations

from statistics import median

from bench.support import targets, wrk
from bench.support.console import progress
from bench.support.open_load import Crowd, OpenLoad
from bench.support.programs import Terrace
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


def run(settings: Settings, sessions: Sessions) -> Result:
    result = Result("overload", f"Good answers at {TIMES} times the capacity")
    rows = []
    with Terrace(settings).serving() as server:
        for workload, title in WORKLOADS.items():
            capacities, crowds = [], []
            for number in range(1 if settings.quick else ROUNDS):
                progress(f"overload: {title}, round {number + 1}")
                sessions.refresh()
                capacities.append(capacity(settings, sessions, server.port, workload))
                crowds.append(overload(settings, sessions, server.port, workload, TIMES * capacities[-1]))
            rows.append(add(result, title, capacities, crowds, settings.long_seconds))
    head = ["", "capacity/s", "asked/s", "good/s", "refused/s", "after, ms", "given up/s"]
    result.tables.append(("", head, rows))
    result.notes.append(
        f"The capacity is wrk's rate at 32 connections, at 4 for the search. Then a crowd asks {TIMES} times as much; each of it asks once"
        f" and gives up after {PATIENCE:.0f} s. The crowd's client runs on the same cores and takes its share of them;"
        f" for reads they could not ask {TIMES} times as much, so a write and a slow search stand for all."
    )
    return result


def capacity(settings: Settings, sessions: Sessions, port: int, workload: str) -> float:
    tenants = [BIG] if workload == "slow_search" else None
    file = targets.of_terrace(settings, sessions, tenants)
    return wrk.run_clean(workload, port, file, 2 * settings.seconds, CONNECTIONS[workload]).rate


def overload(settings: Settings, sessions: Sessions, port: int, workload: str, rate: float) -> Crowd:
    if workload == "slow_search":
        requests = [Requests(settings, sessions, BIG).get("/api/v1/patients?search=sha")]
    else:
        tenants = range(1, min(settings.tenants, 200) + 1)
        everybody = [Requests(settings, sessions, tenant).new_patients(50) for tenant in tenants]
        requests = [each for together in zip(*everybody) for each in together]
    return OpenLoad(port, requests, rate, PATIENCE).run(settings.long_seconds)


def add(result: Result, title: str, capacities: list[float], crowds: list[Crowd], seconds: float) -> list[str]:
    share = median_of_ratios([crowd.good / seconds for crowd in crowds], capacities)
    asked = median_of_ratios([crowd.asked / seconds for crowd in crowds], capacities)
    hasty = sum(crowd.without_retry_after for crowd in crowds)
    failed = sum(crowd.failed for crowd in crowds)
    result.bars += [
        Bar(f"{title}: good answers at {asked:.1f} × capacity", f"≥ {LEAST:.0%}", f"{share:.0%}", share >= LEAST),
        Bar(f"{title}: refusals without Retry-After", "0", str(hasty), hasty == 0),
        Bar(f"{title}: other failures", "0", str(failed), failed == 0),
    ]
    result.figures[title] = {"capacities": capacities, "crowds": [vars(crowd) for crowd in crowds]}
    counts = ("asked", "good", "refused", "gave_up")
    asked_s, good_s, refused_s, gave_up_s = (
        f"{median(getattr(crowd, of) for crowd in crowds) / seconds:,.0f}" for of in counts
    )
    after = median(1e3 * crowd.refusal_seconds / max(1, crowd.refused) for crowd in crowds)
    return [title, f"{median(capacities):,.0f}", asked_s, good_s, refused_s, f"{after:.0f}", gave_up_s]
